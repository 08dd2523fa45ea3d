import type { EvidenceItem } from "./evidence.ts";
import { isCounted } from "./evidence-weight.ts";
import type { Cohort } from "./figures/figures.ts";
import type { IncidentState } from "./incident.ts";
import { itemsOfStrand } from "./layer-state.ts";
import { oncePerState } from "./once-per-state.ts";
import { sliceInWords } from "./slice.ts";
import { isSignificantlyAbove } from "./statistics/fisher.ts";
import type { Slice, Strand } from "./strand.ts";
import { listInWords } from "./words.ts";

/** R10: reports or cohorts of one strand that may be more than one failure. People say whether they are. */
export interface SplitSuggestion {
  strandNumber: number;
  /** The items that do not fit, in their order; each could be a strand of its own. */
  items: EvidenceItem[];
  /** Why: "evidence 2 and 3 show another failure." */
  sentence: string;
}

/** In what an item does not fit the strand, or another item of it. */
type Difference = "symptom" | "slice" | "rate";

/**
 * What the reports and cohorts of a strand suggest (R10): they differ in symptom (whoever recorded a report
 * said so), slice, or rate. Reports count once they are verified (R11), and what people have answered
 * suggests nothing any more. Undefined where nothing differs.
 */
export const splitSuggestion = oncePerState(
  (state, strandNumber: number): SplitSuggestion | undefined => suggestionFor(state, strandNumber),
);

function suggestionFor(state: IncidentState, strandNumber: number): SplitSuggestion | undefined {
  const strand = state.strands.find((one) => one.number === strandNumber);
  if (!strand) return undefined;
  const answered = new Set(
    state.splitAnswers
      .filter((one) => one.strandNumber === strandNumber)
      .flatMap((one) => one.evidenceNumbers),
  );
  const items = itemsOfStrand(state, strandNumber).filter(
    (item) => (item.kind === "E10" || item.kind === "E5") && isCounted(item),
  );
  const differing = items.flatMap((item, at) => {
    if (answered.has(item.number)) return [];
    const difference = differenceOf(item, items.slice(0, at), strand);
    return difference ? [{ item, difference }] : [];
  });
  if (differing.length === 0) return undefined;
  return {
    strandNumber,
    items: differing.map(({ item }) => item),
    sentence: sentenceOf(differing),
  };
}

/** The strands with a suggestion that nobody has answered, in their order. */
export function openSplits(state: IncidentState): SplitSuggestion[] {
  return state.strands.flatMap(({ number }) => splitSuggestion(state, number) ?? []);
}

function differenceOf(
  item: EvidenceItem,
  earlier: readonly EvidenceItem[],
  strand: Strand,
): Difference | undefined {
  if (item.data.isOtherFailure) return "symptom";
  const isElsewhere =
    isDisjoint(item.slice, strand.slice) ||
    // a strand that names the dimension has said that these belong together
    earlier.some((other) => isDisjoint(item.slice, other.slice, Object.keys(strand.slice)));
  if (isElsewhere) return "slice";
  return earlier.some((other) => differInRate(item, other)) ? "rate" : undefined;
}

/** Both name a dimension and have no value of it in common. */
function isDisjoint(a: Slice, b: Slice, besides: readonly string[] = []): boolean {
  return Object.entries(a).some(
    ([dimension, values]) =>
      !besides.includes(dimension) &&
      Object.hasOwn(b, dimension) &&
      !values.some((value) => b[dimension]?.includes(value)),
  );
}

/** A group that was counted twice by the same measure fails at another rate (two-sided, 1 %). */
function differInRate({ data: a }: EvidenceItem, { data: b }: EvidenceItem): boolean {
  if (a.measure === undefined || a.measure !== b.measure) return false;
  return (a.cohorts ?? []).some((one) =>
    (b.cohorts ?? []).some((other) => one.group === other.group && isOtherRate(one, other)),
  );
}

function isOtherRate(a: Cohort, b: Cohort): boolean {
  return isSignificantlyAbove(a, b, 0.005) || isSignificantlyAbove(b, a, 0.005);
}

function sentenceOf(differing: { item: EvidenceItem; difference: Difference }[]): string {
  const words = {
    symptom: "shows another failure",
    slice: "happened somewhere else",
    rate: "was counted at another rate",
  };
  return listInWords(
    differing.map(({ item, difference }) => {
      const where = difference === "slice" ? ` (${sliceInWords(item.slice)})` : "";
      return `evidence ${item.number} ${words[difference]}${where}`;
    }),
  ).replace(/$/, ".");
}
