import { type Json, objectsOf } from "#sandbox/json.ts";
import {
  elementsOf,
  type ElementState,
  type Given,
  givenState,
  initialState,
  isStateful,
} from "./elements.ts";
import { fileBody } from "./file-body.ts";
import { messageBody } from "./message-body.ts";
import type { Slack } from "./slack.ts";
import { viewBody, type ViewRecord } from "./views.ts";
import { type Channel, domainOf, type StoredMessage, type Workspace } from "./workspace.ts";

/** What Slack sends, https://docs.slack.dev/reference/interaction-payloads. */

/** The fields of a slash command, https://docs.slack.dev/interactivity/implementing-slash-commands. */
export function commandPayload(
  slack: Slack,
  what: {
    userId: string;
    channel: Channel;
    command: string;
    text: string;
    triggerId: string;
    responseUrl: string;
  },
): Json {
  const { workspace } = slack;
  return {
    token: "sandbox",
    team_id: workspace.team.id,
    team_domain: domainOf(workspace),
    channel_id: what.channel.id,
    channel_name: channelLabel(what.channel),
    user_id: what.userId,
    user_name: workspace.users.get(what.userId)?.name ?? "",
    command: what.command,
    text: what.text,
    api_app_id: workspace.appId,
    is_enterprise_install: "false",
    response_url: what.responseUrl,
    trigger_id: what.triggerId,
  };
}

export interface Action {
  element: Json;
  block: Json;
  /** What was chosen; absent for a button. */
  state?: ElementState;
}

/** A button or select of a message was used. */
export function messageActionPayload(
  slack: Slack,
  what: {
    userId: string;
    channel: Channel;
    message: StoredMessage;
    action: Action;
    /** What else is filled in in the message, by block_id. */
    values: Readonly<Record<string, Given>>;
    triggerId: string;
    responseUrl: string;
  },
): Json {
  const { channel, message } = what;
  return {
    ...head(slack, "block_actions", what.userId),
    trigger_id: what.triggerId,
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: message.onlyFor !== undefined,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: { id: channel.id, name: channelLabel(channel) },
    message: messageBody(slack.workspace, message, true),
    state: { values: messageState(message.blocks, what.action, what.values) },
    response_url: what.responseUrl,
    actions: [actionBody(slack.workspace, what.action)],
  };
}

/** A button or select of an open form was used. */
export function viewActionPayload(
  slack: Slack,
  what: { record: ViewRecord; action: Action; triggerId: string },
): Json {
  return {
    ...head(slack, "block_actions", what.record.userId),
    trigger_id: what.triggerId,
    container: { type: "view", view_id: what.record.id },
    view: view(slack, what.record),
    actions: [actionBody(slack.workspace, what.action)],
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload, of either kind. */
export function shortcutPayload(
  slack: Slack,
  what: {
    userId: string;
    callbackId: string;
    triggerId: string;
    on?: { channel: Channel; message: StoredMessage; responseUrl: string };
  },
): Json {
  const { on } = what;
  return {
    ...head(slack, on ? "message_action" : "shortcut", what.userId),
    callback_id: what.callbackId,
    trigger_id: what.triggerId,
    action_ts: slack.workspace.nextTs(),
    ...(on
      ? {
          response_url: on.responseUrl,
          message_ts: on.message.ts,
          channel: { id: on.channel.id, name: channelLabel(on.channel) },
          message: messageBody(slack.workspace, on.message, false),
        }
      : {}),
  };
}

/** Somebody types into an external_select, https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload. */
export function suggestionPayload(
  slack: Slack,
  record: ViewRecord,
  what: { blockId: string; actionId: string; query: string },
): Json {
  return {
    ...head(slack, "block_suggestion", record.userId),
    container: { type: "view", view_id: record.id },
    view: view(slack, record),
    block_id: what.blockId,
    action_id: what.actionId,
    value: what.query,
  };
}

/** A form was submitted. */
export function submissionPayload(slack: Slack, record: ViewRecord, triggerId: string): Json {
  return {
    ...head(slack, "view_submission", record.userId),
    trigger_id: triggerId,
    view: view(slack, record),
    response_urls: [],
  };
}

/** A form with `notify_on_close` was closed. */
export function closedPayload(slack: Slack, record: ViewRecord, isCleared: boolean): Json {
  return {
    ...head(slack, "view_closed", record.userId),
    view: view(slack, record),
    is_cleared: isCleared,
  };
}

function head({ workspace }: Slack, type: string, userId: string): Json {
  const user = workspace.users.get(userId);
  return {
    type,
    team: { id: workspace.team.id, domain: domainOf(workspace) },
    user: {
      id: userId,
      username: user?.name,
      name: user?.name,
      team_id: user?.teamId ?? workspace.team.id,
    },
    api_app_id: workspace.appId,
    token: "sandbox",
    enterprise: null,
    is_enterprise_install: false,
  };
}

function view({ workspace }: Slack, record: ViewRecord): Json {
  const { team, bot, appId } = workspace;
  const body = viewBody(record, { teamId: team.id, appId, botId: bot.botId });
  return { ...body, state: { values: withFiles(workspace, record.state) } };
}

/** What is filled in, with the files themselves where the form holds their ids. */
function withFiles(workspace: Workspace, values: ViewRecord["state"]): ViewRecord["state"] {
  const copy = structuredClone(values);
  for (const state of Object.values(copy).flatMap((elements) => Object.values(elements))) {
    if (state.type !== "file_input" || !Array.isArray(state["files"])) continue;
    state["files"] = state["files"].flatMap((id) => {
      const file = workspace.files.get(String(id));
      return file ? [fileBody(workspace, file)] : [];
    });
  }
  return copy;
}

function actionBody(workspace: Workspace, { element, block, state }: Action): Json {
  const { confirm: _, options: __, option_groups: ___, ...shown } = element;
  return {
    ...shown,
    ...state,
    block_id: block["block_id"],
    action_ts: workspace.nextTs(),
  };
}

function messageState(
  blocks: Json[],
  action: Action,
  given: Readonly<Record<string, Given>>,
): Json {
  const values: Record<string, Json> = {};
  for (const block of blocks) {
    const blockId = String(block["block_id"]);
    for (const [index, element] of elementsOf(block).filter(isStateful).entries()) {
      const isUsed = block === action.block && element === action.element;
      const value = index === 0 ? given[blockId] : undefined;
      (values[blockId] ??= {})[String(element["action_id"])] =
        isUsed && action.state ? action.state : stateOf(element, value);
    }
  }
  return values;
}

function stateOf(element: Json, given: Given | undefined): ElementState {
  const filled = given === undefined ? undefined : givenState(element, given);
  return filled && "state" in filled ? filled.state : initialState(element);
}

/** The button, select or menu that is meant; undefined where there is none (or not this one). */
export function findAction(
  blocks: unknown,
  actionId: string,
  blockId: string | undefined,
): { element: Json; block: Json } | undefined {
  for (const block of objectsOf(blocks)) {
    if (blockId !== undefined && block["block_id"] !== blockId) continue;
    const element = elementsOf(block).find((one) => one["action_id"] === actionId);
    if (element) return { element, block };
  }
  return undefined;
}

function channelLabel(channel: Channel): string {
  if (channel.isDirect) return "directmessage";
  return channel.isPrivate ? "privategroup" : channel.name;
}
