/** Takes the spans of one delivery as they are decoded, so that no list of them is ever made. */
export interface SpanSink {
  /** Whether the value of an attribute is of any use; what is not wanted is not decoded. */
  wants(key: string): boolean;
  /** The spans that follow are of this resource. Keys and values in turn: ["service.name", "assistant"]. */
  beginResource(attributes: readonly string[]): void;
  /**
   * One span.
   * @param traceId 32 hex digits in lower case; anything else where the span has no such id
   * @param startMs Unix time in milliseconds; 0 where it says none
   * @param attributes of those that are wanted, keys and values in turn
   */
  addSpan(traceId: string, startMs: number, attributes: readonly string[]): void;
}

/** A body that is not what its content type says. The message says where, for a person. */
export class MalformedError extends Error {
  override name = "MalformedError";
}
