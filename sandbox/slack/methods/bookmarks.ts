import type { Json } from "#sandbox/json.ts";
import { type Args, stringArg } from "#sandbox/slack/arguments.ts";
import type { Slack } from "#sandbox/slack/slack.ts";
import type { Channel, StoredBookmark } from "#sandbox/slack/workspace.ts";
import { findVisibleChannel, isInside, type Method, refuse, type Reply } from "./method.ts";

/** What a channel holds at the most (`too_many_bookmarks`). */
const maxBookmarks = 100;

/** https://docs.slack.dev/reference/methods/bookmarks.add, of links. */
export const addBookmark: Method = (slack, args) => {
  const channel = findChannel(slack, args);
  if ("ok" in channel) return channel;
  const [title, link] = [stringArg(args, "title"), stringArg(args, "link")];
  if (title === undefined) return refuse("invalid_arguments");
  if (args["type"] !== "link") return refuse("invalid_bookmark_type");
  if (!isLink(link)) return refuse("invalid_link");
  if (channel.bookmarks.length >= maxBookmarks) return refuse("too_many_bookmarks");
  const { workspace } = slack;
  const bookmark: StoredBookmark = {
    id: workspace.nextId("Bk"),
    title,
    link,
    emoji: stringArg(args, "emoji") ?? "",
    created: Math.floor(Date.now() / 1_000),
    updated: 0,
    updatedBy: workspace.bot.userId,
  };
  channel.bookmarks.push(bookmark);
  return { ok: true, bookmark: bookmarkBody(slack, channel, bookmark) };
};

/** https://docs.slack.dev/reference/methods/bookmarks.edit: what is not given stays. */
export const editBookmark: Method = (slack, args) => {
  const channel = findChannel(slack, args);
  if ("ok" in channel) return channel;
  const bookmark = channel.bookmarks.find(({ id }) => id === args["bookmark_id"]);
  if (!bookmark) return refuse("not_found");
  const link = stringArg(args, "link") ?? bookmark.link;
  if (!isLink(link)) return refuse("invalid_link");
  bookmark.title = stringArg(args, "title") ?? bookmark.title;
  bookmark.link = link;
  bookmark.emoji = stringArg(args, "emoji") ?? bookmark.emoji;
  bookmark.updated = Math.floor(Date.now() / 1_000);
  bookmark.updatedBy = slack.workspace.bot.userId;
  return { ok: true, bookmark: bookmarkBody(slack, channel, bookmark) };
};

/** https://docs.slack.dev/reference/methods/bookmarks.list */
export const listBookmarks: Method = (slack, args) => {
  const channel = findChannel(slack, args);
  if ("ok" in channel) return channel;
  const bookmarks = channel.bookmarks.map((one) => bookmarkBody(slack, channel, one));
  return { ok: true, bookmarks };
};

/** https://docs.slack.dev/reference/methods/bookmarks.remove */
export const removeBookmark: Method = (slack, args) => {
  const channel = findChannel(slack, args);
  if ("ok" in channel) return channel;
  const index = channel.bookmarks.findIndex(({ id }) => id === args["bookmark_id"]);
  if (index < 0) return refuse("not_found");
  channel.bookmarks.splice(index, 1);
  return { ok: true };
};

function findChannel(slack: Slack, args: Args): Channel | Reply {
  const channel = findVisibleChannel(slack, args["channel_id"]);
  if (!channel) return refuse("channel_not_found");
  return isInside(slack, channel) ? channel : refuse("not_in_channel");
}

function isLink(link: string | undefined): link is string {
  return link !== undefined && /^https?:\/\/\S+$/.test(link);
}

function bookmarkBody({ workspace }: Slack, channel: Channel, bookmark: StoredBookmark): Json {
  const { id, title, link, emoji, created, updated, updatedBy } = bookmark;
  return {
    id,
    channel_id: channel.id,
    title,
    link,
    emoji,
    icon_url: null,
    type: "link",
    entity_id: null,
    date_created: created,
    date_updated: updated,
    rank: String(channel.bookmarks.indexOf(bookmark)),
    last_updated_by_user_id: updatedBy,
    last_updated_by_team_id: workspace.team.id,
    shortcut_id: null,
    app_id: workspace.appId,
    app_action_id: null,
  };
}
