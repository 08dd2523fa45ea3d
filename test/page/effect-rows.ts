import type { EffectRow } from "#sandbox/page/live/topics.ts";

/** An effect as the page is told of it. */
export function effect(
  position: number,
  state = "done",
  given: Partial<EffectRow> = {},
): EffectRow {
  return {
    id: `e${position}`,
    position,
    name: "post-message",
    key: `post-message:incident:1:evidence:${position}`,
    incidentId: 1,
    lane: "channel:1",
    state,
    attempts: 1,
    lastError: null,
    writtenAt: "2026-11-21T18:00:00.000Z",
    dueAt: "2026-11-21T18:00:00.000Z",
    doneAt: state === "done" ? "2026-11-21T18:00:01.500Z" : null,
    ...given,
  };
}

/** As the page keeps them. */
export const byId = (...effects: EffectRow[]) => new Map(effects.map((one) => [one.id, one]));
