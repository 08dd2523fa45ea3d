import type { HomeView, KnownBlock, ModalView } from "@slack/types";

/**
 * The Slack Web API as this service uses it: exactly these calls, each in our words. Every call
 * throws TransientError or PermanentError (`errors.ts`), never an error of the SDK's; none retries.
 * `already_*` answers count as success.
 */
export interface SlackApi {
  /** auth.test */
  whoAmI(): Promise<{ teamId: string; botUserId: string; botId: string }>;
  /** views.open. `hash` changes with each update. */
  openView(triggerId: string, view: ModalView): Promise<void>;
  /** views.update */
  updateView(viewId: string, view: ModalView, hash?: string): Promise<void>;
  /** views.push */
  pushView(triggerId: string, view: ModalView): Promise<void>;
  /** chat.postMessage with `unfurl_* false`, `parse none`, and the effect's id as metadata. Returns the ts. */
  postMessage(channelId: string, message: OutgoingMessage, effectId: string): Promise<string>;
  /** chat.update; the metadata is kept as it was posted. */
  updateMessage(
    channelId: string,
    ts: string,
    message: OutgoingMessage,
    effectId: string,
  ): Promise<void>;
  /** conversations.history with metadata: the ts of our own message that carries this effect id, no older than `since`. */
  findMessage(channelId: string, effectId: string, since: Date): Promise<string | undefined>;
  /** conversations.create. PermanentError `name_taken` where the name exists, archived ones too. */
  createChannel(name: string): Promise<{ channelId: string }>;
  /** users.conversations of the bot: a channel of this name that we created no earlier than `since`, not archived. */
  findOwnChannel(name: string, since: Date): Promise<{ channelId: string } | undefined>;
  /** conversations.setTopic */
  setTopic(channelId: string, topic: string): Promise<void>;
  /** conversations.invite with `force`: who could not be invited, with Slack's word for why. */
  invite(
    channelId: string,
    userIds: string[],
  ): Promise<{ failed: { userId: string; reason: string }[] }>;
  /** conversations.members, all pages. */
  listMembers(channelId: string): Promise<string[]>;
  /** conversations.join (public channels) */
  joinChannel(channelId: string): Promise<void>;
  /** conversations.open with one person: the id of the direct message channel. */
  openDirectMessage(userId: string): Promise<string>;
  /** pins.list, then pins.add where it is not pinned yet. */
  pin(channelId: string, ts: string): Promise<void>;
  /** conversations.info; undefined where it is gone, or the bot was not let into it. */
  readChannel(channelId: string): Promise<{ isArchived: boolean; topic: string } | undefined>;
  /** pins.list */
  isPinned(channelId: string, ts: string): Promise<boolean>;
  /** conversations.history: whether this message of the channel still stands. */
  hasMessage(channelId: string, ts: string): Promise<boolean>;
  /** conversations.archive. The bot is out of the channel afterwards, and cannot open it again. */
  archiveChannel(channelId: string): Promise<void>;
  /** files.getUploadURLExternal, the upload, files.completeUploadExternal: a text file, shared in the channel. */
  uploadFile(
    channelId: string,
    file: { filename: string; title: string; text: string; comment: string },
  ): Promise<void>;
  /**
   * The same three calls for an image, with a text that stands for it where it cannot be seen (1,000
   * characters at most, else PermanentError `alt_txt_too_large`).
   */
  uploadPicture(
    channelId: string,
    picture: {
      filename: string;
      title: string;
      bytes: Uint8Array;
      altText: string;
      comment: string;
    },
  ): Promise<void>;
  /** conversations.history: whether a file of this name was shared in the channel, no earlier than `since`. */
  findFile(channelId: string, filename: string, since: Date): Promise<boolean>;
  /**
   * files.info, then the download with the bot's token: the text of a file that somebody put into a form;
   * undefined where it is gone. Nothing is downloaded that is larger than `bytesAtMost`.
   */
  readFile(fileId: string, bytesAtMost: number): Promise<SlackFile | undefined>;
  /** bookmarks.list: the links among them. */
  listBookmarks(channelId: string): Promise<Bookmark[]>;
  /** bookmarks.list, then bookmarks.add for a title that is missing, bookmarks.edit for one that leads elsewhere. */
  setBookmarks(channelId: string, bookmarks: readonly Bookmark[]): Promise<void>;
  /** views.publish */
  publishHome(userId: string, view: HomeView): Promise<void>;
  /** conversations.history, for a reply conversations.replies: a message of anybody's; undefined where it is gone. */
  readMessage(channelId: string, ts: string): Promise<SlackPost | undefined>;
  /** chat.getPermalink; undefined where the message is gone. */
  findPermalink(channelId: string, ts: string): Promise<string | undefined>;
  /** chat.postEphemeral: a sentence in a channel that only this person sees. Nothing where Slack says that they are not there. */
  tellPerson(channelId: string, userId: string, text: string): Promise<void>;
  /** users.info; undefined for `user_not_found`. */
  findUser(userId: string): Promise<SlackUser | undefined>;
  /** users.list, one page at a time, paced by the caller. */
  listUsers(cursor?: string): Promise<{ users: SlackUser[]; nextCursor: string | undefined }>;
  /** users.lookupByEmail; undefined for `users_not_found`. */
  findUserByEmail(email: string): Promise<SlackUser | undefined>;
}

export interface OutgoingMessage {
  /** A full sentence: notifications and screen readers read only this. */
  text: string;
  blocks: KnownBlock[];
}

/** A link on top of a channel. */
export interface Bookmark {
  title: string;
  link: string;
}

/** A message of anybody's, as Slack has it. */
export interface SlackPost {
  ts: string;
  /** Who wrote it; null for an app without a user. */
  userId: string | null;
  /** What an app calls itself; null for people. */
  appName: string | null;
  botId: string | null;
  /** As Slack delivers it: with its sequences and escapes (`src/domain/message-text.ts` reads them). */
  rawText: string;
  /** Names of the files and images that came with it. */
  files: string[];
  /** Slack may name fewer people than it counts. */
  reactions: { name: string; userIds: string[]; count: number }[];
}

/** A file of anybody's. `text`: null where it is none, or larger than was asked for. */
export interface SlackFile {
  userId: string | null;
  /** In bytes. */
  size: number;
  text: string | null;
}

export interface SlackUser {
  userId: string;
  teamId: string;
  displayName: string;
  isGuest: boolean;
  isDeactivated: boolean;
  isBot: boolean;
}
