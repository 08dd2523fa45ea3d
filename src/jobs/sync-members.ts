import { replaceChannelMembers } from "#src/db/channel-members.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Handler } from "./handler.ts";

type SyncMembers = Extract<Effect, { name: "sync-members" }>;

/** Asks Slack who is in the incident's channel, and remembers it in place of what we knew. */
export const syncMembers: Handler<SyncMembers> = {
  async run(ctx, effect) {
    const { incident } = await getIncidentState(ctx.db, effect.incidentId);
    if (incident.channelId === null) return { outcome: { skipped: "no_channel" } };
    const members = (await ctx.slack.listMembers(incident.channelId)) as UserId[];
    return {
      outcome: { members: members.length },
      save: (trx) => replaceChannelMembers(trx, incident.id, members),
    };
  },
};
