import type { Answer, EvidenceItem, RowAnswer } from "./evidence.ts";
import { isCounted } from "./evidence-weight.ts";
import type { Incident, IncidentState, Verdict } from "./incident.ts";
import { type LayerId, layerIds, layers } from "./layers/index.ts";
import type { OpposingRow } from "./layers/layer.ts";
import type { SourceMark } from "./ledger/incident-change.ts";
import { scanOf } from "./ledger/scan-window.ts";
import { nextRevision } from "./next-number.ts";
import { oncePerState } from "./once-per-state.ts";

/** B3: what the record says of a layer of a strand; computed, never set. */
export type LayerState = "unexamined" | "answered" | "blocked";

/**
 * B3: unexamined without an answer; blocked where the answer is "cannot tell", or "no change" from a
 * change record that is not known to be complete (R4); answered otherwise, "not applicable" too (B13.2).
 */
export function layerState(state: IncidentState, strandNumber: number, layer: LayerId): LayerState {
  // a claim says so as well as an answer does
  const verdict = verdictOf(state, strandNumber, layer)?.verdict;
  if (verdict === "not_applicable") return "answered";
  const answer = currentAnswer(state, strandNumber, layer);
  if (!answer) return verdict === "undeterminable" ? "blocked" : "unexamined";
  if (answer.change === "cannot_tell") return "blocked";
  if (answer.change === "no_change" && !answer.isSourceComplete) return "blocked";
  return "answered";
}

/**
 * B13.3: the strand's own answer, else the one that stands for all strands; the newest of each. "No change" is
 * known for sure where the change record was marked complete, too (R4).
 */
export const currentAnswer = oncePerState(
  (state, strandNumber: number, layer: LayerId): Answer | undefined => {
    const newestFirst = state.answers
      .filter((answer) => answer.layer === layer)
      .toSorted((a, b) => b.revision - a.revision);
    const answer =
      newestFirst.find((one) => one.strandNumbers?.includes(strandNumber)) ??
      newestFirst.find((one) => one.strandNumbers === null);
    return answer && withMark(state, answer);
  },
);

/** R4: the answer, known for sure where somebody marked the changes of its layer as recorded whole for what is scanned. */
export function withMark(
  { incident, sourceMarks }: Pick<IncidentState, "incident" | "sourceMarks">,
  answer: Answer,
): Answer {
  if (answer.isSourceComplete) return answer;
  return marksLayer(incident, sourceMarks, answer.layer)
    ? { ...answer, isSourceComplete: true }
    : answer;
}

/** R4: whether the changes of a layer are marked as recorded whole for all of the time that is scanned. */
export function marksLayer(
  incident: Incident,
  marks: readonly SourceMark[],
  layer: LayerId,
): boolean {
  const { from, to } = scanOf(incident);
  return marks.some((mark) => mark.layer === layer && mark.fromAt <= from && mark.toAt >= to);
}

/**
 * The verdicts that stand in a strand, in layer order. A proximate layer can have a second one,
 * "contributing": a condition beside it (B13.7).
 */
export const currentVerdicts = oncePerState((state, strandNumber: number): readonly Verdict[] =>
  state.verdicts
    .filter((verdict) => verdict.strandNumber === strandNumber)
    .toSorted(
      (a, b) => layerIds.indexOf(a.layer) - layerIds.indexOf(b.layer) || a.revision - b.revision,
    ),
);

/** What people decided of one layer of a strand: proximate where it stands, else the newest verdict. */
export function verdictOf(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId,
): Verdict | undefined {
  const standing = currentVerdicts(state, strandNumber).filter((one) => one.layer === layer);
  return standing.findLast((one) => one.verdict === "proximate") ?? standing.at(-1);
}

/** The revision of the next verdict on a layer of a strand; it counts on from those that stand no longer. */
export function nextVerdictRevision(
  { verdicts, pastVerdicts }: Pick<IncidentState, "verdicts" | "pastVerdicts">,
  strandNumber: number,
  layer: LayerId,
): number {
  return nextRevision(
    [...pastVerdicts, ...verdicts].filter(
      (one) => one.strandNumber === strandNumber && one.layer === layer,
    ),
  );
}

