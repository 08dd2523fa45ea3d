/** A span as any of the formats gives it: attributes as text, times in milliseconds since 1970. */
export interface RawSpan {
  traceId: string;
  spanId: string;
  /** Empty: it is the request itself, or its parent is not known. */
  parentId: string;
  name: string;
  /** It answers a request from outside the process. */
  isServer: boolean;
  /** Null where the file has no time that can be read. */
  startMs: number | null;
  endMs: number | null;
  status: "ok" | "error" | "unset";
  resource: ReadonlyMap<string, string>;
  attributes: ReadonlyMap<string, string>;
  /** Texts that stand beside the attributes: the status message, what its events hold. */
  texts: readonly { field: string; text: string }[];
}

/** The service that a span is of (OpenTelemetry's `service.name`); null where it does not say. */
export function serviceOf({ resource }: Pick<RawSpan, "resource">): string | null {
  return resource.get("service.name") ?? null;
}
