import { getIncidentState } from "#src/db/incidents.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { Handler } from "./handler.ts";

type ArchiveChannel = Extract<Effect, { name: "archive-channel" }>;

/** Archives an incident's channel. It is last in the channel's lane: the bot is out of it afterwards. */
export const archiveChannel: Handler<ArchiveChannel> = {
  async run(ctx, effect) {
    const { incident } = await getIncidentState(ctx.db, effect.incidentId);
    if (incident.channelId === null) return { outcome: { skipped: "no_channel" } };
    await ctx.slack.archiveChannel(incident.channelId);
    return { outcome: { channelId: incident.channelId } };
  },
};
