import type { HopDocument } from "./trace-exhibit.ts";

/** What a hop retrieved. */
export interface Documents {
  documents: HopDocument[];
  more: number;
  /** The attribute holds more of them than ids and scores. */
  hasText: boolean;
}

const documentsAtMost = 20;
const idAtMost = 120;

/**
 * Ids and scores of the documents that a hop retrieved (2.14): OpenTelemetry's `gen_ai.retrieval.documents`
 * ([{id, score}], often as text) and OpenInference's `retrieval.documents.0.document.id`. An id that is no
 * id, because it is long or has several lines, stands as its hash.
 */
export function documentsOf(
  attributes: ReadonlyMap<string, string>,
  sha256: (text: string) => string,
): Documents {
  const listed = listIn(attributes.get("gen_ai.retrieval.documents"));
  const all = [...listed.documents, ...numbered(attributes)];
  const documents = all.slice(0, documentsAtMost).map(({ id, score }) => ({
    id: id.length > idAtMost || /[\n\r]/.test(id) ? `sha256:${sha256(id).slice(0, 16)}` : id,
    score,
  }));
  return { documents, more: all.length - documents.length, hasText: listed.hasText };
}

function listIn(text: string | undefined): Pick<Documents, "documents" | "hasText"> {
  if (text === undefined) return { documents: [], hasText: false };
  const parsed = jsonIn(text);
  if (!Array.isArray(parsed)) return { documents: [], hasText: true };
  let hasText = false;
  const documents = (parsed as unknown[]).flatMap((one): HopDocument[] => {
    if (typeof one !== "object" || one === null) {
      hasText = true;
      return [];
    }
    const { id, score, ...rest } = one as Record<string, unknown>;
    if (Object.keys(rest).length > 0) hasText = true;
    return isId(id) ? [{ id: String(id), score: numberIn(score) }] : [];
  });
  return { documents, hasText };
}

const numberedId = /^(retrieval\.documents|reranker\.output_documents)\.(\d{1,6})\.document\.id$/;

function numbered(attributes: ReadonlyMap<string, string>): HopDocument[] {
  return [...attributes].flatMap(([key, id]) => {
    const match = numberedId.exec(key);
    if (!match) return [];
    const score = attributes.get(`${match[1]}.${match[2]}.document.score`);
    return [{ id, score: numberIn(score) }];
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // it is text of its own then
    return undefined;
  }
}

function isId(value: unknown): value is string | number {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}

function numberIn(value: unknown): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}
