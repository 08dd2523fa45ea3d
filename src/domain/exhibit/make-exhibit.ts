import type { SeenPin } from "#src/domain/ledger/ledger.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import { contentPart, fieldOf } from "./content-fields.ts";
import { documentsOf } from "./documents.ts";
import { type PlacedSpan, placeSpans } from "./order-spans.ts";
import { placeHop } from "./place-hop.ts";
import { type RawSpan, serviceOf } from "./raw-span.ts";
import type { Hop, HopContent, HopPin, TraceExhibit } from "./trace-exhibit.ts";
import { hopsAtMost } from "./trace-exhibit.ts";

/** How pins are read from attributes, and texts are hashed. */
export interface ExhibitMeans {
  readPins(span: {
    resource: ReadonlyMap<string, string>;
    span: ReadonlyMap<string, string>;
  }): SeenPin[];
  /** In hex. */
  sha256(text: string): string;
}

const contentsAtMost = 20;
const pinsAtMost = 20;
const nameAtMost = 120;

/**
 * One request of these spans, its hops in order of start. `wanted`: the id of the trace, or its beginning;
 * without it the one with the most spans is taken, and said so. The texts are still whole in it: whoever
 * calls takes them out or masks them before anything is kept. The error is a sentence that says what to do.
 */
export function makeExhibit(
  spans: readonly RawSpan[],
  wanted: string | null,
  means: ExhibitMeans,
): Result<TraceExhibit, string> {
  const traces = Map.groupBy(spans, ({ traceId }) => traceId);
  const chosen = chooseTrace(traces, wanted);
  if (!chosen.ok) return chosen;
  const [traceId, own] = chosen.value;
  const placed = placeSpans(own);
  const startMs = placed.reduce<number | null>(
    (least, { span }) =>
      span.startMs === null || (least !== null && least <= span.startMs) ? least : span.startMs,
    null,
  );
  const told = mostTelling(placed);
  const seenResources = new Set<ReadonlyMap<string, string>>();
  const hops = told.map((one, index) => {
    const isFirstOfResource = !seenResources.has(one.span.resource);
    seenResources.add(one.span.resource);
    return { ...hopOfSpan(one, startMs, isFirstOfResource, means), n: index + 1 };
  });
  const otherTraces = traces.size - 1;
  return ok({
    traceId,
    service: placed.map(({ span }) => serviceOf(span)).find((name) => name !== null) ?? null,
    startedAt: isoOf(startMs),
    hops,
    dropped: placed.length - hops.length,
    otherTraces,
    ...(otherTraces > 0 && wanted === null ? { isBiggest: true } : {}),
    text: "left_out",
    maskedSecrets: 0,
  });
}

/** More than this is no list that anybody reads in a message. */
const idsNamed = 5;

function chooseTrace(
  traces: ReadonlyMap<string, RawSpan[]>,
  wanted: string | null,
): Result<[string, RawSpan[]], string> {
  const all = [...traces];
  if (wanted !== null) {
    const id = wanted.trim().toLowerCase();
    const exact = all.filter(([traceId]) => traceId.toLowerCase() === id);
    const found =
      exact.length > 0 ? exact : all.filter(([traceId]) => traceId.toLowerCase().startsWith(id));
    const [one] = found;
    if (one && found.length === 1) return ok(one);
    const held = all.slice(0, idsNamed).map(([traceId]) => traceId);
    const more = all.length > idsNamed ? ` and ${all.length - idsNamed} more` : "";
    return err(
      `${found.length === 0 ? "The file does not hold this trace" : "More than one trace in the file begins so"}. It holds ${held.join(", ")}${more}. Give the whole id of one of them.`,
    );
  }
  const [biggest] = all.toSorted(([, a], [, b]) => b.length - a.length);
  return biggest ? ok(biggest) : err("There is no span in the file. Export the trace anew.");
}

