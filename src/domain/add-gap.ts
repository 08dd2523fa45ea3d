import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { earlierSignalMark } from "./detection.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId, IncidentState } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import type { DetectionGap } from "./learning.ts";
import { correctionEntry, refuseCorrection } from "./learning-item.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { linkedActions, linkEntry, unknownLink } from "./links.ts";
import { mergeFields, refuseContested, type Shown } from "./meanwhile.ts";
import { nextNumber } from "./next-number.ts";
import { nothingNew } from "./nothing-new.ts";
import { unknownReference } from "./references.ts";
import type { GapKind } from "./vocabulary.ts";

export interface AddGapInput {
  incidentId: IncidentId;
  /** The gap to correct; null for a new one. */
  number: number | null;
  kind: GapKind;
  layer: LayerId | null;
  statement: string;
  /** Actions that answer it already. */
  actionNumbers: number[];
  shown?: Shown;
}

/** These fields of a gap or of what was filled in, which the form shows and corrects. */
export function gapFields({ kind, layer, statement }: GapFields): GapFields {
  return { kind, layer, statement };
}
type GapFields = Pick<DetectionGap, "kind" | "layer" | "statement">;

/**
 * Records what was missing to see the failure earlier (B9), or corrects it. Where the incident was
 * noticed by an internal signal, it asks whether one was there earlier (B13.15).
 */
export const decideAddGap: Decider<AddGapInput> = (state, input, by) => {
  const { number, actionNumbers } = input;
  const standing = state.gaps.find((one) => one.number === number);
  const given = gapFields(input);
  const { merged, contested } = mergeFields(input.shown, given, standing ?? given);
  const { kind, layer, statement } = merged;
  const rejection =
    refuseIfOver(state.incident) ??
    refuseCorrection(state, { number, standing, recorder: standing?.recorder, what: "gap" }, by) ??
    refuseContested(contested, standing ?? given, (field) =>
      field === "statement"
        ? `what was missing reads “${(standing ?? given).statement}” now`
        : `the ${field} was changed`,
    ) ??
    unknownReference(state, { layers: layer ? [layer] : [] }) ??
    unknownLink(state, { actions: actionNumbers }) ??
    refuseWording({ statement });
  if (rejection) return err(rejection);
  if (state.gaps.some((one) => isSame(one, { ...input, ...merged }))) return ok(nothingNew(state));

  const gap: DetectionGap = {
    number: standing?.number ?? nextNumber(state.gaps),
    kind,
    layer,
    statement,
    recorder: standing?.recorder ?? by.userId,
    recordedAt: standing?.recordedAt ?? by.now,
  };
  const id = `G${gap.number}`;
  const actions = linkedActions(state, actionNumbers, id);
  const mark = earlierSignalMark(state);
  return ok({
    changes: { gaps: [gap], ...(actions.length > 0 ? { actions } : {}) },
    timeline: [
      standing
        ? correctionEntry(id, statement, by)
        : {
            lane: "learning",
            kind: "gap_recorded",
            happenedAt: by.now,
            actor: by.userId,
            data: { gap: gap.number, gapKind: kind, layer, statement },
          },
      ...actions.map((action) => linkEntry(`AC${action.number}`, id, by)),
    ],
    effects: effectsOf(state, gap.number),
    outcome: {
      sentence: `${standing ? "Corrected" : "Recorded"} detection gap ${gap.number}.`,
      incidentId: state.incident.id,
      ...(mark ? { isShown: true, marks: [mark] } : {}),
    },
  });
};

function isSame(
  gap: DetectionGap,
  { kind, layer, statement, actionNumbers }: AddGapInput,
): boolean {
  return (
    gap.kind === kind &&
    gap.layer === layer &&
    gap.statement === statement &&
    actionNumbers.length === 0
  );
}

function effectsOf({ incident }: IncidentState, number: number) {
  return [
    postMessage(incident.id, { kind: "learning", item: "gap", number }),
    updatePanel(incident.id),
  ];
}
