import { postMessage } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Changes } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type { IncidentState, Verdict } from "./incident.ts";
import { currentAnswer, isUndeterminable } from "./layer-state.ts";
import type { DetectionGap } from "./learning.ts";
import { type LayerId, layerIds, layers } from "./layers/index.ts";
import { nextNumber } from "./next-number.ts";
import type { NewTimelineEntry } from "./timeline.ts";

/**
 * R6: with a verdict on what broke first, and with the verdict "cannot be determined", every layer of the
 * strand that cannot be determined becomes a detection gap: the next time it has to be possible to tell.
 * A layer that has such a gap gets no second one.
 */
export function gapsForUndeterminable(
  state: IncidentState,
  verdict: Pick<Verdict, "strandNumber" | "layer" | "verdict">,
  by: By,
): { changes: Pick<Changes, "gaps">; timeline: NewTimelineEntry[]; effects: Effect[] } {
  const { incident } = state;
  const gaps = layersFor(state, verdict)
    .filter((layer) => !state.gaps.some((gap) => gap.layer === layer && isOfTracking(gap)))
    .map((layer, index): DetectionGap => {
      const isBlocked = restsOnIncompleteRecord(state, verdict.strandNumber, layer);
      const { label } = layers[layer];
      return {
        number: nextNumber(state.gaps) + index,
        kind: isBlocked ? "no_version_tracking" : "no_trace",
        layer,
        statement: isBlocked
          ? `The change record of ${label} was not known to be complete, so it could not be told whether it changed.`
          : `What happened in ${label} could not be told from what was recorded.`,
        recorder: by.userId,
        recordedAt: by.now,
      };
    });
  if (gaps.length === 0) return { changes: {}, timeline: [], effects: [] };
  return {
    changes: { gaps },
    timeline: gaps.map(({ number, kind, layer, statement }) => ({
      lane: "learning",
      kind: "gap_recorded",
      happenedAt: by.now,
      actor: by.userId,
      data: { gap: number, gapKind: kind, layer, statement },
    })),
    effects: gaps.map(({ number }) =>
      postMessage(incident.id, { kind: "learning", item: "gap", number }),
    ),
  };
}

/**
 * R6: the same where a layer turns out to be undeterminable after the verdict: in each of these strands
 * that has a layer which broke first. `state` as it stands with what was just answered.
 */
export function gapsAfterAnswer(
  state: IncidentState,
  strandNumbers: readonly number[] | null,
  by: By,
): ReturnType<typeof gapsForUndeterminable> {
  const named = state.verdicts.filter(
    ({ verdict, strandNumber }) =>
      verdict === "proximate" && (strandNumbers?.includes(strandNumber) ?? true),
  );
  const gaps: DetectionGap[] = [];
  const timeline: NewTimelineEntry[] = [];
  const effects: Effect[] = [];
  for (const verdict of named) {
    const more = gapsForUndeterminable({ ...state, gaps: [...state.gaps, ...gaps] }, verdict, by);
    gaps.push(...(more.changes.gaps ?? []));
    timeline.push(...more.timeline);
    effects.push(...more.effects);
  }
  return { changes: gaps.length > 0 ? { gaps } : {}, timeline, effects };
}

function layersFor(
  state: IncidentState,
  { strandNumber, layer, verdict }: Pick<Verdict, "strandNumber" | "layer" | "verdict">,
): LayerId[] {
  if (verdict === "undeterminable") return [layer];
  if (verdict !== "proximate") return [];
  return layerIds.filter((one) => isUndeterminable(state, strandNumber, one));
}

/** R4: its answer is "no change", from a change record that is not known to be complete. */
function restsOnIncompleteRecord(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId,
): boolean {
  const answer = currentAnswer(state, strandNumber, layer);
  return answer?.change === "no_change" && !answer.isSourceComplete;
}

function isOfTracking({ kind }: DetectionGap): boolean {
  return kind === "no_version_tracking" || kind === "no_trace";
}
