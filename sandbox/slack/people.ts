import { isJson, type Json, textOf } from "#sandbox/json.ts";
import type { Interaction, SandboxControl } from "#sandbox/protocol.ts";
import {
  clientProblem,
  type ElementState,
  givenState,
  isStateful,
  readState,
  withOffered,
} from "./elements.ts";
import { escapeCommandText } from "./escape.ts";
import { fillIn, isKnown, keepFilledIn } from "./form.ts";
import { interact, onScreen, type Outcome, trouble } from "./interaction.ts";
import {
  type Action,
  closedPayload,
  commandPayload,
  findAction,
  messageActionPayload,
  shortcutPayload,
  submissionPayload,
  viewActionPayload,
} from "./payloads.ts";
import { applyResponse, type Conversation } from "./response-urls.ts";
import { channelOf, seeMessage, whoActs } from "./sight.ts";
import type { Slack } from "./slack.ts";
import { takeSubmissionAnswer } from "./submission-answer.ts";
import type { ViewRecord } from "./views.ts";
import { isForeign } from "./workspace.ts";

type Input<Method extends keyof SandboxControl> = Parameters<SandboxControl[Method]>[0];

/** What people do in Slack that the app is told of: type a command, press, submit, close. */

/** Types a slash command. People of another team do not have the app's commands. */
export async function typeCommand(slack: Slack, input: Input<"command">): Promise<Interaction> {
  const { workspace } = slack;
  const user = whoActs(workspace, input.userId);
  const channel = channelOf(workspace, user.id, input.channelId);
  const [, command = "", typed = ""] = /^(\/\S+)\s*([\s\S]*)$/.exec(input.text.trim()) ?? [];
  if (command === "") throw new Error(`"${input.text}" is not a slash command`);
  const conversation = converse(user.id, channel.id);
  const isOffered = workspace.bot.commands?.some((one) => one.command === command) ?? true;
  if (!isOffered || isForeign(workspace, user)) {
    const error = `${command} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands.`;
    return { status: "failed", ms: 0, error, ephemerals: [] };
  }
  const payload = commandPayload(slack, {
    userId: user.id,
    channel,
    command,
    text: escapeCommandText(workspace, typed),
    triggerId: slack.triggers.create({ userId: user.id, viewId: undefined }),
    responseUrl: responseUrl(slack, conversation),
  });
  const failure = (word: string) => `${command} failed with the error “${word}”`;
  return interact(
    slack,
    conversation,
    { type: "slash_commands", payload },
    { timeout: failure("operation_timeout"), failed: failure("dispatch_failed") },
    (body) => {
      const error = takeCommandAnswer(slack, conversation, body);
      return error === undefined ? {} : { error: failure(error) };
    },
  );
}

/** Presses a button or chooses in a select. */
export async function useElement(slack: Slack, input: Input<"act">): Promise<Interaction> {
  const { workspace } = slack;
  const user = whoActs(workspace, input.userId);
  const errors = { timeout: trouble, failed: trouble };
  const nothing = (): Outcome => ({});
  if (!("ts" in input.in)) {
    const record =
      "viewId" in input.in
        ? topView(slack, user.id, input.in.viewId)
        : ownHome(slack, user.id, input.in.homeOf);
    const action = chooseIn(slack, record.view["blocks"], input, record);
    if (input.values) keepFilledIn(record, input.values);
    if (action.state && isStateful(action.element)) {
      const blockId = String(action.block["block_id"]);
      (record.state[blockId] ??= {})[input.actionId] = action.state;
    }
    const triggerId = slack.triggers.create({ userId: user.id, viewId: record.id });
    const payload = viewActionPayload(slack, { record, action, triggerId });
    return interact(
      slack,
      converse(user.id, ""),
      { type: "interactive", payload },
      errors,
      nothing,
    );
  }
  const { channelId, ts } = input.in;
  const { channel, message } = seeMessage(workspace, user, channelId, ts);
  const conversation = { ...converse(user.id, channel.id), original: message };
  const payload = messageActionPayload(slack, {
    userId: user.id,
    channel,
    message,
    action: chooseIn(slack, message.blocks, input),
    values: input.values ?? {},
    triggerId: slack.triggers.create({ userId: user.id, viewId: undefined }),
    responseUrl: responseUrl(slack, conversation),
  });
  return interact(slack, conversation, { type: "interactive", payload }, errors, nothing);
}

