import { firstHypothesis } from "#src/domain/blame-meter.ts";
import { type Fate, hypothesisNow } from "#src/domain/hypotheses.ts";
import type { Hypothesis, IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import { layersInWords, listInWords } from "#src/domain/words.ts";
import type { Names } from "#src/documents/record.ts";
import { utcTime } from "#src/documents/times.ts";
import { proximateVerdicts } from "#src/documents/what-broke.ts";
import { evidenceWords, nameOf, said } from "#src/documents/words.ts";

/**
 * What people believed broke, in the order in which they wrote it down, and what became of it; the blame
 * meter's line first (4.01). Nothing where nobody wrote anything down.
 */
export function beliefs(state: IncidentState, names: Names): string[] {
  const inOrder = state.hypotheses.toSorted(
    (a, b) => a.raisedAt.getTime() - b.raisedAt.getTime() || a.number - b.number,
  );
  if (inOrder.length === 0) return [];
  return [
    "### What was believed first, and what became of it",
    blameLine(state),
    [...Map.groupBy(inOrder, ({ strandNumber, layer }) => `${strandNumber} ${layer}`).values()]
      .map((same) => `- ${beliefLine(state, same, names)}`)
      .join("\n"),
  ];
}

function blameLine(state: IncidentState): string {
  const first = firstHypothesis(state.hypotheses);
  if (!first) return "";
  const broke = [
    ...new Set(proximateVerdicts(state, first.strandNumber).map(({ layer }) => layer)),
  ];
  const named = `The first layer that anybody named was **${layers[first.layer].label}**.`;
  if (broke.length === 0) return `${named} Whether that is right is not known.`;
  return broke.includes(first.layer)
    ? `${named} That was right.`
    : `${named} That was wrong: ${broke.length === 1 ? "it was" : "they were"} ${layersInWords(broke)}${state.strands.length > 1 ? ` in strand ${first.strandNumber}` : ""}.`;
}

/** One layer of one strand: who named it first, in whose words, and who else did. */
function beliefLine(state: IncidentState, same: readonly Hypothesis[], names: Names): string {
  const [first] = same;
  if (!first) return "";
  const { strandNumber, layer, author, raisedAt } = first;
  const { supporting, against, fate } = hypothesisNow(state, first);
  const where = state.strands.length > 1 ? `, of strand ${strandNumber}` : "";
  const words = same.flatMap(({ statement }) => (statement ? [said(statement)] : []));
  const others = [
    ...new Set(same.map((one) => one.author).filter((userId) => userId !== author)),
  ].map((userId) => nameOf(names, userId));
  return [
    `**${layers[layer].label}**${where}, first named by ${nameOf(names, author)} on ${utcTime(raisedAt)}${words.length > 0 ? `: ${listInWords([...new Set(words)])}.` : ", by claiming it as a verdict."}`,
    ...(others.length > 0 ? [`So believed ${listInWords(others)} too.`] : []),
    `What became of it: ${fateWords(state, strandNumber, fate)}.`,
    ...(supporting.length > 0 ? [`For it: ${evidenceWords(supporting)}.`] : []),
    ...(against.length > 0 ? [`Against it: ${evidenceWords(against)}.`] : []),
  ].join(" ");
}

function fateWords(state: IncidentState, strandNumber: number, fate: Fate): string {
  const broke: LayerId[] = [
    ...new Set(proximateVerdicts(state, strandNumber).map((one) => one.layer)),
  ];
  switch (fate) {
    case "proximate":
      return "this layer broke first";
    case "contributing":
      return "this layer contributed, and did not break first";
    case "implicated":
      return "something changed there, and nothing shows that it broke";
    case "cleared":
      return `this layer was ruled out${broke.length > 0 ? `; ${layersInWords(broke)} broke first` : ""}`;
    case "not_applicable":
      return "this layer has no part in it";
    case "undeterminable":
      return "whether it is so could not be determined";
    case "other_layer":
      return `${layersInWords(broke)} broke first`;
    case "open":
      return "nobody knows yet";
  }
}
