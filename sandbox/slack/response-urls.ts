import { randomBytes } from "node:crypto";
import type { Answer } from "#sandbox/edge.ts";
import { isJson, type Json, objectsOf, textOf } from "#sandbox/json.ts";
import { checkMessage } from "#sandbox/validator/check.ts";
import { editMessage, postEphemeral, postMessage } from "./posting.ts";
import { recordProblems, type Slack } from "./slack.ts";
import type { StoredMessage } from "./workspace.ts";

/** https://docs.slack.dev/interactivity/handling-user-interaction: 5 uses in 30 minutes. */
const maxUses = 5;
const lifeMs = 30 * 60_000;

/** What a person did that can be answered: where, and what only they see of the answer. */
export interface Conversation {
  userId: string;
  channelId: string;
  /** The message whose button was pressed; later the first answer to a command. */
  original: StoredMessage | undefined;
  ephemerals: StoredMessage[];
}

export interface ResponseUrls {
  /** A response_url's path for this conversation. */
  create(conversation: Conversation): string;
  find(path: string): { conversation: Conversation; left: number; at: number } | undefined;
}

/** The response_urls of one workspace. */
export function createResponseUrls(): ResponseUrls {
  const known = new Map<string, { conversation: Conversation; left: number; at: number }>();
  return {
    create(conversation) {
      const path = `/respond/${randomBytes(9).toString("hex")}`;
      known.set(path, { conversation, left: maxUses, at: performance.now() });
      return path;
    },
    find: (path) => known.get(path),
  };
}

/** Takes a POST to a response_url. */
export function handleResponseUrl(slack: Slack, path: string, body: unknown): Answer {
  const entry = slack.responseUrls.find(path);
  if (!entry || performance.now() - entry.at > lifeMs) return refusal(404, "expired_url");
  if (entry.left === 0) return refusal(404, "used_url");
  if (!isJson(body)) return refusal(400, "invalid_payload");
  const error = applyResponse(slack, entry.conversation, body, "response_url");
  if (error !== undefined) return refusal(400, error);
  entry.left -= 1;
  return { status: 200, body: { ok: true } };
}

/**
 * Shows what the bot answered, by response_url or within an acknowledgement: to the person alone,
 * in the channel, or in place of the original. Returns Slack's word for what is wrong with it.
 */
export function applyResponse(
  slack: Slack,
  conversation: Conversation,
  body: Json,
  method: string,
): string | undefined {
  const { workspace, screens } = slack;
  const { original, userId, channelId } = conversation;
  if (body["delete_original"] === true && original) {
    removeFrom(workspace.messages, original);
    removeFrom(workspace.ephemerals, original);
    screens.changed(userId);
    return undefined;
  }
  const { error, problems } = checkMessage({ text: body["text"], blocks: body["blocks"] });
  recordProblems(slack, method, problems);
  if (error !== undefined) return error;
  const message = { text: textOf(body["text"]) ?? "", blocks: objectsOf(body["blocks"]) };
  if (message.text === "" && message.blocks.length === 0) return "no_text";
  screens.changed(userId);
  if (body["replace_original"] === true && original) {
    editMessage(workspace, original, message);
    return undefined;
  }
  const channel = workspace.channels.get(channelId);
  if (body["response_type"] === "in_channel" && channel) {
    postMessage(workspace, channel, { user: workspace.bot.userId, ...message });
    return undefined;
  }
  const shown = postEphemeral(workspace, { channel: channelId, onlyFor: userId, ...message });
  conversation.original ??= shown;
  conversation.ephemerals.push(shown);
  return undefined;
}

function removeFrom(list: StoredMessage[], message: StoredMessage): void {
  const index = list.indexOf(message);
  if (index >= 0) list.splice(index, 1);
}

function refusal(status: number, error: string): Answer {
  return { status, error, body: { ok: false, error } };
}
