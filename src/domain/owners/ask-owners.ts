import {
  lateMessages,
  postMessage,
  requestAnswers,
  updatePanel,
} from "#src/domain/channel-effects.ts";
import type { Changes } from "#src/domain/decision.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentState, LayerOwner } from "#src/domain/incident.ts";
import { remindersOfAsking } from "./answer-patience.ts";
import { answererOf } from "./owner.ts";

/**
 * What follows once somebody is named for layers, or has taken them: the rows, a first reminder from
 * now on, whoever owes the answer invited and asked, and what was asked before brought up to date.
 */
export function askOwners(
  state: IncidentState,
  owners: readonly LayerOwner[],
  now: Date,
): { changes: Pick<Changes, "owners" | "reminders">; effects: Effect[] } {
  const { id } = state.incident;
  // whoever is asked anew has the whole time
  const asked = owners.map((owner) => ({ ...owner, remindedAt: null }));
  const layers = asked.map(({ layer }) => layer);
  const others = state.owners.filter(({ layer }) => !layers.includes(layer));
  const after: IncidentState = { ...state, owners: [...others, ...asked] };
  const strangers = peopleOf(asked).filter((userId) => !state.memberIds.includes(userId));
  const before = peopleOf(state.owners.filter(({ layer }) => layers.includes(layer)));
  const effects: Effect[] = [updatePanel(id)];
  if (strangers.length > 0) {
    effects.push({ name: "invite-people", incidentId: id, userIds: strangers });
  }
  effects.push(...requestAnswers(after, layers));
  for (const userId of before.filter((one) => !peopleOf(asked).includes(one))) {
    effects.push(postMessage(id, { kind: "evidence-request-dm", userId }));
  }
  effects.push(
    ...layers.flatMap((layer) => lateMessages(state, layer)),
    postMessage(id, { kind: "owners-missing" }),
  );
  return { changes: { owners: asked, reminders: remindersOfAsking(after, layers, now) }, effects };
}

function peopleOf(owners: readonly LayerOwner[]) {
  return [...new Set(owners.map(answererOf).filter((userId) => userId !== null))];
}
