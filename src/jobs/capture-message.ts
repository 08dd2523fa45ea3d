import { addChannelMember } from "#src/db/channel-members.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { findPeople, savePerson } from "#src/db/people.ts";
import { listEntriesOfSource } from "#src/db/timeline.ts";
import type { Effect } from "#src/domain/effect.ts";
import { mentionedIn, readMessageText } from "#src/domain/message-text.ts";
import type { UserId } from "#src/domain/person.ts";
import {
  decidePinMessage,
  decideUnpinMessage,
  type PinnedMessage,
  sourceKey,
} from "#src/domain/pin-message.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import type { SlackPost } from "#src/slack/slack-api.ts";
import { decide } from "#src/usecases/decide.ts";
import { isPushpin } from "#src/usecases/note-reaction.ts";
import type { AttemptContext, Handler, HandlerResult } from "./handler.ts";
import { personOf } from "./look-up-person.ts";

type CaptureMessage = Extract<Effect, { name: "capture-message" }>;

/**
 * Looks at a message that was pinned or unpinned with a pushpin, and makes the timeline say the same:
 * one entry while somebody's pushpin is on it, none afterwards. What stands on the message counts, not
 * the event, so it may be done any number of times and in any order. Slack is only read.
 */
export const captureMessage: Handler<CaptureMessage> = {
  async run(ctx, effect) {
    const post = await ctx.slack.readMessage(effect.channelId, effect.ts);
    if (!post) return gone(ctx, effect);
    if (await isOurs(ctx, post)) return { outcome: { skipped: "our_own_message" } };
    const isPinned = await isStillPinned(ctx, post, effect);
    if (effect.isKept !== isPinned) return { outcome: { skipped: "changed_meanwhile" } };
    if (await isStranger(ctx, effect)) {
      await tell(ctx, effect, "Only full members of this workspace can add to the timeline.");
      return { outcome: { skipped: "another_workspace" } };
    }
    return isPinned
      ? pinned(ctx, effect, await toPinned(ctx, effect, post))
      : unpinned(ctx, effect);
  },
};

async function pinned(
  ctx: AttemptContext,
  effect: CaptureMessage,
  message: PinnedMessage,
): Promise<HandlerResult> {
  const result = await decide(
    contextOf(ctx, effect),
    effect.incidentId,
    (state, by, known: TimelineEntry[]) =>
      decidePinMessage(state, { message, how: "pushpin" }, by, known),
    {
      attempted: "pin-message",
      read: (trx) => listEntriesOfSource(trx, effect.incidentId, sourceKey(effect)),
    },
  );
  if (result.ok) return { outcome: { captured: sourceKey(effect) } };
  const { code, message: why } = result.error;
  ctx.log.info({ code, effectId: ctx.effectId }, "a pinned message is not in the timeline");
  await tell(ctx, effect, `The message you pinned is not in the timeline. ${why}`);
  return { outcome: { skipped: code } };
}

async function unpinned(ctx: AttemptContext, effect: CaptureMessage): Promise<HandlerResult> {
  const result = await decide(
    contextOf(ctx, effect),
    effect.incidentId,
    (state, by, known: TimelineEntry[]) => decideUnpinMessage(state, by, known),
    {
      attempted: "unpin-message",
      read: (trx) => listEntriesOfSource(trx, effect.incidentId, sourceKey(effect)),
    },
  );
  return { outcome: result.ok ? { withdrawn: sourceKey(effect) } : { skipped: result.error.code } };
}

/** Deleted before it was read. Whoever pinned it is told; what was in the timeline before stays there. */
async function gone(ctx: AttemptContext, effect: CaptureMessage): Promise<HandlerResult> {
  if (effect.isKept) {
    const sentence = `The message you pinned was deleted before it could be read, so it is not in the timeline. \`${ctx.settings.command} note\` records what it said.`;
    await tell(ctx, effect, sentence);
  }
  return { outcome: { skipped: "message_gone" } };
}

async function tell(ctx: AttemptContext, effect: CaptureMessage, sentence: string): Promise<void> {
  await ctx.slack.tellPerson(effect.channelId, effect.userId, sentence);
}

async function isOurs(ctx: AttemptContext, post: SlackPost): Promise<boolean> {
  const { botId, botUserId } = await ctx.slack.whoAmI();
  return post.userId === botUserId || (post.botId !== null && post.botId === botId);
}

/** Whether a pushpin is on it: of anybody where one came, else of somebody whose pushpin counts. */
async function isStillPinned(
  ctx: AttemptContext,
  post: SlackPost,
  { isKept, userId }: CaptureMessage,
): Promise<boolean> {
  const pushpins = post.reactions.filter(({ name }) => isPushpin(name));
  const userIds = pushpins.flatMap((one) => one.userIds) as UserId[];
  // Slack counts more than it names: somebody else's is among them
  const isMore = pushpins.some((one) => one.count > one.userIds.length);
  if (isKept) return isMore || userIds.includes(userId);
  const people = await findPeople(ctx.db, ctx.settings.teamId, userIds);
  const counts = (id: UserId) => !people.get(id)?.isGuest && !people.get(id)?.isBot;
  return isMore || userIds.some(counts);
}

/**
 * Whether it is from somebody of another workspace. A reaction may come before we know who it is from, or
 * that they have joined: Slack is asked.
 */
async function isStranger(
  ctx: AttemptContext,
  { incidentId, channelId, userId }: CaptureMessage,
): Promise<boolean> {
  const { teamId } = ctx.settings;
  const { memberIds } = await getIncidentState(ctx.db, incidentId);
  const people = await findPeople(ctx.db, teamId, [userId]);
  if (!people.has(userId)) {
    const user = await ctx.slack.findUser(userId);
    if (user && user.teamId !== teamId) return true;
    if (user) await savePerson(ctx.db, teamId, personOf(user, teamId));
  }
  if (memberIds.includes(userId)) return false;
  const members = await ctx.slack.listMembers(channelId);
  if (members.includes(userId)) await addChannelMember(ctx.db, incidentId, userId);
  return false;
}

async function toPinned(
  ctx: AttemptContext,
  { channelId, ts }: CaptureMessage,
  post: SlackPost,
): Promise<PinnedMessage> {
  const link = await ctx.slack.findPermalink(channelId, ts);
  return {
    channelId,
    ts,
    author: post.userId as UserId | null,
    authorName: post.appName,
    text: readMessageText(post.rawText, await namesIn(ctx, post.rawText)),
    files: post.files,
    link: link ?? null,
  };
}

/** What the people whom a message mentions are called. Whom we do not know, Slack is asked about; at most 20. */
async function namesIn(ctx: AttemptContext, rawText: string): Promise<Map<UserId, string>> {
  const ids = mentionedIn(rawText);
  const people = await findPeople(ctx.db, ctx.settings.teamId, ids);
  const names = new Map<UserId, string>();
  for (const id of ids.slice(0, 20)) {
    const known = people.get(id)?.displayName;
    const name = known ?? (await ctx.slack.findUser(id))?.displayName;
    if (name) names.set(id, name);
  }
  return names;
}

function contextOf(ctx: AttemptContext, { userId }: CaptureMessage) {
  return {
    db: ctx.db,
    actor: { teamId: ctx.settings.teamId, userId },
    now: ctx.now,
    requestKey: `effect:${ctx.effectId}`,
  };
}
