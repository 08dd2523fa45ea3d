import { addChannelMember } from "#src/db/channel-members.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { afterChannelOpened } from "#src/domain/channel-effects.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { remindersOfAsking } from "#src/domain/owners/answer-patience.ts";
import { PermanentError } from "#src/lib/errors.ts";
import type { AttemptContext, Consequences, Handler } from "./handler.ts";

type CreateChannel = Extract<Effect, { name: "create-channel" }>;

/**
 * Opens the incident's channel, and writes what must follow. It needs no `find`: a name that is taken
 * is ours already where we made it no earlier than the effect was written (slack.md 9), so a lost
 * answer shows as `name_taken` the next time. Another's name gets a suffix.
 */
export const createChannel: Handler<CreateChannel> = {
  async run(ctx, effect) {
    const { incident } = await getIncidentState(ctx.db, effect.incidentId);
    if (incident.channelId !== null) return { outcome: { channelId: incident.channelId } };
    const opened = await openChannel(ctx, incident.channelName);
    return {
      outcome: { ...opened },
      // who has a role by now is invited, too
      follow: (state) => afterOpening(ctx, state, opened),
      // who declared it is invited next, and may act from now on
      save: (trx) => addChannelMember(trx, incident.id, incident.declaredBy),
    };
  },
};

function afterOpening(ctx: AttemptContext, state: IncidentState, opened: Opened): Consequences {
  const incident = { ...state.incident, ...opened };
  const after: IncidentState = { ...state, incident };
  return {
    changes: { incident: opened, reminders: remindersOfAsking(after, layerIds, ctx.now) },
    timeline: [
      {
        lane: "communication",
        kind: "channel_opened",
        happenedAt: ctx.now,
        actor: incident.declaredBy,
        data: { ...opened },
      },
    ],
    effects: afterChannelOpened(after),
  };
}

interface Opened {
  channelId: string;
  channelName: string;
}

const mostNames = 20;
async function openChannel(ctx: AttemptContext, wanted: string): Promise<Opened> {
  for (let nth = 1; nth <= mostNames; nth += 1) {
    // a channel name leaves room for it within Slack's 80 characters (`channelName` in slug.ts)
    const channelName = nth === 1 ? wanted : `${wanted}-${nth}`;
    const created = await ctx.slack.createChannel(channelName).catch((error: unknown) => {
      if (error instanceof PermanentError && error.code === "name_taken") return undefined;
      throw error;
    });
    const opened = created ?? (await ctx.slack.findOwnChannel(channelName, ctx.writtenAt));
    if (opened) return { channelId: opened.channelId, channelName };
  }
  throw new PermanentError(
    "name_taken",
    `Slack has ${mostNames} channels of the name ${wanted} already`,
  );
}
