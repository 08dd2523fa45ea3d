import type { MessageShortcut } from "@slack/bolt";
import { findPeople } from "#src/db/people.ts";
import { mentionedIn, readMessageText } from "#src/domain/message-text.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Context } from "#src/usecases/context.ts";
import type { ShortcutMessage } from "./shortcuts.ts";
import { type RawMessage, toPost } from "./slack-post.ts";

/**
 * The message in whose menu a shortcut was used. Slack sends it along, so it can be read in any channel,
 * also where the bot is not, and without asking. Undefined where it holds nothing to read.
 */
export async function readShortcutMessage(
  ctx: Context,
  used: MessageShortcut,
  bot: { botId?: string | undefined; botUserId?: string | undefined },
): Promise<ShortcutMessage | undefined> {
  const post = toPost(used.message);
  const channelId = used.channel?.id;
  if (!post || !channelId) return undefined;
  const people = await findPeople(ctx.db, ctx.actor.teamId, mentionedIn(post.rawText));
  const names = new Map<UserId, string>();
  for (const [id, { displayName }] of people) if (displayName) names.set(id, displayName);
  return {
    channelId,
    ts: post.ts,
    author: post.userId as UserId | null,
    authorName: post.appName,
    text: readMessageText(post.rawText, names),
    files: post.files,
    link: linkTo(used.team?.domain, channelId, used.message),
    isOurs:
      (post.userId !== null && post.userId === bot.botUserId) ||
      (post.botId !== null && post.botId === bot.botId),
  };
}

/** The message's address, as chat.getPermalink gives it (docs.slack.dev); null where the workspace's domain is not known. */
function linkTo(domain: string | undefined, channelId: string, message: RawMessage): string | null {
  const { ts = "", thread_ts: threadTs } = message;
  if (!domain) return null;
  const address = `https://${domain}.slack.com/archives/${channelId}/p${ts.replace(".", "")}`;
  const isReply = threadTs !== undefined && threadTs !== ts;
  return isReply ? `${address}?thread_ts=${threadTs}&cid=${channelId}` : address;
}
