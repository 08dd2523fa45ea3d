import type { EvidenceItem } from "#src/domain/evidence.ts";
import { isCounted } from "#src/domain/evidence-weight.ts";
import type { IncidentState, Refusal } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import { supportingItems } from "#src/domain/layer-state.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import type { Strand } from "#src/domain/strand.ts";
import { inline } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { utcTime } from "#src/documents/times.ts";
import { proximateVerdicts } from "#src/documents/what-broke.ts";
import { nameOf, said, saidLast } from "#src/documents/words.ts";
import { toldItems } from "./demonstration.ts";
import { shortEvidenceList } from "./evidence-line.ts";
import { beliefs } from "./hypotheses.ts";
import { answerTable, opposingTables } from "./matrix-tables.ts";
import type { Section } from "./section.ts";
import {
  contributionLines,
  dissentLines,
  failureTypeLine,
  whatBrokeFirst,
} from "./verdict-lines.ts";
import { whyNotTheOthers } from "./why-not.ts";

/**
 * B11.8: for each strand what broke first, how sure, and by which demonstration; why it was none of the
 * other layers; then what contributed, what speaks for and against it, and every answer it rests on.
 */
export const attribution: Section = {
  title: "Attribution",
  render: ({ state, refusals, names }) =>
    [
      intro(state),
      ...state.strands.flatMap((strand) => strandParts(state, strand, names)),
      ...beliefs(state, names),
      ...refusedClaims(refusals, names),
    ].join("\n\n"),
};

function intro({ strands, evidence }: IncidentState): string {
  const several =
    strands.length > 1
      ? ` It broke in ${strands.length} ways, told one by one: each is a strand, with a time, a part of the requests and a cause of its own.`
      : "";
  return `The product has six layers, parts that can break by themselves. This says which of them broke first, and why it was none of the others.${several} People decided it; a claim is refused while another layer has no answer, or while a question that could point elsewhere is open.${evidence.length > 0 ? " Evidence is numbered as in the appendix." : ""}`;
}

function strandParts(state: IncidentState, strand: Strand, names: Names): string[] {
  const { number } = strand;
  const contributed = contributionLines(state, number, names);
  const dissents = dissentLines(state, number, names);
  const type = failureTypeLine(strand, names);
  const hasName = proximateVerdicts(state, number).length > 0;
  return [
    state.strands.length > 1 ? `### Strand ${number}: ${said(strand.name)}` : "### What broke",
    whatBrokeFirst(state, number, names),
    bounds(strand, state.incident.userImpact),
    ...(type ? [type] : []),
    hasName ? "#### Why it was none of the others" : "#### What is known of each layer",
    whyNotTheOthers(state, number),
    ...(contributed.length > 0 ? ["#### What contributed", contributed.join("\n")] : []),
    ...(dissents.length > 0 ? ["#### Who disagrees", dissents.join("\n")] : []),
    ...forAndAgainst(state, number),
    "#### The questions that could have pointed elsewhere",
    ...opposingTables(state, number, names),
    "#### What each layer answered",
    answerTable(state, number, names),
  ];
}

/** What bounds it; the first strand has the incident's own symptom, which is told already. */
function bounds(
  { windowFrom, windowTo, slice, symptom }: Strand,
  userImpact: string | null,
): string {
  const where = sliceInWords(slice);
  return [
    ...(symptom && symptom !== userImpact ? [`What users saw of it: ${saidLast(symptom)}`] : []),
    windowFrom
      ? `Window: from ${utcTime(windowFrom)}${windowTo ? ` to ${utcTime(windowTo)}` : ", end not recorded"}.`
      : "Window: not recorded.",
    where === "" ? "Affected: everything, as far as is recorded." : `Affected: ${inline(where)}.`,
  ].join(" ");
}

/** The items for and against what is named; nothing where no layer is. */
function forAndAgainst(state: IncidentState, strandNumber: number): string[] {
  const named: LayerId[] = [
    ...new Set(proximateVerdicts(state, strandNumber).map((one) => one.layer)),
  ];
  const silent = decidesNothing(state, strandNumber);
  if (named.length === 0) return silent;
  const supporting = new Set(named.flatMap((one) => supportingItems(state, strandNumber, one)));
  const against = state.evidence.filter(
    (item) =>
      item.strandNumbers.includes(strandNumber) &&
      named.some((layer) => item.contradicts.includes(layer) || item.clears.includes(layer)),
  );
  const told = new Set(
    proximateVerdicts(state, strandNumber).flatMap((one) => toldItems(state, one)),
  );
  const none =
    supporting.size > 0 ? "Nothing but what is told above." : "No recorded evidence speaks for it.";
  const hasMore = supporting.size > 0 && told.size > 0;
  return [
    hasMore ? "#### What else speaks for it" : "#### What speaks for it",
    listOr(
      [...supporting].filter((item) => !told.has(item)),
      none,
    ),
    "#### What speaks against it",
    listOr(against, "No recorded evidence speaks against it."),
    ...silent,
  ];
}

/** What was tried or seen and points nowhere: a reader asks for it, so it is told that it decides nothing. */
function decidesNothing({ evidence }: IncidentState, strandNumber: number): string[] {
  const items = evidence.filter(
    (item) =>
      isCounted(item) &&
      item.strandNumbers.includes(strandNumber) &&
      item.supports.length + item.contradicts.length + item.clears.length === 0,
  );
  return items.length > 0 ? ["Recorded, and decides nothing:", shortEvidenceList(items)] : [];
}

function listOr(items: readonly EvidenceItem[], none: string): string {
  return items.length > 0 ? shortEvidenceList(items) : none;
}

/** What was claimed too early stays readable: it shows what was believed, and why that was not enough. */
function refusedClaims(refusals: Refusal[], names: Names): string[] {
  const claims = refusals
    .filter(({ attempted, rules }) => isClaim(attempted) && rules.some((rule) => rule !== "R12"))
    .toSorted((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
  if (claims.length === 0) return [];
  // the same person, refused again with the same words, teaches nothing new: it is counted
  const groups = [
    ...Map.groupBy(claims, (one) =>
      JSON.stringify([one.attempted, one.actor, one.sentence]),
    ).values(),
  ];
  const lines = groups.slice(0, claimsAtMost).map((same) => `- ${refusedLine(same, names)}`);
  const more = groups.slice(claimsAtMost).reduce((all, { length }) => all + length, 0);
  return [
    "### Claims that were refused",
    "They stay in the record, because they show what was believed, and what was missing.",
    lines.join("\n"),
    ...(more > 0
      ? [`${more} more of them ${more === 1 ? "is" : "are"} in the file beside this document.`]
      : []),
  ];
}

/** One claim and what was said to it, as it was said; how often, where more than once. */
function refusedLine(same: readonly Refusal[], names: Names): string {
  const [first] = same;
  const last = same.at(-1);
  if (!first || !last) return "";
  const often =
    same.length > 1 ? `, ${same.length} times, the last on ${utcTime(last.recordedAt)}` : "";
  return `${utcTime(first.recordedAt)}, claimed by ${nameOf(names, first.actor)}${often}. Refused: ${saidLast(inner(first.sentence))}`;
}

/** Quotation marks for words that stand in quotation marks. */
function inner(text: string): string {
  return text.replaceAll("“", "‘").replaceAll("”", "’");
}

const claimsAtMost = 40;

function isClaim(attempted: string): boolean {
  return attempted === "set-verdict" || attempted === "answer-layers";
}
