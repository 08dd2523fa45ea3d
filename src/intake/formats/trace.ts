import { makeExhibit, type ExhibitMeans } from "#src/domain/exhibit/make-exhibit.ts";
import type { RawSpan } from "#src/domain/exhibit/raw-span.ts";
import type { Hop, HopContent, TraceExhibit } from "#src/domain/exhibit/trace-exhibit.ts";
import { keptCharactersAtMost } from "#src/domain/exhibit/trace-exhibit.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { nestedTooDeep, nestsTooDeep, objectIn } from "./json.ts";
import { maskSecrets } from "./secrets.ts";
import { langfuseSpans } from "./trace-langfuse.ts";
import { otlpSpans } from "./trace-otlp.ts";
import { phoenixSpan } from "./trace-phoenix.ts";

/** What somebody said of the file that they gave. */
export interface TraceAsked {
  /** The id of the trace, or its beginning; null: the biggest one. */
  traceId: string | null;
  /** Their tick: the text is kept, secrets masked, for the members of the incident. */
  keepsText: boolean;
}

/**
 * One request out of a file: OTLP as JSON (also Tempo's, and one object a line), Phoenix's spans, Langfuse's
 * trace. Not read: LangSmith's runs, Jaeger's and Zipkin's JSON, OTLP as protobuf. Of texts name, length
 * and hash are kept, the text only where it was asked for; secrets are masked in everything that is kept.
 * The error says in whole sentences what is wrong and what to do.
 */
export async function readTrace(
  text: string,
  asked: TraceAsked,
  means: ExhibitMeans,
): Promise<Result<TraceExhibit, string>> {
  const documents = documentsIn(text);
  if (!documents.ok) return documents;
  if (nestsTooDeep(text)) return err(nestedTooDeep);
  const spans = documents.value.flatMap(spansIn);
  if (spans.length === 0) return err(noTrace);
  if (spans.length > spansAtMost) {
    return err("The file holds more than 20,000 spans. Export the one request alone.");
  }
  const made = makeExhibit(spans, asked.traceId, means);
  return made.ok ? ok(await kept(made.value, asked.keepsText)) : made;
}

const spansAtMost = 20_000;
const noTrace =
  "There is no trace in it that I can read. Give OTLP as JSON (resourceSpans or batches), the spans of Phoenix as JSON, or the “Download JSON” of a trace in Langfuse.";

/** One JSON document, or one a line. */
function documentsIn(text: string): Result<unknown[], string> {
  const plain = text.replace(/^\uFEFF/, "").trim();
  const whole = parsed(plain);
  if (whole !== undefined) return ok(Array.isArray(whole) ? whole : [whole]);
  const lines = plain.split(/\r?\n/).filter((line) => line.trim() !== "");
  const documents = lines.map(parsed);
  const wrong = documents.indexOf(undefined);
  // a text whose first line is not JSON is none of these files
  if (wrong === 0) return err(noTrace);
  return wrong < 0
    ? ok(documents)
    : err(`Line ${wrong + 1} is not whole JSON: the file may have been cut. Export it anew.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // other forms of the file are tried
    return undefined;
  }
}

function spansIn(document: unknown): RawSpan[] {
  const otlp = otlpSpans(document);
  if (otlp) return otlp;
  const phoenix = phoenixSpan(document);
  if (phoenix) return [phoenix];
  const langfuse = langfuseSpans(document);
  if (langfuse) return langfuse;
  // a page of an interface: the spans stand in a list
  const list = objectIn(document)?.["data"];
  return Array.isArray(list) ? list.flatMap((one) => otlpSpans(one) ?? phoenixSpan(one) ?? []) : [];
}

/** All kept texts of a request together: a state that is read at every step stays small. */
const allTextAtMost = 100_000;

/** Without its texts, or with them cut; secrets masked in whatever stays. */
async function kept(exhibit: TraceExhibit, keepsText: boolean): Promise<TraceExhibit> {
  const strings: string[] = [];
  // every text that stays takes a place, and is read back from it once all were looked at
  const place = (text: string): number => strings.push(text) - 1;
  const hops = exhibit.hops.map((hop) => ({
    hop,
    name: place(hop.name),
    tool: hop.tool === undefined ? undefined : place(hop.tool),
    pins: hop.pins.map(({ value }) => place(value)),
    documents: (hop.documents ?? []).map(({ id }) => place(id)),
    fields: hop.content.map(({ field }) => place(field)),
    texts: keepsText ? hop.content.map(({ text = "" }) => place(text)) : [],
  }));
  const service = place(exhibit.service ?? "");
  const traceId = place(exhibit.traceId);
  const { texts, masked } = await maskSecrets(strings);
  const at = (index: number): string => texts[index] ?? "";
  let left = allTextAtMost;
  const cut = (index: number | undefined): Pick<HopContent, "text"> => {
    if (index === undefined) return {};
    const text = at(index).slice(0, Math.min(keptCharactersAtMost, left)).toWellFormed();
    left -= text.length;
    // PostgreSQL keeps every character but this one
    return text === "" ? {} : { text: text.replaceAll("\0", "\uFFFD") };
  };
  return {
    ...exhibit,
    traceId: at(traceId),
    service: exhibit.service === null ? null : at(service),
    text: keepsText ? "kept" : "left_out",
    maskedSecrets: masked,
    hops: hops.map(({ hop, ...places }): Hop => ({
      ...hop,
      name: storable(at(places.name)),
      ...(places.tool === undefined ? {} : { tool: storable(at(places.tool)) }),
      pins: hop.pins.map((pin, index) => ({ ...pin, value: storable(at(places.pins[index]!)) })),
      ...(hop.documents
        ? {
            documents: hop.documents.map((one, index) => ({
              ...one,
              id: storable(at(places.documents[index]!)),
            })),
          }
        : {}),
      content: hop.content.map(({ part, characters, sha256 }, index) => ({
        field: storable(at(places.fields[index]!)),
        part,
        characters,
        sha256,
        ...cut(places.texts[index]),
      })),
    })),
  };
}

/** Short, one line, and nothing in it that cannot be stored. */
function storable(text: string): string {
  return text
    .slice(0, 200)
    .replaceAll(/\p{Cc}+/gu, " ")
    .toWellFormed();
}
