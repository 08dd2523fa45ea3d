import type { WebClient } from "@slack/web-api";
import { PermanentError } from "#src/lib/errors.ts";
import type { SlackApi } from "./slack-api.ts";
import { type RawMessage, toPost } from "./slack-post.ts";
import type { Call } from "./upkeep.ts";

/** The calls that read what people wrote, and say something to one of them. */
export function messagesApi(
  web: WebClient,
  call: Call,
): Pick<SlackApi, "readMessage" | "tellPerson"> {
  return {
    async readMessage(channelId, ts) {
      // replies are left out of the history; of a reply's ts it answers the message before it
      const window = { channel: channelId, latest: ts, oldest: ts, inclusive: true, limit: 1 };
      const page = await call("conversations.history", () => web.conversations.history(window));
      const found = messageOf(page.messages, ts);
      if (found) return toPost(found);
      const thread = await unlessGone(() =>
        call("conversations.replies", () => web.conversations.replies({ ...window, ts, limit: 2 })),
      );
      const reply = messageOf(thread?.messages, ts);
      return reply && toPost(reply);
    },
    async tellPerson(channelId, userId, text) {
      try {
        await call("chat.postEphemeral", () =>
          web.chat.postEphemeral({ channel: channelId, user: userId, text, parse: "none" }),
        );
      } catch (error) {
        // who is not there, or no longer, is not told
        if (!(error instanceof PermanentError)) throw error;
      }
    },
  };
}

function messageOf(messages: unknown, ts: string): RawMessage | undefined {
  return ((messages ?? []) as RawMessage[]).find((message) => message.ts === ts);
}

/** Undefined where the message is gone. */
async function unlessGone<Answer>(run: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await run();
  } catch (error) {
    const isGone =
      error instanceof PermanentError &&
      ["thread_not_found", "message_not_found"].includes(error.code);
    if (isGone) return undefined;
    throw error;
  }
}
