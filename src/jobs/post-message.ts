import { getIncidentState } from "#src/db/incidents.ts";
import { findOtherIncidents } from "#src/db/other-incidents.ts";
import { findMessage, type PostedMessage, saveMessage } from "#src/db/messages.ts";
import { listEntryWithHistory } from "#src/db/timeline.ts";
import type { Effect, MessageRef } from "#src/domain/effect.ts";
import type { Incident, IncidentState } from "#src/domain/incident.ts";
import { isStillAsked } from "#src/domain/owners/still-asked.ts";
import { mayDeclare } from "#src/domain/policy.ts";
import { type FoldedEntry, foldTimeline } from "#src/domain/timeline-fold.ts";
import { PermanentError } from "#src/lib/errors.ts";
import type { OutgoingMessage } from "#src/slack/slack-api.ts";
import { renderAskedAgain } from "#views/messages/asked-again.ts";
import { renderMessage } from "#views/messages/render-message.ts";
import { findDestinations } from "./destinations.ts";
import { findPerson } from "./find-person.ts";
import type { AttemptContext, Handler, HandlerResult } from "./handler.ts";
import { joinToPost } from "./join-to-post.ts";
import { findUnread } from "./read-figures.ts";
import { findRepair } from "./repair-incident.ts";
import { findTrouble } from "./trouble.ts";

type PostMessage = Extract<Effect, { name: "post-message" }>;

/**
 * Posts a message as it reads today; where it stands already, brings it up to date in place. An update
 * may be sent twice; a post may not, so it carries the effect's id and is looked for, also where the
 * place of one is known: that one was perhaps deleted, or asked anew, and this effect posted it anew.
 */
export const postMessage: Handler<PostMessage> = {
  async find(ctx, effect) {
    const state = await getIncidentState(ctx.db, effect.incidentId);
    const channelId = await findChannel(ctx, effect.message, state);
    if (channelId === undefined) return undefined;
    const ts = await ctx.slack.findMessage(channelId, ctx.effectId, ctx.writtenAt);
    if (ts === undefined) return undefined;
    const standing = await findMessage(ctx.db, effect.incidentId, effect.message);
    // the one we know of carries this effect's id where it was brought up to date; that may happen again
    if (standing?.ts === ts) return undefined;
    if (standing && effect.isAnew) await retire(ctx, standing, state);
    return posted(effect, { channelId, ts });
  },
  async run(ctx, effect) {
    const { message: ref, incidentId } = effect;
    const state = await getIncidentState(ctx.db, incidentId);
    if (ref.kind === "announcement" && state.incident.isPrivate) {
      return { outcome: { skipped: "private" } };
    }
    const standing = await findMessage(ctx.db, incidentId, ref);
    if (!standing && effect.isUpdateOnly) return { outcome: { skipped: "never_posted" } };
    const isAsked = isStillAsked(ref, state, ctx.now);
    if (!standing && !isAsked) {
      return { outcome: { skipped: "nothing_to_ask" } };
    }
    // a bot reads no direct messages, least of all ourselves; a guest may press none of the buttons
    if (ref.kind === "catch-up" && mayDeclare(await findPerson(ctx, ref.userId))) {
      return { outcome: { skipped: "no_full_member" } };
    }
    // that they are not active stands in the channel already, where they were to be invited
    if (ref.kind === "evidence-request-dm" && (await findPerson(ctx, ref.userId))?.isDeactivated) {
      return { outcome: { skipped: "deactivated" } };
    }
    const content = await render(ctx, ref, state);
    const isAnew = effect.isAnew === true && isAsked;
    if (standing && !isAnew && (await isUpdated(ctx, standing, content))) {
      return { outcome: { ...standing } };
    }
    const channelId = await findChannel(ctx, ref, state);
    if (channelId === undefined) return { outcome: { skipped: "no_channel" } };
    const ts = await ctx.slack.postMessage(channelId, content, ctx.effectId);
    if (standing && isAnew) await retire(ctx, standing, state);
    return posted(effect, { channelId, ts });
  },
};

