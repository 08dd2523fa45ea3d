import type { IncidentState, LayerOwner } from "#src/domain/incident.ts";
import { isExamined } from "#src/domain/layer-state.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import type { ReminderAbout } from "#src/domain/reminder.ts";

/** Where a layer stands: answered for, asked, late (somebody was reminded already), or nobody is named. */
export type AnswerStanding = "answered" | "asked" | "late" | "nobody";

/** The steps of a layer that is not answered for, one after the other. */
export type LateStep = Extract<ReminderAbout, { kind: "answer-late" }>["step"];
const lateSteps: readonly LateStep[] = ["owner", "stand-in", "coordinator"];

/**
 * Who owes the answer: whoever pressed "I'll answer", else the person who is named; null for a group
 * that nobody has taken it for, and where nobody is named.
 */
export function answererOf(owner: LayerOwner): UserId | null {
  return owner.takenBy ?? owner.userId;
}

/** The owner of a layer, as it is named in this incident; undefined where nobody ever was. */
export function ownerOf(state: IncidentState, layer: LayerId): LayerOwner | undefined {
  return state.owners.find((owner) => owner.layer === layer);
}

/** Whether somebody is named for it: a person, a group, or whoever has taken it. */
export function isOwned(owner: LayerOwner | undefined): owner is LayerOwner {
  return owner !== undefined && (answererOf(owner) ?? owner.groupId) !== null;
}

/** Who stands in and can be asked: somebody else than who owes the answer; null where there is nobody. */
export function standInOf(owner: LayerOwner): UserId | null {
  return owner.standInUserId === answererOf(owner) ? null : owner.standInUserId;
}

/** Everybody who was asked for a layer: who owes the answer, and the stand-in once their turn has come. */
export function askedPeople(state: IncidentState, owner: LayerOwner): UserId[] {
  const standIn = hasStepCome(state, owner.layer, "stand-in") ? standInOf(owner) : null;
  return [answererOf(owner), standIn].filter((userId) => userId !== null);
}

/** The layers that this person was asked for, in the order people see them everywhere. */
export function layersAskedOf(state: IncidentState, userId: UserId): LayerId[] {
  return layerIds.filter((layer) => {
    const owner = ownerOf(state, layer);
    return owner !== undefined && askedPeople(state, owner).includes(userId);
  });
}

/**
 * Whether this step of a layer that is late has been taken: somebody was reminded, and the reminder
 * that waits, if any, is of a later step.
 */
export function hasStepCome(state: IncidentState, layer: LayerId, step: LateStep): boolean {
  if ((ownerOf(state, layer)?.remindedAt ?? null) === null) return false;
  for (const { about } of state.reminders) {
    if (about.kind !== "answer-late" || about.layer !== layer) continue;
    return lateSteps.indexOf(step) < lateSteps.indexOf(about.step);
  }
  return true;
}

/**
 * Where a layer stands, from what is recorded alone: the panel has no clock. Late from the first reminder
 * on. An answer for one strand is none for the others, of which its owner is asked until they have one.
 */
export function answerStanding(state: IncidentState, layer: LayerId): AnswerStanding {
  if (isExamined(state, layer)) return "answered";
  const owner = ownerOf(state, layer);
  if (!isOwned(owner)) return "nobody";
  return owner.remindedAt === null ? "asked" : "late";
}

/** Layers that nobody is named for and nobody has answered: the coordinator is asked to name somebody. */
export function layersWithoutOwner(state: IncidentState): LayerId[] {
  return layerIds.filter((layer) => answerStanding(state, layer) === "nobody");
}
