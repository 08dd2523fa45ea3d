import { getIncidentState } from "#src/db/incidents.ts";
import { listTimeline } from "#src/db/timeline.ts";
import { attributionPath } from "#src/documents/postmortem.ts";
import { postMessage, updatePanel } from "#src/domain/channel-effects.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { Incident, IncidentState } from "#src/domain/incident.ts";
import type { AttemptContext, Consequences, Handler, HandlerResult } from "./handler.ts";
import { writePostmortem } from "./write-postmortem.ts";

type AttachPostmortem = Extract<Effect, { name: "attach-postmortem" }>;

/**
 * Attaches the postmortem to the incident's channel as a file, and the file of its attribution, where no
 * repository takes them. Slack
 * answers before the share is there and gives no id of it, so the name, which only this postmortem
 * has, is what it is found again by.
 */
export const attachPostmortem: Handler<AttachPostmortem> = {
  async find(ctx, effect) {
    const state = await getIncidentState(ctx.db, effect.incidentId);
    const { channelId } = state.incident;
    if (channelId === null) return undefined;
    const filename = await nameFile(ctx, state);
    const isThere = await ctx.slack.findFile(channelId, filename, ctx.writtenAt);
    return isThere ? attached(ctx, filename) : undefined;
  },
  async run(ctx, effect) {
    const state = await getIncidentState(ctx.db, effect.incidentId);
    const { channelId, number, status, hiddenAt } = state.incident;
    if (channelId === null) return { outcome: { skipped: "no_channel" } };
    if (hiddenAt !== null) return { outcome: { skipped: "removed_drill" } };
    // opened again meanwhile: the next close attaches what is known by then
    if (status === "open") return { outcome: { skipped: "open" } };
    const { document } = await writePostmortem(ctx, state);
    const filename = await nameFile(ctx, state);
    const beside = attributionPath(filename);
    // the postmortem last, since it is what an attachment is known by; a run that broke off between the two left this one
    if (!(await ctx.slack.findFile(channelId, beside, ctx.writtenAt))) {
      await ctx.slack.uploadFile(channelId, {
        filename: beside,
        title: `What the verdicts of incident ${number} rest on`,
        text: document.attribution.text,
        comment: `All that the verdicts of incident ${number} rest on, as data: keep it beside the postmortem, so that anybody can test them.`,
      });
    }
    await ctx.slack.uploadFile(channelId, {
      filename,
      title: document.title,
      text: document.text,
      comment: `The postmortem of incident ${number}. No repository is set up for it, so it is kept here: review it, and put it where your team keeps its postmortems.`,
    });
    return attached(ctx, filename);
  },
};

/** `inc-12-old-rule.md`; the file of a second close, after a reopening, is `inc-12-old-rule-2.md`. */
async function nameFile(ctx: AttemptContext, { incident }: IncidentState): Promise<string> {
  const entries = await listTimeline(ctx.db, incident.id);
  const before = entries.filter(({ kind }) => kind === "postmortem_attached").length;
  const suffix = before === 0 ? "" : `-${before + 1}`;
  return `inc-${incident.number}-${incident.slug}${suffix}.md`;
}

function attached(ctx: AttemptContext, filename: string): HandlerResult {
  return { outcome: { filename }, follow: ({ incident }) => afterAttaching(ctx, incident) };
}

function afterAttaching(ctx: AttemptContext, incident: Incident): Consequences {
  // opened again while it was on its way: it is there, and not the last word
  const postmortemFileAt = incident.status === "open" ? null : ctx.now;
  return {
    changes: { incident: { postmortemFileAt } },
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
