import type { KnownBlock, ModalView } from "@slack/types";

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

export interface SlackUser {
  userId: string;
  teamId: string;
  displayName: string;
  isGuest: boolean;
  isDeactivated: boolean;
  isBot: boolean;
}
