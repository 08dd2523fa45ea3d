import type { IncidentId, SimilarIncident } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import { listInWords } from "./words.ts";

const similarReasons = ["golden", "mechanism", "layer_and_symptom"] as const;
/** Why an incident looks like this one. */
export type SimilarReason = SimilarIncident["reasons"][number];

/** What a text of an incident says: how it shows, how it came about, or the input of a golden. */
export type TextKind = "symptom" | "mechanism" | "golden";

/** One text of this incident beside one of another, as PostgreSQL reads them (`src/db/similar-incidents.ts`). */
export interface TextPair {
  otherId: IncidentId;
  ourKind: TextKind;
  theirKind: TextKind;
  /** What broke first where the text belongs; empty while nobody has said. */
  ourLayers: readonly LayerId[];
  theirLayers: readonly LayerId[];
  /** The words as the full text search keeps them: stems, without "the" and "of". */
  ourWords: readonly string[];
  theirWords: readonly string[];
  /** 0 to 1: how alike the two are letter by letter (pg_trgm's `similarity`). */
  trigrams: number;
  /** 0 to 1: how much of their text stands somewhere in ours (pg_trgm's `word_similarity`). */
  contained: number;
}

/** An incident that looks like this one. */
export interface Match {
  otherId: IncidentId;
  /** Never empty; the strongest first. */
  reasons: SimilarReason[];
  /** 0 to 1: how alike the most alike of their texts are. */
  likeness: number;
}

/**
 * R13: the incidents whose texts are alike enough, the best first: those with the strongest reason, then
 * the most alike. The limits below are measured on the pairs of test/db/similar-incidents.test.ts.
 */
export function findMatches(pairs: readonly TextPair[]): Match[] {
  const matches = new Map<IncidentId, Match>();
  for (const pair of pairs) {
    const found = reasonOf(pair);
    if (!found) continue;
    const { otherId } = pair;
    const before = matches.get(otherId) ?? { otherId, reasons: [], likeness: 0 };
    matches.set(otherId, {
      otherId,
      reasons: allReasons(before.reasons, [found.reason]),
      likeness: Math.max(before.likeness, found.likeness),
    });
  }
  return [...matches.values()].toSorted(
    (a, b) => rank(a) - rank(b) || b.likeness - a.likeness || b.otherId - a.otherId,
  );
}

/** The reasons of both, each once, the strongest first. */
export function allReasons(
  some: readonly SimilarReason[],
  more: readonly SimilarReason[],
): SimilarReason[] {
  return similarReasons.filter((one) => some.includes(one) || more.includes(one));
}

function rank({ reasons: [strongest] }: Match): number {
  return strongest === undefined ? similarReasons.length : similarReasons.indexOf(strongest);
}

/** Alike enough where the same layer broke first in both. */
const sameLayerLimit = 0.35;
/**
 * Alike enough where nobody knows yet what broke first in one of them, where symptom meets mechanism, or
 * where the same mechanism broke another layer first.
 */
const unknownLayerLimit = 0.45;
/** So much of a golden's input has to stand in a text of ours. */
const goldenLimit = 0.85;

function reasonOf(pair: TextPair): { reason: SimilarReason; likeness: number } | undefined {
  const { ourKind, theirKind, ourLayers, theirLayers } = pair;
  if (theirKind === "golden") {
    // a short input stands in many a text by chance
    const isSame = pair.theirWords.length >= 3 && pair.contained >= goldenLimit;
    return isSame ? { reason: "golden", likeness: pair.contained } : undefined;
  }
  if (ourKind === "golden") return undefined;
  const isKnown = ourLayers.length > 0 && theirLayers.length > 0;
  const isSameLayer = ourLayers.some((layer) => theirLayers.includes(layer));
  const isLikeWithLike = ourKind === theirKind;
  // a symptom takes its layer, a mechanism is matched for itself (R13)
  const isOfMechanisms = isLikeWithLike && ourKind === "mechanism";
  if (isKnown && !isSameLayer && !isOfMechanisms) return undefined;
  const likeness = likenessOf(pair);
  const limit = isSameLayer && isLikeWithLike ? sameLayerLimit : unknownLayerLimit;
  if (likeness < limit) return undefined;
  const reason =
    ourKind === "mechanism" || theirKind === "mechanism" ? "mechanism" : "layer_and_symptom";
  return { reason, likeness };
}

/** In almost every report of a failing AI product, so that they tell little, and are not searched for. Stems. */
export const commonWords: ReadonlySet<string> = new Set(
  "ai agent answer assist bad bot broken chat chatbot custom error fail failur give got incid issu llm model problem prod product prompt repli request respons return say sinc start today user wrong yesterday".split(
    " ",
  ),
);

function weight(words: Iterable<string>): number {
  return [...words].reduce((sum, word) => sum + (commonWords.has(word) ? 0.2 : 1), 0);
}

/**
 * 0 to 1. How many of their words two texts share (Dice), or nearly all words of the shorter one, which
 * then says the same in brief; common words count little. Two texts that are alike letter by letter (a
 * typing error, a language whose stems PostgreSQL does not know) are alike by their trigrams.
 */
function likenessOf({ ourWords, theirWords, trigrams }: TextPair): number {
  const ours = new Set(ourWords);
  const theirs = new Set(theirWords);
  const shared = [...ours].filter((word) => theirs.has(word));
  const sharedTelling = shared.filter((word) => !commonWords.has(word)).length;
  const [ourWeight, theirWeight, sharedWeight] = [weight(ours), weight(theirs), weight(shared)];
  const byWords = (2 * sharedWeight) / Math.max(ourWeight + theirWeight, 1);
  const inBrief =
    sharedTelling >= 3 ? (0.8 * sharedWeight) / Math.max(Math.min(ourWeight, theirWeight), 1) : 0;
  // one word in common is chance
  const words = sharedTelling >= 2 || isSame(ours, theirs) ? Math.max(byWords, inBrief) : 0;
  return Math.min(Math.max(words, trigrams >= 0.6 ? trigrams : 0), 1);
}

function isSame(ours: ReadonlySet<string>, theirs: ReadonlySet<string>): boolean {
  return ours.size > 0 && ours.size === theirs.size && [...ours].every((word) => theirs.has(word));
}

/**
 * "the same mechanism and the same layer and symptom": why two incidents look alike, as the end of a
 * sentence. `isSameLayer`: the same layer broke first in both, as far as anybody knows; else the symptom
 * alone is told.
 */
export function reasonsInWords(reasons: readonly SimilarReason[], isSameLayer: boolean): string {
  const words: Record<SimilarReason, string> = {
    golden: "the same golden test",
    mechanism: "the same mechanism",
    layer_and_symptom: isSameLayer ? "the same layer and symptom" : "the same symptom",
  };
  return listInWords(reasons.map((reason) => words[reason]));
}
