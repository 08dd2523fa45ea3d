import type { WebClient } from "@slack/web-api";
import { PermanentError } from "#src/lib/errors.ts";
import type { SlackApi } from "./slack-api.ts";

/** Runs one call; what it throws comes out as our kinds. */
export type Call = <Answer>(method: string, run: () => Promise<Answer>) => Promise<Answer>;

/** The calls that look after a channel once it stands: is it there, what is pinned, its files, its end. */
export function upkeepApi(
  web: WebClient,
  call: Call,
): Pick<
  SlackApi,
  "readChannel" | "isPinned" | "hasMessage" | "archiveChannel" | "uploadFile" | "findFile"
> {
  return {
    async readChannel(channelId) {
      try {
        const { channel } = await call("conversations.info", () =>
          web.conversations.info({ channel: channelId }),
        );
        return { isArchived: channel?.is_archived ?? false, topic: channel?.topic?.value ?? "" };
      } catch (error) {
        if (isNo(error, "channel_not_found")) return undefined;
        throw error;
      }
    },
    async isPinned(channelId, ts) {
      const pinned = await call("pins.list", () => web.pins.list({ channel: channelId }));
      return pinned.items?.some((item) => item.message?.ts === ts) ?? false;
    },
    async hasMessage(channelId, ts) {
      const page = await call("conversations.history", () =>
        web.conversations.history({ channel: channelId, latest: ts, inclusive: true, limit: 1 }),
      );
      return page.messages?.some((message) => message.ts === ts) ?? false;
    },
    async archiveChannel(channelId) {
      try {
        await call("conversations.archive", () =>
          web.conversations.archive({ channel: channelId }),
        );
      } catch (error) {
        if (!isNo(error, "already_archived")) throw error;
      }
    },
    async uploadFile(channelId, { filename, title, text, comment }) {
      await call("files.completeUploadExternal", () =>
        web.filesUploadV2({
          channel_id: channelId,
          filename,
          title,
          content: text,
          initial_comment: comment,
        }),
      );
    },
    async findFile(channelId, filename, since) {
      // a minute of grace: Slack's clock is not ours
      const oldest = String(since.getTime() / 1_000 - 60);
      let cursor: string | undefined;
      do {
        const at = cursor;
        const page = await call("conversations.history", () =>
          web.conversations.history({
            channel: channelId,
            oldest,
            limit: 200,
            ...(at ? { cursor: at } : {}),
          }),
        );
        if (page.messages?.some((one) => one.files?.some((file) => file.name === filename))) {
          return true;
        }
        cursor = page.response_metadata?.next_cursor;
      } while (cursor);
      return false;
    },
  };
}

function isNo(error: unknown, code: string): boolean {
  return error instanceof PermanentError && error.code === code;
}
