import { refuseIfOver } from "#src/domain/lifecycle.ts";
import type { Decider } from "#src/domain/decider.ts";
import type { IncidentId, LayerOwner } from "#src/domain/incident.ts";
import { isExamined } from "#src/domain/layer-state.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import { layersInWords } from "#src/domain/words.ts";
import { err, ok } from "#src/lib/result.ts";
import { askOwners } from "./ask-owners.ts";
import { ownerOf } from "./owner.ts";

export interface TakeAnswerInput {
  incidentId: IncidentId;
  /** Layers of a group, or that nobody is named for; those that are taken meanwhile are left out. */
  layers: LayerId[];
}

/**
 * "I'll answer": the first of a group (or anybody, where nobody is named) owns the answer from now on. A
 * second presser is told who does. The group stays named beside them.
 */
export const decideTakeAnswer: Decider<TakeAnswerInput> = (state, input, by) => {
  const over = refuseIfOver(state.incident);
  if (over) return err(over);
  const owners = input.layers.map((layer) => ownerOf(state, layer) ?? nobodyFor(layer));
  const free = owners.filter(
    (owner) => owner.takenBy === null && owner.userId === null && !isExamined(state, owner.layer),
  );
  if (free.length === 0) return err(alreadyOwned(owners[0], by.userId));

  const taken = free.map((owner) => ({ ...owner, takenBy: by.userId }));
  const { changes, effects } = askOwners(state, taken, by.now);
  return ok({
    changes,
    timeline: taken.map(({ layer, userId, groupId, standInUserId, takenBy }) => ({
      lane: "diagnosis",
      kind: "owner_changed",
      happenedAt: by.now,
      actor: by.userId,
      data: { layer, owner: userId, group: groupId, standIn: standInUserId, takenBy },
    })),
    effects,
    outcome: {
      sentence: `You own the answer for ${layersInWords(taken.map(({ layer }) => layer))}. I sent you the form by direct message; “cannot tell” counts.`,
      incidentId: state.incident.id,
      isShown: true,
    },
  });
};

/** A layer that nobody was ever named for. */
function nobodyFor(layer: LayerId): LayerOwner {
  return {
    layer,
    userId: null,
    groupId: null,
    standInUserId: null,
    takenBy: null,
    remindedAt: null,
  };
}

function alreadyOwned(owner: LayerOwner | undefined, presser: string): Rejection {
  if (!owner) {
    return { code: "not_found", message: "No layer is named by this button. Press a newer one." };
  }
  const who = owner.takenBy ?? owner.userId;
  const layer = layersInWords([owner.layer]);
  const message =
    who === null
      ? `${layer} is answered already. “Answer for your layer” corrects it.`
      : who === presser
        ? `You own the answer for ${layer} already. “Answer for your layer” opens the form.`
        : `<@${who}> owns the answer for ${layer} already. What you know still helps: add it as evidence.`;
  return { code: "stale", message };
}
