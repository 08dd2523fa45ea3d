import { err, ok } from "#src/lib/result.ts";
import { weaknessesOf } from "./action-checks.ts";
import { updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { CorrectiveAction, IncidentId, IncidentState } from "./incident.ts";
import type { ContributingFactor } from "./learning.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { actionsFor, idInWords, linkEntry, unknownLink } from "./links.ts";
import { mergeList, type Shown } from "./meanwhile.ts";
import { nothingNew } from "./nothing-new.ts";
import type { Rejection } from "./rejection.ts";
import type { NewTimelineEntry } from "./timeline.ts";

/** All links of one item as they shall stand; what the form did not show is null and stays. */
export interface LinkItemsInput {
  incidentId: IncidentId;
  of: { kind: "action" | "gap" | "factor"; number: number };
  /** Of an action: the strands, factors and gaps that it answers. */
  addresses: string[] | null;
  /** Of a gap or factor: the actions that answer it. */
  actionNumbers: number[] | null;
  /** Of a factor: the factors it acted together with. */
  interactsWith: number[] | null;
  /** The lists as the form showed them: what somebody linked since is not taken back. */
  shown?: Shown;
}

/** Links actions with what they answer, and factors with one another, from either side; a link can be taken back. */
export const decideLinkItems: Decider<LinkItemsInput> = (state, given, by) => {
  const input = merged(state, given);
  const rejection =
    refuseIfOver(state.incident) ??
    unknownItem(state, input) ??
    unknownLink(state, {
      addresses: input.addresses ?? [],
      actions: input.actionNumbers ?? [],
      factors: input.interactsWith ?? [],
    });
  if (rejection) return err(rejection);
  const actions = changedActions(state, input);
  const factor = changedFactor(state, input);
  if (actions.length === 0 && !factor) return ok(nothingNew(state));
  const changes = [
    ...actions.map((action) => ({
      from: `AC${action.number}`,
      before: state.actions.find((one) => one.number === action.number)?.addresses ?? [],
      after: action.addresses,
    })),
    ...(factor
      ? [
          {
            from: `F${factor.number}`,
            before: idsOf(state.factors.find((one) => one.number === factor.number)),
            after: idsOf(factor),
          },
        ]
      : []),
  ];
  const timeline = changes.flatMap(({ from, before, after }): NewTimelineEntry[] => [
    ...without(after, before).map((to) => linkEntry(from, to, by)),
    ...without(before, after).map((to) => linkEntry(from, to, by, true)),
  ]);
  return ok({
    changes: {
      ...(actions.length > 0 ? { actions } : {}),
      ...(factor ? { factors: [factor] } : {}),
    },
    timeline,
    // the messages of all that is linked now, or no longer, follow (items-redrawn.ts)
    effects: [updatePanel(state.incident.id)],
    outcome: {
      sentence: `Changed what ${idInWords(idOf(input))} is linked with.`,
      incidentId: state.incident.id,
    },
  });
};

/** All links as they shall stand now: what was added and taken back in the form, over what stands. */
function merged(state: IncidentState, input: LinkItemsInput): LinkItemsInput {
  const { of, addresses, actionNumbers, interactsWith, shown } = input;
  const action = of.kind === "action" ? numbered(state.actions, of.number) : undefined;
  const factor = of.kind === "factor" ? numbered(state.factors, of.number) : undefined;
  const answering = actionsFor(state, idOf(input)).map(({ number }) => number);
  return {
    ...input,
    addresses: addresses && mergeList(shown?.["addresses"], addresses, action?.addresses ?? []),
    actionNumbers: actionNumbers && mergeList(shown?.["actions"], actionNumbers, answering),
    interactsWith:
      interactsWith &&
      mergeList(shown?.["interacts_with"], interactsWith, factor?.interactsWith ?? []),
  };
}

function numbered<Item extends { number: number }>(
  items: readonly Item[],
  number: number,
): Item | undefined {
  return items.find((one) => one.number === number);
}

function unknownItem(state: IncidentState, { of }: LinkItemsInput): Rejection | undefined {
  if (of.kind === "action") return unknownLink(state, { actions: [of.number] });
  return unknownLink(state, { addresses: [`${of.kind === "gap" ? "G" : "F"}${of.number}`] });
}

function idOf({ of }: LinkItemsInput): string {
  return `${{ action: "AC", gap: "G", factor: "F" }[of.kind]}${of.number}`;
}

function changedActions(state: IncidentState, input: LinkItemsInput): CorrectiveAction[] {
  const { of, addresses, actionNumbers } = input;
  const id = idOf(input);
  const wanted = ({ number, addresses: standing }: CorrectiveAction): string[] => {
    if (of.kind === "action") return of.number === number ? (addresses ?? standing) : standing;
    if (actionNumbers === null) return standing;
    const others = standing.filter((one) => one !== id);
    return actionNumbers.includes(number)
      ? standing.includes(id)
        ? standing
        : [...others, id]
      : others;
  };
  return (
    state.actions
      .map((action) => ({ ...action, addresses: wanted(action) }))
      .filter((action, index) => !isSame(action.addresses, state.actions[index]?.addresses ?? []))
      // what it answers says which remedy fits (Q5)
      .map((action) => ({
        ...action,
        weakRules: weaknessesOf(state, action).map(({ rule }) => rule),
      }))
  );
}

function changedFactor(
  state: IncidentState,
  { of, interactsWith }: LinkItemsInput,
): ContributingFactor | undefined {
  if (of.kind !== "factor" || interactsWith === null) return undefined;
  const factor = state.factors.find((one) => one.number === of.number);
  const others = interactsWith.filter((number) => number !== of.number);
  if (!factor || isSame(factor.interactsWith.map(String), others.map(String))) return undefined;
  return { ...factor, interactsWith: others };
}

function idsOf(factor: ContributingFactor | undefined): string[] {
  return (factor?.interactsWith ?? []).map((number) => `F${number}`);
}

function without(ids: readonly string[], others: readonly string[]): string[] {
  return ids.filter((id) => !others.includes(id));
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return without(a, b).length === 0 && without(b, a).length === 0;
}