/** Uses a shortcut of a message's menu or, where none is given, of the search bar. */
export async function takeShortcut(slack: Slack, input: Input<"shortcut">): Promise<Interaction> {
  const { workspace } = slack;
  const user = whoActs(workspace, input.userId);
  const type = input.in ? "message" : "global";
  const { shortcuts } = workspace.bot;
  if (shortcuts?.every((one) => one.type !== type || one.callbackId !== input.callbackId)) {
    throw new Error(`the app has no ${type} shortcut "${input.callbackId}"`);
  }
  if (isForeign(workspace, user)) {
    throw new Error(
      `${user.name} is of another workspace, which does not have the app's shortcuts`,
    );
  }
  const found = input.in && seeMessage(workspace, user, input.in.channelId, input.in.ts);
  if (found?.message.onlyFor !== undefined) throw new Error("an ephemeral has no shortcuts");
  const conversation = converse(user.id, found?.channel.id ?? "");
  const payload = shortcutPayload(slack, {
    userId: user.id,
    callbackId: input.callbackId,
    triggerId: slack.triggers.create({ userId: user.id, viewId: undefined }),
    // Only a message's shortcut can be answered in its channel.
    ...(found ? { on: { ...found, responseUrl: responseUrl(slack, conversation) } } : {}),
  });
  const errors = { timeout: trouble, failed: trouble };
  return interact(slack, conversation, { type: "interactive", payload }, errors, () => ({}));
}

/** Fills in the open form and submits it; nothing is sent where Slack's own checks find something. */
export async function submitForm(slack: Slack, input: Input<"submit">): Promise<Interaction> {
  const user = whoActs(slack.workspace, input.userId);
  const record = topView(slack, user.id, input.viewId);
  if (!isJson(record.view["submit"])) throw new Error(`the form ${record.id} cannot be submitted`);
  const conversation = converse(user.id, "");
  const fieldErrors = fillIn(slack.workspace, record, input.values);
  if (Object.keys(fieldErrors).length > 0) {
    return { status: "acked", ms: 0, fieldErrors, ...onScreen(slack, conversation) };
  }
  const triggerId = slack.triggers.create({ userId: user.id, viewId: record.id });
  return interact(
    slack,
    conversation,
    { type: "interactive", payload: submissionPayload(slack, record, triggerId) },
    { timeout: trouble, failed: trouble },
    (body) => takeSubmissionAnswer(slack, record, body),
  );
}

/** Closes the form on top; all of them where it says `clear_on_close`. */
export async function closeForm(slack: Slack, input: Input<"closeView">): Promise<void> {
  const record = topView(slack, input.userId, input.viewId);
  const isCleared = record.view["clear_on_close"] === true;
  if (isCleared) slack.views.clear(input.userId);
  else slack.views.close(record);
  if (record.view["notify_on_close"] !== true) return;
  await slack.link.send({ type: "interactive", payload: closedPayload(slack, record, isCleared) });
}

/** An acknowledgement's body is a message to the person who typed: plain text, or text and blocks. */
function takeCommandAnswer(
  slack: Slack,
  conversation: Conversation,
  body: unknown,
): string | undefined {
  const text = textOf(body)?.trim();
  if (text) return applyResponse(slack, conversation, { text }, "slash command ack");
  if (!isJson(body) || Object.keys(body).length === 0) return undefined;
  return applyResponse(slack, conversation, body, "slash command ack");
}

function chooseIn(slack: Slack, blocks: unknown, input: Input<"act">, record?: ViewRecord): Action {
  const found = findAction(blocks, input.actionId, input.blockId);
  if (!found) throw new Error(`there is nothing with action_id "${input.actionId}" to press`);
  const { element, block } = found;
  if (element["type"] === "button") return found;
  if (input.value === undefined) throw new Error(`"${input.actionId}" needs a value`);
  const blockId = String(block["block_id"]);
  const offered = record?.offered[blockId]?.[input.actionId] ?? [];
  const choosable = withOffered(element, offered, record?.state[blockId]?.[input.actionId]);
  const choice = isStateful(element)
    ? givenState(choosable, input.value)
    : // An overflow menu holds nothing, it only acts: like a select otherwise.
      givenState({ ...element, type: "static_select" }, input.value);
  const problem = "problem" in choice ? choice.problem : wrongChoice(slack, element, choice.state);
  if ("problem" in choice || problem !== undefined) throw new Error(problem);
  return { ...found, state: { ...choice.state, type: String(element["type"]) } };
}

/** What Slack's own client would not let through. */
function wrongChoice(slack: Slack, element: Json, state: ElementState): string | undefined {
  const given = [readState(state) ?? []].flat();
  const unknown = given.find((id) => !isKnown(slack.workspace, state.type, id));
  if (unknown !== undefined) return `There is no such choice: ${unknown}.`;
  return clientProblem(element, state, false);
}

function topView(slack: Slack, userId: string, viewId: string): ViewRecord {
  const record = slack.views.top(userId);
  if (record?.id !== viewId) throw new Error(`${userId} does not have the form ${viewId} on top`);
  return record;
}

function ownHome(slack: Slack, userId: string, homeOf: string): ViewRecord {
  if (homeOf !== userId) throw new Error(`${userId} cannot see the Home of ${homeOf}`);
  const record = slack.homes.find(userId);
  if (!record) throw new Error(`${userId} has no Home yet`);
  return record;
}

function converse(userId: string, channelId: string): Conversation {
  return { userId, channelId, original: undefined, ephemerals: [] };
}

function responseUrl(slack: Slack, conversation: Conversation): string {
  return slack.url + slack.responseUrls.create(conversation);
}
