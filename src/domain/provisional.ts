import { postMessage } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Changes, Decision } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type { Answer } from "./evidence.ts";
import type { CorrectiveAction, IncidentState } from "./incident.ts";
import { openLayers } from "./layer-state.ts";

/**
 * B10: whether an action that answers these strands (all of them, where it names none) has to wait: a
 * layer of one of them is unexamined, so nobody can know yet whether the action answers what broke.
 */
export function isTooEarly(state: IncidentState, addresses: readonly string[]): boolean {
  const named = state.strands.filter(({ number }) => addresses.includes(`S${number}`));
  const strands = named.length > 0 ? named : state.strands;
  return strands.some(({ number }) => openLayers(state, number).length > 0);
}

/**
 * The decision, and with it every provisional action that need not wait any longer: no layer of its
 * strands is unexamined now, or the response is over and none of them will be. Each is filed.
 */
export function releaseActions(state: IncidentState, decision: Decision, by: By): Decision {
  const released = releasedActions(state, decision.changes);
  if (released.length === 0) return decision;
  const numbers = released.map(({ number }) => number);
  const others = decision.changes.actions?.filter(({ number }) => !numbers.includes(number)) ?? [];
  return {
    ...decision,
    changes: { ...decision.changes, actions: [...others, ...released] },
    timeline: [
      ...decision.timeline,
      ...numbers.map((action) => ({
        lane: "learning" as const,
        kind: "action_released" as const,
        happenedAt: by.now,
        actor: by.userId,
        data: { action },
      })),
    ],
    effects: [...decision.effects, ...numbers.flatMap((number) => filing(state, number))],
  };
}

function filing({ incident }: IncidentState, actionNumber: number): Effect[] {
  return [
    postMessage(incident.id, { kind: "action", actionNumber }),
    { name: "file-issue", incidentId: incident.id, actionNumber },
  ];
}

/** The actions that stop being provisional with these changes. */
function releasedActions(state: IncidentState, changes: Changes): CorrectiveAction[] {
  const actions = [
    ...state.actions.filter(
      (one) => !changes.actions?.some((other) => other.number === one.number),
    ),
    ...(changes.actions ?? []),
  ];
  const waiting = actions.filter(({ isProvisional }) => isProvisional);
  if (waiting.length === 0) return [];
  const then = examinedAfter(state, changes);
  const isOver = changes.incident?.status === "closed";
  return waiting
    .filter(({ addresses }) => isOver || !isTooEarly(then, addresses))
    .map((action) => ({ ...action, isProvisional: false }));
}

/** The state with the answers and strands of a decision: all that says whether a layer is unexamined. */
function examinedAfter(state: IncidentState, changes: Changes): IncidentState {
  const answers: Answer[] = [...state.answers, ...(changes.answers ?? [])];
  const strands = [
    ...state.strands.filter(
      (one) => !changes.strands?.some((other) => other.number === one.number),
    ),
    ...(changes.strands ?? []),
  ];
  return { ...state, answers, strands };
}
