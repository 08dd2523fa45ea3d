import type { IncidentState } from "#src/domain/incident.ts";
import type { ContributingFactor } from "#src/domain/learning.ts";
import { layers } from "#src/domain/layers/index.ts";
import { factorCategories } from "#src/domain/vocabulary.ts";
import { listInWords } from "#src/domain/words.ts";
import { graph } from "#src/documents/mermaid.ts";
import { lowerFirst, saidLast } from "#src/documents/words.ts";
import { answeredWords } from "./answered-words.ts";
import type { Section } from "./section.ts";

/** B11.9, B8: the conditions that made it more likely or worse, and which of them acted together. */
export const contributingFactors: Section = {
  title: "Contributing factors and how they interacted",
  render: ({ state }) => {
    const { factors } = state;
    if (factors.length === 0) return "No contributing factor is recorded.";
    const pairs = pairsOf(factors);
    return [
      "Each is a condition of the system, not a person.",
      factors.map((factor) => `- ${factorLine(state, factor, pairs)}`).join("\n"),
      ...(pairs.length > 0
        ? [
            "Which of them acted together:",
            graph(
              factors.map(({ number, statement }) => ({
                id: `F${number}`,
                label: `Factor ${number}: ${statement}`,
              })),
              pairs.map(([a, b]) => [`F${a}`, `F${b}`] as const),
            ),
          ]
        : []),
    ].join("\n\n");
  },
};

type Pair = readonly [lower: number, higher: number];

/** Each pair of factors once, whichever side names the other. */
function pairsOf(factors: readonly ContributingFactor[]): Pair[] {
  const numbers = new Set(factors.map(({ number }) => number));
  const pairs = factors.flatMap(({ number, interactsWith }) =>
    interactsWith
      .filter((other) => other !== number && numbers.has(other))
      .map((other): Pair => (number < other ? [number, other] : [other, number])),
  );
  const keys = pairs.map((pair) => pair.join());
  return pairs.filter((pair, index) => keys.indexOf(pair.join()) === index);
}

function factorLine(
  state: IncidentState,
  { number, category, layer, statement }: ContributingFactor,
  pairs: readonly Pair[],
): string {
  const others = pairs
    .filter((pair) => pair.includes(number))
    .map(([a, b]) => String(a === number ? b : a));
  return [
    `**Factor ${number}**, ${lowerFirst(factorCategories[category])}, in ${layers[layer].label}: ${saidLast(statement)}`,
    ...(others.length > 0
      ? [`It acted together with factor${others.length === 1 ? "" : "s"} ${listInWords(others)}.`]
      : []),
    answeredWords(state, `F${number}`, "No action answers it."),
  ].join(" ");
}