function hopOfSpan(
  { span, depth }: PlacedSpan,
  startMs: number | null,
  isFirstOfResource: boolean,
  means: ExhibitMeans,
): Hop {
  const { documents, more } = documentsOf(span.attributes, means.sha256);
  return {
    n: 0,
    depth,
    ...placeHop(span),
    name: nameOf(span.name),
    startOffsetMs: between(startMs, span.startMs),
    durationMs: between(span.startMs, span.endMs),
    status: span.status,
    pins: pinsOf(span, isFirstOfResource, means),
    ...(documents.length > 0 ? { documents } : {}),
    ...(more > 0 ? { moreDocuments: more } : {}),
    content: contentOf(span, means),
  };
}

/** What the resource says is the same for all of its spans: it stands at the first. */
function pinsOf(
  { attributes, resource }: RawSpan,
  isFirstOfResource: boolean,
  { readPins }: ExhibitMeans,
): HopPin[] {
  const nothing: ReadonlyMap<string, string> = new Map();
  const own = readPins({ resource: nothing, span: attributes });
  const shared = isFirstOfResource ? readPins({ resource, span: nothing }) : [];
  return (
    [...own, ...shared]
      // a version never stands in people's words, unless it is our own hash of them
      .filter(({ source, isDerived }) => isDerived || contentPart(source) === undefined)
      .slice(0, pinsAtMost)
      .map(({ pin, value, isDerived }) => ({ pin, value, isDerived }))
  );
}

function contentOf(span: RawSpan, { sha256 }: ExhibitMeans): HopContent[] {
  const texts = new Map<string, { part: HopContent["part"]; texts: string[] }>();
  const add = (field: string, part: HopContent["part"], text: string): void => {
    if (text.trim() === "") return;
    const known = texts.get(field);
    if (known) known.texts.push(text);
    else texts.set(field, { part, texts: [text] });
  };
  for (const [key, text] of span.attributes) {
    const part = contentPart(key);
    if (part === undefined) continue;
    // ids and scores alone are no text
    if (key === "gen_ai.retrieval.documents" && !documentsOf(span.attributes, sha256).hasText)
      continue;
    add(fieldOf(key), part, text);
  }
  for (const { field, text } of span.texts)
    add(fieldOf(field), contentPart(field) ?? "other", text);
  return [...texts].slice(0, contentsAtMost).map(([field, { part, texts: pieces }]) => {
    const text = pieces.join("\n").toWellFormed();
    return {
      field: field.slice(0, nameAtMost),
      part,
      characters: text.length,
      sha256: sha256(text),
      text,
    };
  });
}

/**
 * At most `hopsAtMost`, in their order: what is of no layer and reports nothing goes first, then the end. By
 * what is cheap to know, so that a file of many spans holds nobody up.
 */
function mostTelling(placed: readonly PlacedSpan[]): readonly PlacedSpan[] {
  if (placed.length <= hopsAtMost) return placed;
  const telling = placed.filter(
    (one, index) =>
      index === 0 ||
      one.span.status === "error" ||
      placeHop(one.span).layer !== null ||
      [...one.span.attributes.keys()].some((key) => contentPart(key) !== undefined),
  );
  const kept = new Set(telling.slice(0, hopsAtMost));
  for (const one of placed) if (kept.size < hopsAtMost) kept.add(one);
  return placed.filter((one) => kept.has(one));
}

/** One line; a query string is what somebody asked for. */
function nameOf(name: string): string {
  const line = name
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .replace(/\?.*$/, "")
    .trim()
    .toWellFormed();
  if (line === "") return "(no name)";
  return line.length <= nameAtMost ? line : `${line.slice(0, nameAtMost - 1).toWellFormed()}…`;
}

function between(from: number | null, to: number | null): number | null {
  if (from === null || to === null) return null;
  return Math.max(0, Math.round((to - from) * 10) / 10);
}

function isoOf(ms: number | null): string | null {
  if (ms === null) return null;
  const at = new Date(ms);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
