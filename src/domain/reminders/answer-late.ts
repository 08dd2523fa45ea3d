import { askAnew, postMessage, updatePanel } from "#src/domain/channel-effects.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentState, LayerOwner } from "#src/domain/incident.ts";
import { isExamined } from "#src/domain/layer-state.ts";
import { nextStepAt } from "#src/domain/owners/answer-patience.ts";
import {
  answererOf,
  isOwned,
  type LateStep,
  ownerOf,
  standInOf,
} from "#src/domain/owners/owner.ts";
import type { UserId } from "#src/domain/person.ts";
import type { ReminderAbout } from "#src/domain/reminder.ts";
import { type Reminding, settled } from "./reminding.ts";

/**
 * Nobody has answered for a layer yet: the owner is reminded, after the same time again the stand-in is
 * asked, then the coordinator is told. A step that has nobody is skipped at once, so a group that
 * nobody has taken it for is the coordinator's at the first reminder. Nothing where it is settled.
 */
export function remindOfAnswer(
  state: IncidentState,
  about: Extract<ReminderAbout, { kind: "answer-late" }>,
  now: Date,
): Reminding {
  const { layer } = about;
  const owner = ownerOf(state, layer);
  if (!isOwned(owner) || isExamined(state, layer)) return settled;
  const { step, userId } = stepFrom(state, owner, about.step);
  const next = nextStep[step];
  const dueAt = nextStepAt(state.incident.severity, now);
  return {
    changes: {
      owners: [{ ...owner, remindedAt: now }],
      reminders:
        next === null ? [] : [{ about: { kind: "answer-late", layer, step: next }, dueAt }],
    },
    timeline: [
      {
        lane: "diagnosis",
        kind: "owner_reminded",
        happenedAt: now,
        // the bot acts on the coordinator's behalf; `userId` is who was reminded, asked or told
        actor: state.incident.coordinator,
        data: { layer, step, userId },
      },
    ],
    effects: [...tell(state, owner, step, userId), updatePanel(state.incident.id)],
  };
}

const nextStep: Readonly<Record<LateStep, LateStep | null>> = {
  owner: "stand-in",
  "stand-in": "coordinator",
  coordinator: null,
};

/** The first step, from this one on, that somebody is there for. */
function stepFrom(
  { incident }: IncidentState,
  owner: LayerOwner,
  step: LateStep,
): { step: LateStep; userId: UserId } {
  const answerer = answererOf(owner);
  if (step === "owner" && answerer !== null) return { step, userId: answerer };
  const standIn = standInOf(owner);
  if (step !== "coordinator" && standIn !== null) return { step: "stand-in", userId: standIn };
  return { step: "coordinator", userId: incident.coordinator };
}

function tell(
  state: IncidentState,
  { layer }: LayerOwner,
  step: LateStep,
  userId: UserId,
): Effect[] {
  const { id } = state.incident;
  if (step === "coordinator") return [askAnew(id, { kind: "answer-late", layer })];
  const reminder = askAnew(id, { kind: "answer-reminder", userId, layer, step });
  if (step === "owner") return [reminder];
  return [
    { name: "invite-people", incidentId: id, userIds: [userId] },
    reminder,
    // said in the channel: the entry of this very step
    postMessage(id, { kind: "entry", sequence: state.lastSequence + 1 }),
  ];
}
