import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import { isOfEarlierVerdict } from "#src/domain/dissent.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import {
  currentAnswer,
  currentVerdicts,
  isUndeterminable,
  opposingRows,
  verdictOf,
} from "#src/domain/layer-state.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import { confidences, verdictKinds } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
import { inline } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { contributions, proximateVerdicts, strandOutcome } from "#src/documents/strand-outcome.ts";
import { utcTime } from "#src/documents/times.ts";
import { evidenceWords, lowerFirst, nameOf, saidLast, sentence } from "#src/documents/words.ts";

/** What people decided of a strand, one line each: what broke first, what contributed, the rest, who disagrees (R7, R10). */
export function verdictList(state: IncidentState, strandNumber: number, names: Names): string {
  const standing = currentVerdicts(state, strandNumber);
  const decided = (["implicated", "cleared", "not_applicable"] as const).flatMap((kind) => {
    const of = standing.filter((one) => one.verdict === kind).map((one) => one.layer);
    return of.length > 0 ? [`- **${verdictKinds[kind]}:** ${layersInWords(of)}.`] : [];
  });
  return [
    ...brokeFirst(state, strandNumber, names),
    ...contributions(state, strandNumber).map(
      (verdict) =>
        `- **Contributed:** ${layers[verdict.layer].label}${within(verdict)}. ${sentence(verdict.contribution ?? "")} Said by ${setBy(verdict, names)}.`,
    ),
    ...decided,
    ...cannotBeTold(state, strandNumber),
    ...dissents(state, strandNumber, names),
  ].join("\n");
}

function brokeFirst(state: IncidentState, strandNumber: number, names: Names): string[] {
  const proximate = proximateVerdicts(state, strandNumber);
  if (proximate.length > 0) {
    return proximate.map((verdict) => `- ${proximateLine(state, verdict, names)}`);
  }
  return strandOutcome(state, strandNumber) === "undetermined"
    ? [
        `- **Broke first:** undetermined. The incident was closed without it${approval(state, names)}.`,
      ]
    : ["- **Broke first:** nobody has said yet."];
}

function proximateLine(state: IncidentState, verdict: Verdict, names: Names): string {
  const { layer, confidence, evidenceNumbers, strandNumber, approver, contribution } = verdict;
  const ofStrand = state.evidence.filter((item) => item.strandNumbers.includes(strandNumber));
  const basis =
    evidenceNumbers.length > 0
      ? `It rests on ${evidenceWords(evidenceNumbers)}.`
      : ofStrand.length > 0
        ? `It rests on all that was recorded: ${evidenceWords(ofStrand.map((item) => item.number))}.`
        : "It rests on no recorded evidence.";
  return [
    `**Broke first:** ${layers[layer].label}${within(verdict)}.`,
    ...(contribution ? [`How: ${sentence(contribution)}`] : []),
    ...(confidence ? [`Confidence: ${lowerFirst(confidences[confidence])}.`] : []),
    basis,
    `Set by ${setBy(verdict, names)}${approver ? `, approved by ${nameOf(names, approver)}` : ""}.`,
  ].join(" ");
}

function within({ scope }: Verdict): string {
  const words = sliceInWords(scope);
  return words === "" ? "" : `, in ${inline(words)}`;
}

function setBy({ author, recordedAt }: Verdict, names: Names): string {
  return `${nameOf(names, author)} on ${utcTime(recordedAt)}`;
}

function approval({ incident }: IncidentState, names: Names): string {
  return incident.closeApprover ? `, approved by ${nameOf(names, incident.closeApprover)}` : "";
}

/** R6: the layers of which nobody can say whether they broke, each with the reason that is recorded. */
function cannotBeTold(state: IncidentState, strandNumber: number): string[] {
  return layerIds
    .filter((layer) => isUndeterminable(state, strandNumber, layer))
    .map(
      (layer) =>
        `- **Cannot be told:** ${layers[layer].label}. ${reason(state, strandNumber, layer)}`,
    );
}

function reason(state: IncidentState, strandNumber: number, layer: LayerId): string {
  const answer = currentAnswer(state, strandNumber, layer);
  if (answer?.change === "cannot_tell") {
    return `Its owner could not tell whether it changed${answer.sentence ? `: ${saidLast(answer.sentence)}` : "."}`;
  }
  if (answer?.change === "no_change" && !answer.isSourceComplete) {
    return "No change is known, and the record of its changes is not complete.";
  }
  if (verdictOf(state, strandNumber, layer)?.verdict === "undeterminable") {
    return "People decided so.";
  }
  const row = layerIds
    .flatMap((claimed) =>
      opposingRows(state, strandNumber, claimed).map((one) => ({ claimed, ...one })),
    )
    .find(
      ({ claimed, row: { asks }, answer: given }) =>
        given?.reading === "cannot_tell" && (asks === "claimed" ? claimed : asks) === layer,
    );
  return row ? `Nobody could tell: ${row.row.question}` : "";
}

/** R10: who disagrees is kept beside what stands. */
function dissents(state: IncidentState, strandNumber: number, names: Names): string[] {
  return state.dissents
    .filter((one) => one.strandNumber === strandNumber)
    .map((dissent) => {
      const { layer, statement, author, recordedAt } = dissent;
      const earlier = isOfEarlierVerdict(state, dissent) ? " (of an earlier verdict)" : "";
      return `- **Dissent** on ${layers[layer].label}${earlier}, by ${nameOf(names, author)} on ${utcTime(recordedAt)}: ${saidLast(statement)}`;
    });
}
