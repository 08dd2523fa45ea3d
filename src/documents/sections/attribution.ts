import type { IncidentState, Refusal, Verdict } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import {
  currentAnswer,
  currentVerdicts,
  isUndeterminable,
  opposingRows,
  supportingItems,
  verdictOf,
} from "#src/domain/layer-state.ts";
import type { Answer, EvidenceItem, RowAnswer } from "#src/domain/evidence.ts";
import type { Strand } from "#src/domain/strand.ts";
import { changeStates, confidences, evidenceKinds, verdictKinds } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
import { inline, table } from "#src/documents/github-markdown.ts";
import { readingWords } from "#src/documents/opposing-answer.ts";
import type { Names } from "#src/documents/record.ts";
import { contributions, proximateVerdicts, strandOutcome } from "#src/documents/strand-outcome.ts";
import { utcMinute, utcTime } from "#src/documents/times.ts";
import { evidenceWords, lowerFirst, nameOf, saidLast, sentence } from "#src/documents/words.ts";
import type { Section } from "./section.ts";

/** B11.8: for each strand what broke first and why it is believed, what contributed, and what speaks against it. */
export const attribution: Section = {
  title: "Attribution",
  render: ({ state, refusals, names }) =>
    [
      "A layer is a part of the product that can break by itself; a strand is one way in which it broke. People set every verdict. A claim about what broke first is refused while another layer has no answer, or while a question that could point elsewhere is open.",
      ...state.strands.flatMap((strand) => strandParts(state, strand, names)),
      ...refusedClaims(refusals, names),
    ].join("\n\n"),
};

function strandParts(state: IncidentState, strand: Strand, names: Names): string[] {
  return [
    `### Strand ${strand.number}: ${inline(strand.name)}`,
    bounds(strand),
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

function bounds({ windowFrom, windowTo, slice }: Strand): string {
  const where = Object.entries(slice).map(([dimension, value]) => inline(`${dimension} ${value}`));
  return [
    windowFrom
      ? `Window: from ${utcTime(windowFrom)}${windowTo ? ` to ${utcTime(windowTo)}` : ", end not recorded"}.`
      : "Window: not recorded.",
    where.length > 0 ? `Slice: ${where.join(", ")}.` : "Slice: everything, as far as is recorded.",
  ].join(" ");
}

/** One line for what broke first, then one for each other thing that people decided. */
function verdictList(state: IncidentState, strandNumber: number, names: Names): string {
  const proximate = proximateVerdicts(state, strandNumber);
  const standing = currentVerdicts(state, strandNumber);
  const lines = proximate.map((verdict) => `- ${proximateLine(state, verdict, names)}`);
  if (lines.length === 0) {
    const isFinal = strandOutcome(state, strandNumber) === "undetermined";
    lines.push(
      isFinal
        ? `- **Broke first:** undetermined. The incident was closed without it${approval(state, names)}.`
        : "- **Broke first:** nobody has said yet.",
    );
  }
  for (const verdict of contributions(state, strandNumber)) {
    lines.push(
      `- **Contributed:** ${layers[verdict.layer].label}. ${sentence(verdict.contribution ?? "")} Said by ${setBy(verdict, names)}.`,
    );
  }
  for (const kind of ["implicated", "cleared", "not_applicable"] as const) {
    const decided = standing.filter((one) => one.verdict === kind);
    if (decided.length > 0) {
      lines.push(`- **${verdictKinds[kind]}:** ${layersInWords(decided.map((one) => one.layer))}.`);
    }
  }
  const unknowable = layerIds.filter((layer) => isUndeterminable(state, strandNumber, layer));
  if (unknowable.length > 0) {
    lines.push(`- **${verdictKinds.undeterminable}:** ${layersInWords(unknowable)}.`);
  }
  return lines.join("\n");
}

function proximateLine(state: IncidentState, verdict: Verdict, names: Names): string {
  const { layer, confidence, scope, evidenceNumbers, strandNumber, approver } = verdict;
  const within = Object.entries(scope).map(([dimension, value]) => inline(`${dimension} ${value}`));
  const ofStrand = state.evidence.filter((item) => item.strandNumbers.includes(strandNumber));
  const basis =
    evidenceNumbers.length > 0
      ? `It rests on ${evidenceWords(evidenceNumbers)}.`
      : ofStrand.length > 0
        ? `It rests on all that was recorded: ${evidenceWords(ofStrand.map((item) => item.number))}.`
        : "It rests on no recorded evidence.";
  return [
    `**Broke first:** ${layers[layer].label}${within.length > 0 ? `, in ${within.join(", ")}` : ""}.`,
    ...(confidence ? [`Confidence: ${lowerFirst(confidences[confidence])}.`] : []),
    basis,
    `Set by ${setBy(verdict, names)}${approver ? `, approved by ${nameOf(names, approver)}` : ""}.`,
  ].join(" ");
}

function setBy({ author, recordedAt }: Verdict, names: Names): string {
  return `${nameOf(names, author)} on ${utcTime(recordedAt)}`;
}

function approval({ incident }: IncidentState, names: Names): string {
  return incident.closeApprover ? `, approved by ${nameOf(names, incident.closeApprover)}` : "";
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
      answer && answer.evidenceNumbers.length > 0 ? answer.evidenceNumbers.join(", ") : "–",
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
      answer.evidenceNumbers.length > 0 ? answer.evidenceNumbers.join(", ") : "–",
      `${nameOf(names, answer.author)}, ${utcMinute(answer.recordedAt)}`,
    ];
  });
  const heads = ["Layer", "Did it change or degrade?", "Evidence", "Who says so, when (UTC)"];
  return table(heads, rows);
}

function changeWords({ change, isSourceComplete }: Answer): string {
  if (change === "cannot_tell" || change === "not_applicable") return `${changeStates[change]}.`;
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

function evidenceList(items: readonly EvidenceItem[]): string {
  return items
    .map(
      ({ number, kind, what }) =>
        `- Evidence ${number}, ${lowerFirst(evidenceKinds[kind])}: ${saidLast(what)}`,
    )
    .join("\n");
}

/** What was claimed too early stays readable: it shows what was believed, and why that was not enough. */
function refusedClaims(refusals: Refusal[], names: Names): string[] {
  const claims = refusals
    .filter((one) => one.attempted === "set-verdict")
    .toSorted((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
  if (claims.length === 0) return [];
  const lines = claims.map(
    ({ actor, recordedAt, sentence: why, rules }) =>
      `- ${utcTime(recordedAt)}, claimed by ${nameOf(names, actor)}: ${sentence(why)} (${inline(rules.join(", "))})`,
  );
  return ["### Claims that were refused", lines.join("\n")];
}