/** R14: whether a strand has a layer that broke first. */
export function isAttributed(state: IncidentState, strandNumber: number): boolean {
  return currentVerdicts(state, strandNumber).some((one) => one.verdict === "proximate");
}

/** The layers of a strand that nobody has answered for, in registry order. */
export function openLayers(state: IncidentState, strandNumber: number): LayerId[] {
  return layerIds.filter((layer) => layerState(state, strandNumber, layer) === "unexamined");
}

/** Whether a layer has an answer in every strand: in none of them it is unexamined. */
export function isExamined(state: IncidentState, layer: LayerId): boolean {
  return state.strands.every(({ number }) => layerState(state, number, layer) !== "unexamined");
}

/** One opposing row of a claimed layer, with its standing answer. */
export interface OpposingRowState {
  row: OpposingRow;
  answer: RowAnswer | undefined;
  /** R9, R11: it holds an answer, evidence that counts, and its author; "cannot tell" needs no evidence. */
  isFilled: boolean;
}

/** The items of a strand, in their order. */
export function itemsOfStrand(state: IncidentState, strandNumber: number): readonly EvidenceItem[] {
  return itemsByStrand(state).get(strandNumber) ?? [];
}

const itemsByStrand = oncePerState(({ evidence }): ReadonlyMap<number, EvidenceItem[]> => {
  const pairs = evidence.flatMap((item) =>
    item.strandNumbers.map((strandNumber) => ({ item, strandNumber })),
  );
  const grouped = Map.groupBy(pairs, ({ strandNumber }) => strandNumber);
  return new Map([...grouped].map(([number, own]) => [number, own.map(({ item }) => item)]));
});

/** The numbers of items that do not count for a strand: not verified (R11), or gone over to another one. */
const uncountedNumbers = oncePerState(
  ({ evidence }, strandNumber: number): ReadonlySet<number> =>
    new Set(
      evidence
        .filter((item) => !isCounted(item) || !item.strandNumbers.includes(strandNumber))
        .map(({ number }) => number),
    ),
);

/** The standing answers of a strand: the newest revision by claimed layer and row. */
const standingRows = oncePerState(
  (state, strandNumber: number): ReadonlyMap<string, RowAnswer> =>
    new Map(
      state.rowAnswers
        .filter((one) => one.strandNumber === strandNumber)
        .toSorted((a, b) => a.revision - b.revision)
        .map((one) => [`${one.claimedLayer} ${one.row}`, one]),
    ),
);

/** The opposing rows of a layer in table order (B3.2), as they stand for one strand. */
export const opposingRows = oncePerState(
  (state, strandNumber: number, claimedLayer: LayerId): OpposingRowState[] =>
    layers[claimedLayer].opposing.map((row) => {
      const answer = standingRows(state, strandNumber).get(`${claimedLayer} ${row.id}`);
      const isFilled =
        answer !== undefined &&
        (answer.reading === "cannot_tell" ||
          answer.reading === "no_other_version" ||
          answer.evidenceNumbers.some((one) => !uncountedNumbers(state, strandNumber).has(one)));
      return { row, answer, isFilled };
    }),
);

/**
 * R6, R9, B13.2: whether a layer cannot be determined: a person said so, its answer is blocked, or a
 * row that asks about it was answered "cannot tell".
 */
export const isUndeterminable = oncePerState(
  (state, strandNumber: number, layer: LayerId): boolean =>
    layerState(state, strandNumber, layer) === "blocked" ||
    verdictOf(state, strandNumber, layer)?.verdict === "undeterminable" ||
    rowsAskingAbout(state, strandNumber, layer).some(({ reading }) => reading === "cannot_tell"),
);

/** The standing answers to rows that ask about a layer, whatever layer they were asked for (B13.6). */
export const rowsAskingAbout = oncePerState(
  (state, strandNumber: number, layer: LayerId): readonly RowAnswer[] =>
    layerIds.flatMap((claimed) =>
      opposingRows(state, strandNumber, claimed).flatMap(({ row, answer }) =>
        answer && (row.asks === "claimed" ? claimed : row.asks) === layer ? [answer] : [],
      ),
    ),
);

/** Items of a strand that support a layer and count (R11). */
export function supportingItems(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId,
): EvidenceItem[] {
  return itemsOfStrand(state, strandNumber).filter(
    (item) => isCounted(item) && item.supports.includes(layer),
  );
}
