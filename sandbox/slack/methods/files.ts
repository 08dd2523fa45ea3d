import { objectsOf, textOf } from "#sandbox/json.ts";
import { type Args, jsonArg, listArg, stringArg } from "#sandbox/slack/arguments.ts";
import { fileBody } from "#sandbox/slack/file-body.ts";
import { createFile, shareFiles } from "#sandbox/slack/files.ts";
import { recordProblems, type Slack } from "#sandbox/slack/slack.ts";
import type { Channel, StoredFile } from "#sandbox/slack/workspace.ts";
import { checkMessage } from "#sandbox/validator/check.ts";
import {
  findVisibleChannel,
  isInside,
  type Method,
  refuse,
  refusePayload,
  type Reply,
} from "./method.ts";

/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal: `length` is counted in bytes, `alt_txt` in characters. */
export const createUpload: Method = (slack, args) => {
  const name = stringArg(args, "filename");
  const length = Number(args["length"] ?? 0);
  if (name === undefined || !Number.isInteger(length) || length < 1) {
    return refuse("missing_argument");
  }
  const altText = stringArg(args, "alt_txt") ?? "";
  if (altText.length > 1_000) return refuse("alt_txt_too_large");
  const file = createFile(slack.workspace, { userId: slack.workspace.bot.userId, name, altText });
  const url = `${slack.url}/upload/${file.id}?length=${length}`;
  return { ok: true, upload_url: url, file_id: file.id };
};

/**
 * https://docs.slack.dev/reference/methods/files.completeUploadExternal. The answer comes before the
 * files are in the channel: their ts is known by file_shared and files.info alone.
 */
export const completeUpload: Method = (slack, args) => {
  const { workspace } = slack;
  const wanted = objectsOf(jsonArg(args, "files"));
  const files = wanted.map(({ id }) => workspace.files.get(String(id)));
  if (wanted.length === 0) return refuse("invalid_arguments");
  if (!files.every((file) => file?.bytes !== undefined && !file.isComplete)) {
    return refuse("file_not_found");
  }
  const uploaded = files as StoredFile[];
  const channels = findChannels(slack, args);
  if ("ok" in channels) return channels;
  // With a comment the blocks are ignored.
  const text = stringArg(args, "initial_comment") ?? "";
  const blocks = text === "" ? jsonArg(args, "blocks") : undefined;
  // A message of files has no text of its own: the files' titles are read out.
  const { error, problems } = checkMessage({ text: text || "files", blocks });
  recordProblems(slack, "files.completeUploadExternal", problems);
  if (error !== undefined) return refusePayload(error, problems);
  uploaded.forEach((file, index) => {
    file.title = textOf(wanted[index]?.["title"]) ?? file.name;
    file.isComplete = true;
  });
  const threadTs = stringArg(args, "thread_ts");
  const message = {
    user: workspace.bot.userId,
    text,
    blocks: objectsOf(blocks),
    ...(threadTs === undefined ? {} : { threadTs }),
  };
  for (const channel of channels) {
    slack.events.later(() => shareFiles(workspace, channel, message, uploaded));
  }
  return { ok: true, files: uploaded.map((file) => fileBody(workspace, file)) };
};

/** https://docs.slack.dev/reference/methods/files.info: `shares` has where it is, as soon as it is there. */
export const readFile: Method = ({ workspace }, args) => {
  const file = workspace.files.get(String(args["file"]));
  if (!file?.isComplete) return refuse("file_not_found");
  const shares: Record<string, Record<string, object[]>> = {};
  for (const { channelId, ts } of file.shares) {
    const kind = workspace.channels.get(channelId)?.isPrivate ? "private" : "public";
    ((shares[kind] ??= {})[channelId] ??= []).push({ ts, share_user_id: file.userId });
  }
  const channels = file.shares.map(({ channelId }) => channelId);
  return { ok: true, file: { ...fileBody(workspace, file), channels, shares }, comments: [] };
};

/** Takes the bytes that are posted to an upload_url. Undefined where it does not work (any more). */
export function takeUpload({ workspace }: Slack, url: URL, bytes: Buffer): number | undefined {
  const file = workspace.files.get(url.pathname.slice("/upload/".length));
  const isWanted =
    file?.bytes === undefined && bytes.length === Number(url.searchParams.get("length"));
  if (!file || !isWanted) return undefined;
  file.bytes = bytes;
  return bytes.length;
}

/**
 * What the app downloads with its token and the scope files:read,
 * https://docs.slack.dev/reference/objects/file-object; undefined where Slack shows its page for signing in.
 */
export function readDownload(
  { workspace }: Slack,
  url: URL,
  token: string | undefined,
): { bytes: Buffer; mimetype: string } | undefined {
  const { bot, files } = workspace;
  const id = /^\/files-pri\/[^/]*-([^/-]+)\//.exec(url.pathname)?.[1];
  const file = files.get(id ?? "");
  if (!file?.isComplete || file.bytes === undefined) return undefined;
  if (token !== bot.token || !bot.scopes.includes("files:read")) return undefined;
  return { bytes: file.bytes, mimetype: file.mimetype };
}

function findChannels(slack: Slack, args: Args): Channel[] | Reply {
  const ids = [...listArg(args, "channels"), ...listArg(args, "channel_id")];
  const channels: Channel[] = [];
  for (const id of ids) {
    const channel = findVisibleChannel(slack, id);
    if (!channel) return refuse("channel_not_found");
    // Nobody posts into an archived channel, and the app is out of it.
    if (!isInside(slack, channel)) return refuse("not_in_channel");
    channels.push(channel);
  }
  return channels;
}
