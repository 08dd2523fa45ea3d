import { err, ok } from "#src/lib/result.ts";
import { updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { MarkSourceInput } from "./inputs.ts";
import { marksLayer } from "./layer-state.ts";
import { scanOf } from "./ledger/scan-window.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { unknownReference } from "./references.ts";
import { layersInWords } from "./words.ts";

/**
 * R4: somebody says that the changes of these layers are recorded whole for the time that is scanned, and
 * where. From then on "no change recorded" can rule them out. Widened further, it has to be said again.
 */
export const decideMarkSource: Decider<MarkSourceInput> = (state, { layers, source }, by) => {
  const { incident, sourceMarks } = state;
  const rejection = refuseIfOver(incident) ?? unknownReference(state, { layers });
  if (rejection) return err(rejection);
  if (layers.length === 0) {
    return err({ code: "bad_field", field: "layers", message: "Choose at least one layer." });
  }
  const { from: fromAt, to: toAt } = scanOf(incident);
  const isMarked = layers.every((layer) => marksLayer(incident, sourceMarks, layer));
  const isSame = layers.every((layer) =>
    sourceMarks.some((mark) => mark.layer === layer && mark.source === source),
  );
  if (isMarked && isSame) {
    return err({
      code: "bad_field",
      field: "layers",
      message: "This is marked already, for the whole window.",
    });
  }
  return ok({
    changes: {
      sourceMarks: layers.map((layer) => ({
        layer,
        fromAt,
        toAt,
        source,
        markedBy: by.userId,
        markedAt: by.now,
      })),
    },
    timeline: [
      {
        lane: "diagnosis",
        kind: "source_marked",
        happenedAt: by.now,
        actor: by.userId,
        data: { layers, source, from: fromAt.toISOString(), to: toAt.toISOString() },
      },
    ],
    effects: [updatePanel(incident.id)],
    outcome: {
      sentence: `Marked the change record of ${layersInWords(layers)} as complete for the window: “no change” counts there as known for sure.`,
      incidentId: incident.id,
      isShown: true,
    },
  });
};
