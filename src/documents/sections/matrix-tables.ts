import type { Answer, RowAnswer } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { currentAnswer, opposingRows, verdictOf } from "#src/domain/layer-state.ts";
import { readingWords } from "#src/domain/opposing-answer.ts";
import { changeStates } from "#src/domain/vocabulary.ts";
import { table } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { utcMinute } from "#src/documents/times.ts";
import { nameOf, saidLast } from "#src/documents/words.ts";

/** The matrix of every layer that was claimed or asked about: its questions, blank ones too (B3.2, R9). */
export function opposingTables(state: IncidentState, strandNumber: number, names: Names): string[] {
  const asked = layerIds.filter(
    (layer) =>
      verdictOf(state, strandNumber, layer)?.verdict === "proximate" ||
      opposingRows(state, strandNumber, layer).some(({ answer }) => answer),
  );
  if (asked.length === 0) return ["No such question was answered."];
  // what is named comes first, then what was asked on the way to it
  const named = asked.filter(
    (layer) => verdictOf(state, strandNumber, layer)?.verdict === "proximate",
  );
  return [...named, ...asked.filter((layer) => !named.includes(layer))].map((layer) => {
    const isOver = state.incident.closedAt !== null && !named.includes(layer);
    const blank = isOver ? "Not asked further" : "No answer";
    const rows = opposingRows(state, strandNumber, layer).map(({ row, answer }) => [
      row.question,
      answer ? reading(answer) : blank,
      answer ? evidenceCell(answer) : "–",
      answer ? `${nameOf(names, answer.author)}, ${utcMinute(answer.recordedAt)}` : "–",
    ]);
    const { label } = layers[layer];
    const intro = named.includes(layer)
      ? `Before ${label} could be named as having broken first, these had to be answered:`
      : isOver
        ? `${label} was ${wasClaimed(state, strandNumber, layer) ? "claimed" : "asked about"} too. What such a claim has to answer, and what was answered:`
        : `${label} could be named only once all of these are answered; so far:`;
    return `${intro}\n\n${table(["Question", "Answer", "Evidence", "Who says so, when (UTC)"], rows)}`;
  });
}

function wasClaimed({ hypotheses }: IncidentState, strandNumber: number, layer: LayerId): boolean {
  return hypotheses.some((one) => one.layer === layer && one.strandNumber === strandNumber);
}

function reading({ row, claimedLayer, reading: kind, pointsTo, sentence: why }: RowAnswer): string {
  const words =
    kind === "no_other_version"
      ? "No other version can be called"
      : readingWords(row, claimedLayer, kind, pointsTo);
  return `${words}. ${saidLast(why)}`;
}

/** What the owner of each layer answered for a strand, in layer order; layers without an answer say so (B2). */
export function answerTable(state: IncidentState, strandNumber: number, names: Names): string {
  const rows = layerIds.map((layer) => {
    const answer = currentAnswer(state, strandNumber, layer);
    if (!answer) return [layers[layer].label, "No answer", "–", "–"];
    return [
      layers[layer].label,
      `${changeWords(answer)}${answer.sentence ? ` ${saidLast(answer.sentence)}` : ""}`,
      evidenceCell(answer),
      `${nameOf(names, answer.author)}, ${utcMinute(answer.recordedAt)}`,
    ];
  });
  const heads = ["Layer", "Did it change or degrade?", "Evidence", "Who says so, when (UTC)"];
  return table(heads, rows);
}

/** "It changed." "No change, from a complete change record.": how a layer was answered for, a sentence. */
export function changeWords({ change, isSourceComplete }: Answer): string {
  if (change !== "no_change") return `${changeStates[change]}.`;
  const record = isSourceComplete ? "from a complete change record" : "not known for sure";
  return `${changeStates[change]}, ${record}.`;
}

/** "1, 4"; a dash where it rests on none. */
function evidenceCell({ evidenceNumbers }: Pick<Answer, "evidenceNumbers">): string {
  if (evidenceNumbers.length === 0) return "–";
  return evidenceNumbers.toSorted((a, b) => a - b).join(", ");
}
