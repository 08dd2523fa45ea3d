import { weakRulesOf } from "./action-checks.ts";
import { postMessage, updateMessage } from "./channel-effects.ts";
import type { Changes, Decision } from "./decision.ts";
import { type Effect, type MessageRef, messageKey } from "./effect.ts";
import { failureTypeOf } from "./failure-type.ts";
import type { IncidentState } from "./incident.ts";
import { actedWith, answeredBy, namedAddresses } from "./links.ts";
import { isSameSlice } from "./slice.ts";
import { hasStrandBoards } from "./strand-effects.ts";

/**
 * A decision with the messages of those items in the channel that read otherwise with it although they are
 * not what was decided: an action that answers one more gap, a factor with which another acted, an action that
 * no longer fits what broke first (Q5). Here, once, so that no decider can forget one. An item that is new posts
 * itself.
 */
export function withItemsRedrawn<Decided extends Pick<Decision, "changes" | "effects">>(
  state: IncidentState,
  decision: Decided,
): Decided {
  if (!isAboutItems(decision.changes)) return decision;
  const before = new Map(readings(state).map(({ ref, says }) => [messageKey(ref), says]));
  const effects = readings(stateAfter(state, decision.changes))
    .filter(({ ref, says }) => (before.get(messageKey(ref)) ?? says) !== says)
    .map((reading) => redraw(state, reading));
  return effects.length === 0
    ? decision
    : { ...decision, effects: [...decision.effects, ...effects] };
}

/** What the message of an item says of other items, as text to compare. */
interface Reading {
  ref: MessageRef;
  says: string;
  /** It may never have been posted, and is not posted for this. */
  isUpdateOnly?: boolean;
}

function redraw({ incident }: IncidentState, { ref, isUpdateOnly }: Reading): Effect {
  return (isUpdateOnly ? updateMessage : postMessage)(incident.id, ref);
}

function readings(state: IncidentState): Reading[] {
  const { strands } = state;
  const isOneOfSeveral = strands.length > 1;
  const reading = (ref: MessageRef, ...facts: unknown[]): Reading => ({
    ref,
    says: JSON.stringify(facts),
  });
  return [
    ...state.actions.map((action) =>
      reading(
        { kind: "action", actionNumber: action.number },
        namedAddresses(state, action),
        weakRulesOf(state, action),
      ),
    ),
    ...state.gaps.map(({ number }) =>
      reading({ kind: "learning", item: "gap", number }, answeredBy(state, `G${number}`)),
    ),
    ...state.factors.map((factor) =>
      reading(
        { kind: "learning", item: "factor", number: factor.number },
        answeredBy(state, `F${factor.number}`),
        actedWith(state, factor),
      ),
    ),
    // which strand it is about goes without saying while there is one
    ...state.goldens.map(({ number }) =>
      reading({ kind: "learning", item: "golden", number }, isOneOfSeveral),
    ),
    ...state.verdicts.map(({ strandNumber, layer }) =>
      reading({ kind: "verdict", strandNumber, layer }, isOneOfSeveral),
    ),
    // a belief that was claimed has no message of its own
    ...state.hypotheses
      .filter(({ isClaim }) => !isClaim)
      .map(({ number }) => reading({ kind: "hypothesis", number }, isOneOfSeveral)),
    ...strands.map(({ number, addedAt }) => ({
      ...reading(
        { kind: "strand", strandNumber: number },
        failureTypeOf(state, [`S${number}`]),
        isOneOfSeveral,
        hasStrandBoards(state),
      ),
      isUpdateOnly: addedAt === null,
    })),
  ];
}

function isAboutItems(changes: Changes): boolean {
  const lists = ["actions", "factors", "risks", "strands", "verdicts", "endedVerdicts"] as const;
  return lists.some((list) => (changes[list]?.length ?? 0) > 0);
}

/** The state with all of a decision that these messages show. */
function stateAfter(state: IncidentState, changes: Changes): IncidentState {
  return {
    ...state,
    actions: withChanged(state.actions, changes.actions),
    factors: withChanged(state.factors, changes.factors),
    risks: withChanged(state.risks, changes.risks),
    strands: withChanged(state.strands, changes.strands),
    verdicts: verdictsAfter(state, changes),
  };
}

function withChanged<Item extends { number: number }>(
  standing: readonly Item[],
  changed: readonly Item[] = [],
): Item[] {
  const kept = standing.filter((one) => !changed.some(({ number }) => number === one.number));
  return [...kept, ...changed].toSorted((a, b) => a.number - b.number);
}

/** As they are saved: a verdict ends the one before it, but for a condition beside proximate (B13.7). */
function verdictsAfter({ verdicts }: IncidentState, changes: Changes): IncidentState["verdicts"] {
  const ending = [
    ...(changes.endedVerdicts ?? []).map((place) => ({ ...place, verdict: null })),
    ...(changes.verdicts ?? []),
  ];
  const standing = verdicts.filter(
    (one) =>
      !ending.some(
        (other) =>
          other.strandNumber === one.strandNumber &&
          other.layer === one.layer &&
          isSameSlice(other.scope, one.scope) &&
          !(other.verdict === "contributing" && one.verdict === "proximate"),
      ),
  );
  return [...standing, ...(changes.verdicts ?? [])];
}
