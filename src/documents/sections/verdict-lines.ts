import { checkClaim } from "#src/domain/attribution.ts";
import { isOfEarlierVerdict } from "#src/domain/dissent.ts";
import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import { outcomeOf } from "#src/domain/outcome.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import type { Strand } from "#src/domain/strand.ts";
import { type Confidence, failureTypes } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
import { inline } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { utcTime } from "#src/documents/times.ts";
import {
  contributions,
  firstBroke,
  orderOfChanges,
  proximateVerdicts,
} from "#src/documents/what-broke.ts";
import { evidenceWords, lowerFirst, nameOf, saidLast, sentence } from "#src/documents/words.ts";
import { demonstration } from "./demonstration.ts";

/**
 * What broke first in a strand, in the order in which somebody who was not there asks: which layer, how
 * sure, for which part and by which demonstration; then whose it is, and who decided it (R5, R7).
 */
export function whatBrokeFirst(state: IncidentState, strandNumber: number, names: Names): string {
  const named = proximateVerdicts(state, strandNumber);
  const outcome = outcomeOf(state, strandNumber);
  if (named.length === 0) {
    return outcome.kind === "undetermined"
      ? `What broke first could not be determined. The incident was closed without it${approval(state, names)}.`
      : firstBroke(state, strandNumber);
  }
  const [only] = named;
  if (only && named.length === 1 && outcome.kind === "layer") {
    return `**${layers[only.layer].label} broke first${within(only)}.** ${decided(state, only, names)}`;
  }
  const isOneLayer = outcome.kind === "layer";
  return [
    isOneLayer
      ? `**${layersInWords(outcome.layers)} broke first.** How sure that is differs by the part of the requests:`
      : firstBroke(state, strandNumber),
    named
      .map((verdict) => `- **${partOf(verdict, isOneLayer)}** ${decided(state, verdict, names)}`)
      .join("\n"),
    ...orderOfChanges(outcome),
  ].join("\n\n");
}

/** "models claude-haiku-3.5:", for one layer of several parts; the layer with its part else. */
function partOf(verdict: Verdict, isOneLayer: boolean): string {
  const slice = inline(sliceInWords(verdict.scope));
  if (isOneLayer) return slice === "" ? "Everything else:" : `For ${slice}:`;
  return `${layers[verdict.layer].label}${within(verdict)}:`;
}

function decided(state: IncidentState, verdict: Verdict, names: Names): string {
  const { confidence, contribution, locus } = verdict;
  return [
    ...(confidence ? [sureWords[confidence]] : []),
    demonstration(state, verdict, names),
    ...(contribution ? [`How it broke: ${sentence(contribution)}`] : []),
    ...(locus === "provider"
      ? [
          "The fault lies with a provider: what is ours to do is to see it, to pin and to fall back.",
        ]
      : []),
    `Decided by ${setBy(verdict, names)}.`,
    ...noLonger(state, verdict),
  ].join(" ");
}

/** What was admissible when it was decided and is not by what was recorded since: the reader has to know. */
function noLonger(state: IncidentState, verdict: Verdict): string[] {
  const refusal = checkClaim(state, verdict);
  return refusal
    ? [`**By what is recorded now, this would be refused:** ${sentence(refusal.sentence)}`]
    : [];
}

/** The ladder of R5, for somebody who has not read it. */
const sureWords: Readonly<Record<Confidence, string>> = {
  suspected: "This is **suspected**, the lowest of three grades.",
  probable: "This is **probable**, the middle of three grades.",
  confirmed: "This is **confirmed**.",
};

function within({ scope }: Verdict): string {
  const words = sliceInWords(scope);
  return words === "" ? "" : `, for ${inline(words)}`;
}

function setBy({ author, recordedAt }: Verdict, names: Names): string {
  return `${nameOf(names, author)} on ${utcTime(recordedAt)}`;
}

function approval({ incident }: IncidentState, names: Names): string {
  return incident.closeApprover ? `, approved by ${nameOf(names, incident.closeApprover)}` : "";
}

/** R7: what each layer or condition contributed, one line each; empty where nothing did. */
export function contributionLines(
  state: IncidentState,
  strandNumber: number,
  names: Names,
): string[] {
  const first = new Set<LayerId>(proximateVerdicts(state, strandNumber).map(({ layer }) => layer));
  return contributions(state, strandNumber).map((verdict) => {
    const beside = first.has(verdict.layer) ? ", beside what broke first" : "";
    const basis = evidenceWords(verdict.evidenceNumbers.toSorted((a, b) => a - b));
    const restsOn = basis === "" ? "No evidence was named for it." : `It rests on ${basis}.`;
    return `- **${layers[verdict.layer].label}**${within(verdict)}${beside}: ${sentence(verdict.contribution ?? "")} ${restsOn} Said by ${setBy(verdict, names)}.`;
  });
}

/** R10: who disagrees is kept beside what stands, one line each. */
export function dissentLines(state: IncidentState, strandNumber: number, names: Names): string[] {
  return state.dissents
    .filter((one) => one.strandNumber === strandNumber)
    .map((dissent) => {
      const { layer, statement, author, recordedAt } = dissent;
      const earlier = isOfEarlierVerdict(state, dissent) ? " (of an earlier verdict)" : "";
      return `- On ${layers[layer].label}${earlier}, ${nameOf(names, author)} on ${utcTime(recordedAt)}: ${saidLast(statement)}`;
    });
}

/** B12: what kind of failure it was, as a person set it; undefined where it only follows what broke first (B13.9). */
export function failureTypeLine(
  { failureType, failureTypeBy }: Strand,
  names: Names,
): string | undefined {
  if (!failureType) return undefined;
  const who = failureTypeBy ? `, set by ${nameOf(names, failureTypeBy)}` : "";
  return `Kind of failure: ${lowerFirst(failureTypes[failureType])}${who}.`;
}
