import { extname } from "node:path";
import type { Json } from "#sandbox/json.ts";
import { postMessage } from "./posting.ts";
import type { Channel, StoredFile, StoredMessage, Workspace } from "./workspace.ts";

/** A file whose bytes are still to come, unless they are given. */
export function createFile(
  workspace: Workspace,
  file: { userId: string; name: string; mimetype?: string; content?: string; altText?: string },
): StoredFile {
  const stored: StoredFile = {
    id: workspace.nextId("F"),
    userId: file.userId,
    name: file.name,
    title: file.name,
    mimetype: file.mimetype ?? mimetypes[extname(file.name).toLowerCase()] ?? "text/plain",
    altText: file.altText ?? "",
    created: Math.floor(Date.now() / 1_000),
    bytes: file.content === undefined ? undefined : Buffer.from(file.content, "utf8"),
    isComplete: file.content !== undefined,
    shares: [],
  };
  workspace.files.set(stored.id, stored);
  return stored;
}

/** Posts the files as one message, and tells the app of each. */
export function shareFiles(
  workspace: Workspace,
  channel: Channel,
  message: { user: string; text: string; blocks?: Json[]; threadTs?: string },
  files: StoredFile[],
): StoredMessage {
  const posted = postMessage(workspace, channel, {
    ...message,
    fileIds: files.map(({ id }) => id),
  });
  for (const file of files) {
    file.shares.push({ channelId: channel.id, ts: posted.ts });
    workspace.emit({
      type: "file_shared",
      channel,
      body: {
        type: "file_shared",
        channel_id: channel.id,
        file_id: file.id,
        user_id: file.userId,
        file: { id: file.id },
        event_ts: posted.ts,
      },
    });
  }
  return posted;
}

/** What Slack takes a file for by its name; anything else is text here. */
const mimetypes: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".md": "text/markdown",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".csv": "text/csv",
};
