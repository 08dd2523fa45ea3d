import { err, ok, type Result } from "#src/lib/result.ts";
import { announce, postMessage, setTopic, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type { Incident, IncidentId, IncidentState, LayerOwner } from "./incident.ts";
import { isLayerId, type LayerId, layers } from "./layers/index.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { askOwners } from "./owners/ask-owners.ts";
import type { Person, UserId } from "./person.ts";
import { mustBeAbleTo } from "./policy.ts";
import type { Rejection } from "./rejection.ts";
import { type Role, roles } from "./vocabulary.ts";

/** A role of B12: one of the four, or the owner of a layer. */
export type AnyRole = Role | LayerId;

/** Every role that can be claimed and handed over, in the order people see them. */
export const anyRoleIds: readonly AnyRole[] = [
  ...(Object.keys(roles) as Role[]),
  ...(Object.keys(layers) as LayerId[]),
];

export interface SetRoleInput {
  incidentId: IncidentId;
  role: AnyRole;
  /** Who has it from now on; whoever presses, where it is claimed. */
  person: UserId;
  /** For a layer: who is asked where the owner does not answer; left out: whoever it is now. */
  standIn?: UserId | null;
}

/** The people whom the form names, as far as Slack told us of them. */
export type People = ReadonlyMap<UserId, Person>;

/** "Coordinator", or "Owner of Model". */
export function roleLabel(role: AnyRole): string {
  return isLayerId(role) ? `Owner of ${layers[role].label}` : roles[role];
}

/** Who has this role now; null: nobody, or a group. */
export function holderOf(state: IncidentState, role: AnyRole): UserId | null {
  if (isLayerId(role)) return state.owners.find((one) => one.layer === role)?.userId ?? null;
  return state.incident[columnOf[role]];
}

/**
 * Claims a role or hands it over, at once and without acceptance (issue 4, "People"): anyone who takes
 * part may. Who gets it is mentioned in the channel, invited where they are not in it, and gets what is
 * asked of them.
 */
export function decideSetRole(
  state: IncidentState,
  input: SetRoleInput,
  by: By,
  people: People,
): Result<Decision, Rejection> {
  const { incident } = state;
  const over = refuseIfOver(incident, "Roles stay as they were at the end.");
  if (over) return err(over);
  const { role, person, standIn } = input;
  const unfit =
    mustBeAbleTo("take part in the incident", people.get(person), "person") ??
    (standIn
      ? mustBeAbleTo("take part in the incident", people.get(standIn), "stand_in")
      : undefined);
  if (unfit) return err(unfit);
  if (isLayerId(role)) {
    return setOwner(state, { layer: role, person, standIn: standInAfter(state, role, input) }, by);
  }
  if (standIn) {
    const message = "Only the owner of a layer has a stand-in. Leave it blank.";
    return err({ code: "bad_field", field: "stand_in", message });
  }

  const from = holderOf(state, role);
  if (from === person) return err(standsAlready(role, person === by.userId));
  return ok({
    changes: { incident: { [columnOf[role]]: person } },
    timeline: [
      {
        lane: "communication",
        kind: "role_changed",
        happenedAt: by.now,
        actor: by.userId,
        data: { role, from, to: person },
      },
    ],
    effects: [
      ...told(state, [person]),
      ...(role === "coordinator" ? [setTopic(incident.id), ...announce(incident)] : []),
    ],
    outcome: { sentence: doneSentence(role, person, by), incidentId: incident.id },
  });
}

/** Who stands in from now on: who is said, else who does now, unless they are the owner by this. */
function standInAfter(
  state: IncidentState,
  layer: LayerId,
  { person, standIn }: SetRoleInput,
): UserId | null {
  if (standIn !== undefined) return standIn;
  const standing = state.owners.find((one) => one.layer === layer)?.standInUserId ?? null;
  return standing === person ? null : standing;
}

/** A layer's owner changes: who had it is not asked any more, who has it now is asked. */
function setOwner(
  state: IncidentState,
  { layer, person, standIn }: { layer: LayerId; person: UserId; standIn: UserId | null },
  by: By,
): Result<Decision, Rejection> {
  const standing = state.owners.find((one) => one.layer === layer);
  if (standIn === person) {
    const message = "The stand-in is asked where the owner does not answer: name somebody else.";
    return err({ code: "bad_field", field: "stand_in", message });
  }
  if (standing?.userId === person && (standing.standInUserId === standIn || standIn === null)) {
    return err(standsAlready(layer, person === by.userId));
  }
  const owner: LayerOwner = {
    layer,
    userId: person,
    groupId: null,
    standInUserId: standIn,
    takenBy: null,
    remindedAt: null,
  };
  const { changes, effects } = askOwners(state, [owner], by.now);
  return ok({
    changes,
    timeline: [
      {
        lane: "communication",
        kind: "owner_changed",
        happenedAt: by.now,
        actor: by.userId,
        data: { layer, owner: person, group: null, standIn, takenBy: null },
      },
    ],
    effects: [...told(state, standIn === null ? [person] : [person, standIn]), ...effects],
    outcome: { sentence: doneSentence(layer, person, by), incidentId: state.incident.id },
  });
}

/** The line in the channel, and the way into it for who is not there yet, who is also told what it is about. */
function told({ incident, memberIds, lastSequence }: IncidentState, people: UserId[]): Effect[] {
  const { id, channelId } = incident;
  const strangers = people.filter((userId) => !memberIds.includes(userId));
  return [
    ...(strangers.length === 0 || channelId === null
      ? []
      : [{ name: "invite-people", incidentId: id, userIds: strangers } as const]),
    postMessage(id, { kind: "entry", sequence: lastSequence + 1 }),
    updatePanel(id),
    ...strangers.map((userId) => postMessage(id, { kind: "catch-up", userId })),
  ];
}

const columnOf = {
  coordinator: "coordinator",
  postmortem_driver: "postmortemDriver",
  communications: "communications",
  scribe: "scribe",
} as const satisfies Record<Role, keyof Incident>;

function standsAlready(role: AnyRole, isSelf: boolean): Rejection {
  const who = isSelf ? "You are" : "This person is";
  const message = `${who} ${inSentence(role)} already. Name somebody else, or close the form.`;
  return { code: "bad_field", field: "person", message };
}

function doneSentence(role: AnyRole, person: UserId, by: By): string {
  return person === by.userId
    ? `You are ${inSentence(role)} now.`
    : `Handed over: they are ${inSentence(role)} now, and the channel is told.`;
}

/** "coordinator", "owner of Model". */
function inSentence(role: AnyRole): string {
  const label = roleLabel(role);
  return label.charAt(0).toLowerCase() + label.slice(1);
}
