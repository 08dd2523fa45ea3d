import type { CorrectiveAction, IncidentState } from "./incident.ts";
import type { ContributingFactor, DetectionGap } from "./learning.ts";
import { isLayerId, layers } from "./layers/index.ts";
import type { Rejection } from "./rejection.ts";
import type { Strand } from "./strand.ts";
import type { NewTimelineEntry } from "./timeline.ts";
import type { By } from "./decider.ts";

/** What an action can answer (B10): strands, factors and gaps, each under its id. */
type Linked =
  | { kind: "strand"; item: Strand }
  | { kind: "factor"; item: ContributingFactor }
  | { kind: "gap"; item: DetectionGap };

/** What the id of a strand, factor or gap (`S1`, `F2`, `G3`) stands for; undefined where the incident has no such one. */
export function linkedOf(state: IncidentState, id: string): Linked | undefined {
  const [, letter, digits] = /^([SFG])([1-9]\d{0,8})$/.exec(id) ?? [];
  const number = Number(digits);
  const strand = letter === "S" ? state.strands.find((one) => one.number === number) : undefined;
  if (strand) return { kind: "strand", item: strand };
  const factor = letter === "F" ? state.factors.find((one) => one.number === number) : undefined;
  if (factor) return { kind: "factor", item: factor };
  const gap = letter === "G" ? state.gaps.find((one) => one.number === number) : undefined;
  return gap && { kind: "gap", item: gap };
}

/** "strand 1", "factor 2", "gap 3", "action 4", a layer's label: what people read for an id. The id itself where it is none. */
export function idInWords(id: string): string {
  if (isLayerId(id)) return layers[id].label;
  const [, letters = "", number] = /^([A-Z]+)(\d+)$/.exec(id) ?? [];
  const word = Object.hasOwn(words, letters) ? words[letters as keyof typeof words] : undefined;
  return word === undefined ? id : `${word} ${number}`;
}

const words = {
  S: "strand",
  F: "factor",
  G: "gap",
  AC: "action",
  GP: "golden",
  AR: "accepted risk",
  EV: "evidence",
} as const;

/** The first of these ids that the incident does not have, as a rejection; undefined where all of them stand. */
export function unknownLink(
  state: IncidentState,
  links: {
    addresses?: readonly string[];
    actions?: readonly number[];
    factors?: readonly number[];
  },
): Rejection | undefined {
  const strange =
    links.addresses?.find((id) => !linkedOf(state, id)) ??
    missing(links.actions, state.actions, "AC") ??
    missing(links.factors, state.factors, "F");
  if (strange === undefined) return undefined;
  return {
    code: "not_found",
    message: `There is no ${idInWords(strange)} in this incident. Open the form again and choose from its list.`,
  };
}

function missing(
  numbers: readonly number[] | undefined,
  standing: readonly { number: number }[],
  letters: string,
): string | undefined {
  const number = numbers?.find((one) => !standing.some((other) => other.number === one));
  return number === undefined ? undefined : `${letters}${number}`;
}

/** The actions that answer a strand, factor or gap. */
export function actionsFor(state: Pick<IncidentState, "actions">, id: string): CorrectiveAction[] {
  return state.actions.filter((action) => action.addresses.includes(id));
}

/** Q4: what answers a strand, factor or gap, in words: "action 1", "accepted risk 2"; empty where nothing does. */
export function answeredBy(state: Pick<IncidentState, "actions" | "risks">, id: string): string[] {
  return [
    ...actionsFor(state, id).map(({ number }) => `action ${number}`),
    ...state.risks
      .filter(({ addresses }) => addresses.includes(id))
      .map(({ number }) => `accepted risk ${number}`),
  ];
}

/** The ids that an action is said to answer (`S2`, `F1`, `G1`): the only strand goes without saying. */
export function namedAddresses(
  { strands }: Pick<IncidentState, "strands">,
  { addresses }: CorrectiveAction,
): string[] {
  return strands.length > 1 ? addresses : addresses.filter((id) => id !== "S1");
}

/** The numbers of the factors that this one acted together with, whichever of the two names the other. */
export function actedWith(
  { factors }: Pick<IncidentState, "factors">,
  { number, interactsWith }: ContributingFactor,
): number[] {
  return factors
    .filter(
      (other) =>
        other.number !== number &&
        (interactsWith.includes(other.number) || other.interactsWith.includes(number)),
    )
    .map((other) => other.number);
}

/** These actions with the link to `id` added where it was missing. */
export function linkedActions(
  state: IncidentState,
  actionNumbers: readonly number[],
  id: string,
): CorrectiveAction[] {
  return state.actions
    .filter((action) => actionNumbers.includes(action.number) && !action.addresses.includes(id))
    .map((action) => ({ ...action, addresses: [...action.addresses, id] }));
}

/** The timeline entry of one link: made, or taken back where `isUndone`. */
export function linkEntry(from: string, to: string, by: By, isUndone = false): NewTimelineEntry {
  return {
    lane: "learning",
    kind: "link_made",
    happenedAt: by.now,
    actor: by.userId,
    data: { from, to, ...(isUndone ? { isUndone } : {}) },
  };
}
