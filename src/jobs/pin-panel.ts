import { findMessage } from "#src/db/messages.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { Handler } from "./handler.ts";

type PinPanel = Extract<Effect, { name: "pin-panel" }>;

/** Pins the panel to its channel; a pin that is there already stays the only one. */
export const pinPanel: Handler<PinPanel> = {
  async run(ctx, effect) {
    const panel = await findMessage(ctx.db, effect.incidentId, { kind: "panel" });
    if (!panel) return { outcome: { skipped: "no_panel" } };
    await ctx.slack.pin(panel.channelId, panel.ts);
    return { outcome: { ...panel } };
  },
};
