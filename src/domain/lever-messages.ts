import { postMessage } from "./channel-effects.ts";
import type { Effect } from "./effect.ts";
import type { IncidentState, LeverUse } from "./incident.ts";
import { authorizationsOf, isInForce } from "./lever-use.ts";

/**
 * Where a lever is shown, for the lever as it stands after the decision: its message in the channel,
 * and the direct ones to those who are named as having authorized it. Who was asked once more and is
 * asked no longer, sees that too, and so does the coordinator (`still-asked.ts`: to nobody else is it
 * posted).
 */
export function leverMessages({ incident }: IncidentState, use: LeverUse): Effect[] {
  const { number: leverNumber } = use;
  const people = authorizationsOf(use);
  const settled = people.filter(({ state }) => state !== "claimed" || !isInForce(use));
  return [
    postMessage(incident.id, { kind: "lever", leverNumber }),
    ...people.map(({ userId }) =>
      postMessage(incident.id, { kind: "lever-dm", leverNumber, userId }),
    ),
    ...settled.map(({ userId }) =>
      postMessage(incident.id, { kind: "lever-reminder", leverNumber, userId }),
    ),
    ...(settled.length === 0
      ? []
      : [postMessage(incident.id, { kind: "lever-late", leverNumber })]),
  ];
}

/** The same for every lever: when the incident ends or opens again, their buttons go or come back. */
export function allLeverMessages(state: IncidentState): Effect[] {
  return state.levers.flatMap((use) => leverMessages(state, use));
}
