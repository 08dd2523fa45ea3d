import {
  lateMessages,
  ownersOf,
  postMessage,
  requestAnswers,
  updatePanel,
} from "#src/domain/channel-effects.ts";
import type { Changes } from "#src/domain/decision.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentState, LayerOwner } from "#src/domain/incident.ts";
import { isExamined } from "#src/domain/layer-state.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
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
  // somebody who was asked for other layers before has a message already, and would not hear of an edit
  const anew = peopleOf(asked).filter((userId) => !before.includes(userId));
  effects.push(...requestAnswers(after, layers, anew));
  for (const userId of before.filter((one) => !peopleOf(asked).includes(one))) {
    effects.push(postMessage(id, { kind: "evidence-request-dm", userId }));
  }
  effects.push(
    ...layers.flatMap((layer) => lateMessages(state, layer)),
    postMessage(id, { kind: "owners-missing" }),
  );
  return { changes: { owners: asked, reminders: remindersOfAsking(after, layers, now) }, effects };
}

/**
 * What follows once a strand was added in which these layers are open: whoever owes their answers is
 * asked anew. Who had answered for all that there was, has the whole time again; whoever still owed it
 * stays where the reminders had come.
 */
export function askForStrand(
  before: IncidentState,
  after: IncidentState,
  open: readonly LayerId[],
  now: Date,
): { changes: Pick<Changes, "owners" | "reminders">; effects: Effect[] } {
  if (open.length === 0) return { changes: {}, effects: [] };
  const anew = open.filter((layer) => isExamined(before, layer));
  const owners = after.owners
    .filter(({ layer, remindedAt }) => anew.includes(layer) && remindedAt !== null)
    .map((owner) => ({ ...owner, remindedAt: null }));
  const reminders = remindersOfAsking(after, anew, now);
  return {
    changes: {
      ...(owners.length > 0 ? { owners } : {}),
      ...(reminders.length > 0 ? { reminders } : {}),
    },
    effects: requestAnswers(after, open, ownersOf(after, open)),
  };
}

function peopleOf(owners: readonly LayerOwner[]) {
  return [...new Set(owners.map(answererOf).filter((userId) => userId !== null))];
}
