import type { IncidentState, Refusal } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import {
  currentAnswer,
  opposingRows,
  supportingItems,
  verdictOf,
} from "#src/domain/layer-state.ts";
import type { Answer, RowAnswer } from "#src/domain/evidence.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import type { Strand } from "#src/domain/strand.ts";
import { changeStates } from "#src/domain/vocabulary.ts";
import { inline, table } from "#src/documents/github-markdown.ts";
import { readingWords } from "#src/domain/opposing-answer.ts";
import type { Names } from "#src/documents/record.ts";
import { proximateVerdicts } from "#src/documents/strand-outcome.ts";
import { utcMinute, utcTime } from "#src/documents/times.ts";
import { nameOf, said, saidLast, sentence } from "#src/documents/words.ts";
import { evidenceList } from "./evidence-line.ts";
import type { Section } from "./section.ts";
import { verdictList } from "./verdict-lines.ts";

/** B11.8: for each strand what broke first and why it is believed, what contributed, and what speaks against it. */
export const attribution: Section = {
  title: "Attribution",
  render: ({ state, refusals, names }) =>
    [
      `A layer is a part of the product that can break by itself${state.strands.length > 1 ? "; a strand is one way in which it broke" : ""}. People set every verdict. A claim about what broke first is refused while another layer has no answer, or while a question that could point elsewhere is open.`,
      ...state.strands.flatMap((strand) => strandParts(state, strand, names)),
      ...refusedClaims(refusals, names),
    ].join("\n\n"),
};

function strandParts(state: IncidentState, strand: Strand, names: Names): string[] {
  return [
    state.strands.length > 1
      ? `### Strand ${strand.number}: ${said(strand.name)}`
      : "### What broke",
    bounds(strand, state.incident.userImpact),
    verdictList(state, strand.number, names),
    "#### What speaks for it",
    supporting(state, strand.number),
    "#### What speaks against it",
    contradicting(state, strand.number),
    "#### What could have pointed elsewhere",
    ...opposingTables(state, strand.number, names),
    "#### What each layer answered",
    answerTable(state, strand.number, names),
  ];
}

/** What bounds it; the first strand has the incident's own symptom, which is told already. */
function bounds(
  { windowFrom, windowTo, slice, symptom }: Strand,
  userImpact: string | null,
): string {
  const where = sliceInWords(slice);
  return [
    ...(symptom && symptom !== userImpact ? [`What users see of it: ${saidLast(symptom)}`] : []),
    windowFrom
      ? `Window: from ${utcTime(windowFrom)}${windowTo ? ` to ${utcTime(windowTo)}` : ", end not recorded"}.`
      : "Window: not recorded.",
    where === "" ? "Affected: everything, as far as is recorded." : `Affected: ${inline(where)}.`,
  ].join(" ");
}

/** The matrix of every layer that was claimed or asked about: its questions, blank ones too (B3.2, R9). */
function opposingTables(state: IncidentState, strandNumber: number, names: Names): string[] {
  const asked = layerIds.filter(
    (layer) =>
      verdictOf(state, strandNumber, layer)?.verdict === "proximate" ||
      opposingRows(state, strandNumber, layer).some(({ answer }) => answer),
  );
  if (asked.length === 0) return ["No such question was answered."];
  return asked.map((layer) => {
    const rows = opposingRows(state, strandNumber, layer).map(({ row, answer }) => [
      row.question,
      answer ? reading(answer) : "No answer",
      answer ? evidenceCell(answer) : "–",
      answer ? `${nameOf(names, answer.author)}, ${utcMinute(answer.recordedAt)}` : "–",
    ]);
    const intro = `Before ${layers[layer].label} could be named as having broken first, these had to be answered:`;
    return `${intro}\n\n${table(["Question", "Answer", "Evidence", "Who says so, when (UTC)"], rows)}`;
  });
}

function reading({ row, claimedLayer, reading: kind, pointsTo, sentence: why }: RowAnswer): string {
  return `${readingWords(row, claimedLayer, kind, pointsTo)}. ${saidLast(why)}`;
}

function answerTable(state: IncidentState, strandNumber: number, names: Names): string {
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

/** "1, 4"; a dash where it rests on none. */
function evidenceCell({ evidenceNumbers }: Pick<Answer, "evidenceNumbers">): string {
  if (evidenceNumbers.length === 0) return "–";
  return evidenceNumbers.toSorted((a, b) => a - b).join(", ");
}

function changeWords({ change, isSourceComplete }: Answer): string {
  if (change !== "no_change") return `${changeStates[change]}.`;
  const record = isSourceComplete ? "from a complete change record" : "not known for sure";
  return `${changeStates[change]}, ${record}.`;
}

function supporting(state: IncidentState, strandNumber: number): string {
  const named = namedLayers(state, strandNumber);
  const items = named.flatMap((layer) => supportingItems(state, strandNumber, layer));
  if (named.length === 0) return "No layer is named, so there is nothing to speak for.";
  return items.length > 0
    ? evidenceList([...new Set(items)])
    : "No recorded evidence speaks for it.";
}

function contradicting(state: IncidentState, strandNumber: number): string {
  const named = namedLayers(state, strandNumber);
  if (named.length === 0) return "No layer is named, so there is nothing to speak against.";
  const items = state.evidence.filter(
    (item) =>
      item.strandNumbers.includes(strandNumber) &&
      named.some((layer) => item.contradicts.includes(layer) || item.clears.includes(layer)),
  );
  return items.length > 0 ? evidenceList(items) : "No recorded evidence speaks against it.";
}

function namedLayers(state: IncidentState, strandNumber: number): LayerId[] {
  return proximateVerdicts(state, strandNumber).map((one) => one.layer);
}

/** What was claimed too early stays readable: it shows what was believed, and why that was not enough. */
function refusedClaims(refusals: Refusal[], names: Names): string[] {
  const claims = refusals
    .filter(({ attempted, rules }) => isClaim(attempted) && rules.some((rule) => rule !== "R12"))
    .toSorted((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime())
    // the same refusal twice teaches nothing new
    .filter(
      (one, index, all) => all.findIndex((other) => other.sentence === one.sentence) === index,
    );
  if (claims.length === 0) return [];
  const lines = claims.map(
    ({ actor, recordedAt, sentence: why }) =>
      `- ${utcTime(recordedAt)}, claimed by ${nameOf(names, actor)}: ${sentence(why)}`,
  );
  return [
    "### Claims that were refused",
    "They stay in the record, because they show what was believed first, and what was missing.",
    lines.join("\n"),
  ];
}

function isClaim(attempted: string): boolean {
  return attempted === "set-verdict" || attempted === "answer-layers";
}
