import { getIncidentState } from "#src/db/incidents.ts";
import { postMessage, updatePanel } from "#src/domain/channel-effects.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { AttemptContext, Handler, HandlerResult } from "./handler.ts";
import { writePostmortem } from "./write-postmortem.ts";

type AttachPostmortem = Extract<Effect, { name: "attach-postmortem" }>;

/**
 * Attaches the postmortem to the incident's channel as a file, where no repository takes it. Slack
 * answers before the share is there and gives no id of it, so the name, which only this incident's
 * postmortem has, is what it is found again by.
 */
export const attachPostmortem: Handler<AttachPostmortem> = {
  async find(ctx, effect) {
    const state = await getIncidentState(ctx.db, effect.incidentId);
    const { channelId } = state.incident;
    if (channelId === null) return undefined;
    const isThere = await ctx.slack.findFile(channelId, fileName(state), ctx.writtenAt);
    return isThere ? attached(ctx, state) : undefined;
  },
  async run(ctx, effect) {
    const state = await getIncidentState(ctx.db, effect.incidentId);
    const { channelId, number } = state.incident;
    if (channelId === null) return { outcome: { skipped: "no_channel" } };
    const { document } = await writePostmortem(ctx, state);
    await ctx.slack.uploadFile(channelId, {
      filename: fileName(state),
      title: document.title,
      text: document.text,
      comment: `The postmortem of incident ${number}. No repository is set up for it, so it is kept here: review it, and put it where your team keeps its postmortems.`,
    });
    return attached(ctx, state);
  },
};

function fileName({ incident }: IncidentState): string {
  return `inc-${incident.number}-${incident.slug}.md`;
}

function attached(ctx: AttemptContext, { incident }: IncidentState): HandlerResult {
  return {
    outcome: { channelId: incident.channelId },
    changes: { incident: { postmortemFileAt: ctx.now } },
    timeline: [
      {
        lane: "learning",
        kind: "postmortem_attached",
        happenedAt: ctx.now,
        actor: incident.postmortemDriver,
        data: {},
      },
    ],
    effects: [postMessage(incident.id, { kind: "closed" }), updatePanel(incident.id)],
  };
}
