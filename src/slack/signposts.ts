import type { WebClient } from "@slack/web-api";
import { PermanentError } from "#src/lib/errors.ts";
import type { SlackApi } from "./slack-api.ts";
import type { Call } from "./upkeep.ts";

/** The calls that help people to find their way: links to messages, bookmarks of a channel, the Home tab. */
export function signpostApi(
  web: WebClient,
  call: Call,
): Pick<SlackApi, "findPermalink" | "listBookmarks" | "setBookmarks" | "publishHome"> {
  const list = async (channelId: string) => {
    const listed = await call("bookmarks.list", () =>
      web.bookmarks.list({ channel_id: channelId }),
    );
    return listed.bookmarks ?? [];
  };
  return {
    async findPermalink(channelId, ts) {
      try {
        const found = await call("chat.getPermalink", () =>
          web.chat.getPermalink({ channel: channelId, message_ts: ts }),
        );
        return found.permalink;
      } catch (error) {
        if (error instanceof PermanentError && error.code === "message_not_found") return undefined;
        throw error;
      }
    },
    async listBookmarks(channelId) {
      const standing = await list(channelId);
      return standing.flatMap(({ title, link }) => (title && link ? [{ title, link }] : []));
    },
    async setBookmarks(channelId, bookmarks) {
      const standing = await list(channelId);
      for (const { title, link } of bookmarks) {
        const same = standing.find((one) => one.title === title);
        if (same?.link === link) continue;
        if (same?.id === undefined) {
          await call("bookmarks.add", () =>
            web.bookmarks.add({ channel_id: channelId, title, type: "link", link }),
          );
        } else {
          const id = same.id;
          await call("bookmarks.edit", () =>
            web.bookmarks.edit({ channel_id: channelId, bookmark_id: id, link }),
          );
        }
      }
    },
    async publishHome(userId, view) {
      await call("views.publish", () => web.views.publish({ user_id: userId, view }));
    },
  };
}
