import { fateInWords, hypothesisNow } from "#src/domain/hypotheses.ts";
import type { Hypothesis, IncidentState } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { listInWords } from "#src/domain/words.ts";
import { context, mention, type Mrkdwn, mrkdwn, section } from "#views/block-kit.ts";
import { found } from "#views/find.ts";
import { firstOf, incidentReference } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** What somebody believes broke first, in the channel: what speaks for it and against it, and what became of it. */
export function renderHypothesis(state: IncidentState, number: number): MessageContent {
  const hypothesis = found(state.hypotheses, number, "hypothesis");
  const line = hypothesisLine(state, hypothesis);
  return content(mrkdwn`${incidentReference(state.incident)}: ${line}`, [
    section(line, `hypothesis:H${number}`),
    ...(hypothesis.statement === null ? [] : [section(hypothesis.statement)]),
    context(evidenceLine(state, hypothesis)),
  ]);
}

/** "Hypothesis 1: Model broke first, believes @ada. It was ruled out." */
export function hypothesisLine(state: IncidentState, hypothesis: Hypothesis): Mrkdwn {
  const { number, layer, strandNumber, author } = hypothesis;
  const strand = state.strands.length > 1 ? ` in strand ${strandNumber}` : "";
  const fate = fateInWords(state, hypothesisNow(state, hypothesis));
  return mrkdwn`*Hypothesis ${number}: ${layers[layer].label} broke first${strand}*, believes ${mention(author)}. ${fate}`;
}

/** "Evidence for it: 1 and 2. Against it: 3.": so that nobody reads only one side. */
export function evidenceLine(state: IncidentState, hypothesis: Hypothesis): string {
  const { supporting, against } = hypothesisNow(state, hypothesis);
  if (supporting.length + against.length === 0) return "No evidence bears on it yet.";
  return `Evidence for it: ${items(supporting)}. Against it: ${items(against)}.`;
}

function items(numbers: readonly number[]): string {
  return numbers.length === 0 ? "none" : listInWords(firstOf(numbers.map(String)));
}
