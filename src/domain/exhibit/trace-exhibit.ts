import { grouped } from "#src/domain/figures/figure-words.ts";
import type { SeenPin } from "#src/domain/ledger/ledger.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import { listInWords } from "#src/domain/words.ts";

/**
 * One request from end to end, read from a trace that somebody put into an item of evidence (1.12, 2.13,
 * 4.12). Of what users and the model said it holds name, length and hash; the text only on somebody's tick.
 */
export interface TraceExhibit {
  traceId: string;
  /** As telemetry names it; null where the file does not say. */
  service: string | null;
  /** ISO 8601, UTC; null where no hop has a time. */
  startedAt: string | null;
  /** In order of start; at most `hopsAtMost`. */
  hops: Hop[];
  /** Hops that the file has and the exhibit has no room for. */
  dropped: number;
  /** Traces that the same file holds beside this one. */
  otherTraces: number;
  /** It was taken because it is the biggest: nobody had said which. */
  isBiggest?: boolean;
  /** What came of the text: left out by default, kept on the recorder's tick, dropped by the retention. */
  text: "left_out" | "kept" | "dropped";
  /** Secrets that were taken out of what is kept. */
  maskedSecrets: number;
  firstWrongHop?: FirstWrongHop;
}

/** One step of a request. */
export interface Hop {
  /** Counts from 1. */
  n: number;
  /** Below how many other hops it runs; 0 is the request itself. */
  depth: number;
  name: string;
  /** By its operation; null where that does not tell: "not placed". */
  layer: LayerId | null;
  what: HopKind;
  /** Since the request began, in milliseconds; null where the file has no time of it. */
  startOffsetMs: number | null;
  durationMs: number | null;
  status: "ok" | "error" | "unset";
  pins: HopPin[];
  /** What was retrieved: ids and scores, never the text (2.14). */
  documents?: HopDocument[];
  /** How many more documents there were. */
  moreDocuments?: number;
  /** The tool that was called. */
  tool?: string;
  content: HopContent[];
}

export type HopPin = Pick<SeenPin, "pin" | "value" | "isDerived">;

export interface HopDocument {
  id: string;
  score: number | null;
}

/** A text that a hop carried: what is kept of it, and the text itself where somebody had it kept. */
export interface HopContent {
  /** The attribute it stood in. */
  field: string;
  part: ContentPart;
  /** UTF-16 units of the whole text. */
  characters: number;
  /** Of the whole text, hex. */
  sha256: string;
  /** At most `keptCharactersAtMost`, secrets masked. */
  text?: string;
}

/** What a hop does (4.12), as far as its operation tells. */
export const hopKinds = {
  retrieval: "Retrieval",
  prompt: "Prompt assembly",
  model: "Model call",
  tool: "Tool call",
  guardrail: "Policy decision",
  parsing: "Parsing",
  rendering: "Rendering",
  other: "Other step",
} as const;
export type HopKind = keyof typeof hopKinds;

/** What a text was to its hop. */
export const contentParts = {
  input: "what went in",
  output: "what came out",
  instructions: "instructions",
  documents: "text of documents",
  query: "search query",
  arguments: "arguments of the tool",
  result: "result of the tool",
  tools: "definitions of tools",
  error: "error message",
  other: "other text",
} as const;
export type ContentPart = keyof typeof contentParts;

/** A person's word on where the request first went wrong. */
export interface FirstWrongHop {
  n: number;
  author: UserId;
  /** ISO 8601, UTC. */
  at: string;
}

/** More hops than this are counted, not kept. */
export const hopsAtMost = 500;
/** A kept text is cut to so many UTF-16 units. */
export const keptCharactersAtMost = 2_000;

/** The hop of this number; undefined where there is none. */
export function hopOf(exhibit: TraceExhibit, n: number | undefined): Hop | undefined {
  return exhibit.hops.find((hop) => hop.n === n);
}

/** "Model", or "not placed" where the operation of a hop does not tell its layer. */
export function layerWords({ layer }: Pick<Hop, "layer">): string {
  return layer === null ? "not placed" : layers[layer].label;
}

/** "7 hops over Retrieval & data and Model, 2 not placed". */
export function hopsInWords({ hops }: Pick<TraceExhibit, "hops">): string {
  const placed = layerIds.filter((id) => hops.some(({ layer }) => layer === id));
  const unplaced = hops.filter(({ layer }) => layer === null).length;
  const over =
    placed.length === 0 ? "" : ` over ${listInWords(placed.map((id) => layers[id].label))}`;
  const rest = unplaced === 0 ? "" : `, ${unplaced} not placed in a layer`;
  return `${hops.length} ${hops.length === 1 ? "hop" : "hops"}${over}${rest}`;
}

/** What became of the text of the request and of the rest of the file, in whole sentences. */
export function keptInWords(exhibit: TraceExhibit): string[] {
  const { dropped, isBiggest, maskedSecrets, otherTraces } = exhibit;
  return [
    textWords[exhibit.text],
    ...(maskedSecrets === 0
      ? []
      : [
          `${counted(maskedSecrets, "secret was", "secrets were")} masked. Whoever owns ${maskedSecrets === 1 ? "it" : "them"} should replace ${maskedSecrets === 1 ? "it" : "them"}: the file itself still holds ${maskedSecrets === 1 ? "it" : "them"}.`,
        ]),
    ...(dropped === 0
      ? []
      : [`${counted(dropped, "hop that says", "hops that say")} least left out.`]),
    ...(otherTraces === 0
      ? []
      : [
          `The file holds ${counted(otherTraces, "other trace", "other traces")}${isBiggest ? "; this is the biggest one" : ""}.`,
        ]),
  ];
}

const textWords = {
  left_out: "Text left out: lengths and hashes alone are kept.",
  kept: "Text kept, for the members of this incident alone.",
  dropped: "Its text was kept and has been dropped since; lengths and hashes are still there.",
} as const;

function counted(count: number, one: string, several: string): string {
  return `${grouped(count)} ${count === 1 ? one : several}`;
}
