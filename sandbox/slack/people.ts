import { isJson, textOf } from "#sandbox/json.ts";
import type { Interaction, SandboxControl } from "#sandbox/protocol.ts";
import { givenState, isStateful } from "./elements.ts";
import { escapeCommandText } from "./escape.ts";
import { fillIn } from "./form.ts";
import { interact, onScreen, type Outcome, trouble } from "./interaction.ts";
import {
  type Action,
  closedPayload,
  commandPayload,
  findAction,
  messageActionPayload,
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
  if (isForeign(workspace, user)) {
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
  if ("viewId" in input.in) {
    const record = topView(slack, user.id, input.in.viewId);
    const action = chooseIn(slack, record.view["blocks"], input);
    if (action.state) {
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
    triggerId: slack.triggers.create({ userId: user.id, viewId: undefined }),
    responseUrl: responseUrl(slack, conversation),
  });
  return interact(slack, conversation, { type: "interactive", payload }, errors, nothing);
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

function chooseIn(slack: Slack, blocks: unknown, input: Input<"act">): Action {
  const found = findAction(blocks, input.actionId, input.blockId);
  if (!found) throw new Error(`there is nothing with action_id "${input.actionId}" to press`);
  const { element } = found;
  if (element["type"] === "button") return found;
  if (input.value === undefined) throw new Error(`"${input.actionId}" needs a value`);
  if (element["type"] === "users_select") whoActs(slack.workspace, input.value);
  const choice = isStateful(element)
    ? givenState(element, input.value)
    : // An overflow menu holds nothing, it only acts: like a select otherwise.
      givenState({ ...element, type: "static_select" }, input.value);
  if ("problem" in choice) throw new Error(choice.problem);
  return { ...found, state: { ...choice.state, type: String(element["type"]) } };
}

function topView(slack: Slack, userId: string, viewId: string): ViewRecord {
  const record = slack.views.top(userId);
  if (record?.id !== viewId) throw new Error(`${userId} does not have the form ${viewId} on top`);
  return record;
}

function converse(userId: string, channelId: string): Conversation {
  return { userId, channelId, original: undefined, ephemerals: [] };
}

function responseUrl(slack: Slack, conversation: Conversation): string {
  return slack.url + slack.responseUrls.create(conversation);
}