/** The message that asked before says that it was asked anew. It may not carry this effect's id, by which the new one is found. */
async function retire(
  ctx: AttemptContext,
  before: PostedMessage,
  state: IncidentState,
): Promise<void> {
  await isUpdated({ ...ctx, effectId: `${ctx.effectId}:before` }, before, renderAskedAgain(state));
}

async function render(
  ctx: AttemptContext,
  ref: MessageRef,
  state: IncidentState,
): Promise<OutgoingMessage> {
  const trouble = ref.kind === "trouble" ? await findTrouble(ctx, ref.effectId) : undefined;
  const repaired = ref.kind === "repaired" ? await findRepair(ctx, ref.effectId) : undefined;
  const unread = ref.kind === "file-unread" ? await findUnread(ctx, ref.effectId) : undefined;
  const entry = ref.kind === "entry" ? await findEntry(ctx, state, ref.sequence) : undefined;
  const other =
    ref.kind === "similar"
      ? (await findOtherIncidents(ctx.db, state.incident.teamId, [ref.otherId])).get(ref.otherId)
      : undefined;
  const { issuesRepo, postmortemRepo } = await findDestinations(
    ctx.db,
    ctx.settings,
    state.incident,
  );
  return renderMessage(ref, state, {
    botCommand: ctx.settings.command,
    canFileIssues: ctx.github !== undefined && issuesRepo !== undefined,
    canProposePostmortem: ctx.github !== undefined && postmortemRepo !== undefined,
    ...(trouble ? { trouble } : {}),
    ...(repaired ? { repaired } : {}),
    ...(unread ? { unread } : {}),
    ...(entry ? { entry } : {}),
    ...(other ? { other } : {}),
  });
}

/** The entry as it reads today, with its history. */
async function findEntry(
  ctx: AttemptContext,
  { incident }: IncidentState,
  sequence: number,
): Promise<FoldedEntry | undefined> {
  const known = await listEntryWithHistory(ctx.db, incident.id, sequence);
  return foldTimeline(known).find(({ entry }) => entry.sequence === sequence);
}

/** False where somebody has deleted the message: then it is posted anew. */
async function isUpdated(
  ctx: AttemptContext,
  { channelId, ts }: PostedMessage,
  content: OutgoingMessage,
): Promise<boolean> {
  try {
    await ctx.slack.updateMessage(channelId, ts, content, ctx.effectId);
    return true;
  } catch (error) {
    if (error instanceof PermanentError && error.code === "message_not_found") return false;
    throw error;
  }
}

/** The channel a message goes to; undefined where there is none (nothing to announce in, none opened). */
async function findChannel(
  ctx: AttemptContext,
  ref: MessageRef,
  { incident }: IncidentState,
): Promise<string | undefined> {
  switch (ref.kind) {
    case "announcement": {
      const { announceChannel } = await findDestinations(ctx.db, ctx.settings, incident);
      if (announceChannel !== undefined) await joinToPost(ctx, announceChannel);
      return announceChannel;
    }
    case "evidence-request-dm":
    case "lever-dm":
    case "lever-reminder":
    case "answer-reminder":
    case "catch-up":
    case "file-unread":
      return ctx.slack.openDirectMessage(ref.userId);
    case "repaired":
      return ref.userId === undefined
        ? (incident.channelId ?? undefined)
        : ctx.slack.openDirectMessage(ref.userId);
    case "trouble":
      return (await isOpen(ctx, incident))
        ? (incident.channelId ?? undefined)
        : ctx.slack.openDirectMessage(incident.coordinator);
    default:
      return incident.channelId ?? undefined;
  }
}

/** Whether anybody reads the incident's channel: it stands, and it is neither archived nor a removed drill's. */
async function isOpen(ctx: AttemptContext, incident: Incident): Promise<boolean> {
  const { channelId, hiddenAt } = incident;
  if (channelId === null || hiddenAt !== null) return false;
  const channel = await ctx.slack.readChannel(channelId);
  return channel !== undefined && !channel.isArchived;
}

function posted(effect: PostMessage, place: PostedMessage): HandlerResult {
  return {
    outcome: { ...place },
    save: (trx) => saveMessage(trx, effect.incidentId, effect.message, place),
  };
}
