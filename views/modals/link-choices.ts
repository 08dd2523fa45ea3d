import type { CorrectiveAction, IncidentState } from "#src/domain/incident.ts";
import type { ContributingFactor, DetectionGap } from "#src/domain/learning.ts";
import { limits, oneLine } from "#views/block-kit.ts";
import type { Choice } from "#views/inputs.ts";

/** What an action can answer: strands, factors and gaps. Where there are more than a menu holds, the newest, and always what is chosen. */
export function addressChoices(state: IncidentState, chosen: readonly string[] = []): Choice[] {
  return fitting(
    [
      ...state.strands.map(({ number, name }) => choice(`S${number}`, `Strand ${number}`, name)),
      ...state.factors.map(factorChoice),
      ...gapChoices(state.gaps),
    ],
    chosen,
  );
}

/** Gaps to choose from, by id: `G1`. */
export function gapChoices(gaps: readonly DetectionGap[]): Choice[] {
  return gaps.map(({ number, statement }) => choice(`G${number}`, `Gap ${number}`, statement));
}

/** Actions to choose from, by number. */
export function actionChoices(
  actions: readonly CorrectiveAction[],
  chosen: readonly string[] = [],
): Choice[] {
  return fitting(
    actions.map(({ number, title }) => choice(String(number), `Action ${number}`, title)),
    chosen,
  );
}

/** Factors to choose from, by number; all but the one that the form is about. */
export function factorChoices(
  factors: readonly ContributingFactor[],
  own: number | null,
  chosen: readonly string[] = [],
): Choice[] {
  const others = factors.filter(({ number }) => number !== own);
  return fitting(
    others.map((factor) => ({ ...factorChoice(factor), value: String(factor.number) })),
    chosen,
  );
}

/** As many as a menu holds: those that are chosen, and the newest of the others, in their order. */
export function fitting(choices: readonly Choice[], chosen: readonly string[]): Choice[] {
  const isChosen = ({ value }: Choice) => chosen.includes(value);
  const room =
    limits.selectOptions - Math.min(limits.selectOptions, choices.filter(isChosen).length);
  const others = choices.filter((one) => !isChosen(one));
  const newest = new Set(others.slice(Math.max(0, others.length - room)));
  return choices.filter((one) => isChosen(one) || newest.has(one)).slice(0, limits.selectOptions);
}

function factorChoice({ number, statement }: ContributingFactor): Choice {
  return choice(`F${number}`, `Factor ${number}`, statement);
}

function choice(value: string, label: string, words: string): Choice {
  const start = `${label} · `;
  // two characters are kept free for what isolates right-to-left words
  return { value, text: start + oneLine(words, limits.optionText - 2 - start.length) };
}
