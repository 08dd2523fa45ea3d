import type { Json } from "#sandbox/json.ts";
import type { Args } from "#sandbox/slack/arguments.ts";
import type { Slack } from "#sandbox/slack/slack.ts";
import type { Channel } from "#sandbox/slack/workspace.ts";

/** One Web API method: arguments in, Slack's answer out (`ok` and more, or `ok: false` and `error`). */
export type Method = (slack: Slack, args: Args) => Reply;
export type Reply = Json & { ok: boolean; error?: string };

/** A refusal in Slack's words. */
export function refuse(error: string, more: Json = {}): Reply {
  return { ok: false, error, ...more };
}

/** The channel, where the bot can see it: a private one only from inside. */
export function findVisibleChannel(slack: Slack, channelId: unknown): Channel | undefined {
  const channel = slack.workspace.channels.get(String(channelId));
  if (!channel) return undefined;
  return channel.isPrivate && !isInside(slack, channel) ? undefined : channel;
}

/** Whether the bot is a member. */
export function isInside(slack: Slack, channel: Channel): boolean {
  return channel.memberIds.has(slack.workspace.bot.userId);
}

/** `invalid_blocks` and its kin, with Slack's messages: "[ERROR] longer than 3000 [json-pointer:/blocks/0]". */
export function refusePayload(error: string, problems: readonly string[]): Reply {
  const messages = problems.map((problem) => {
    const end = problem.indexOf(": ");
    return `[ERROR] ${problem.slice(end + 2)} [json-pointer:${problem.slice(0, end)}]`;
  });
  return refuse(error, { response_metadata: { messages } });
}
