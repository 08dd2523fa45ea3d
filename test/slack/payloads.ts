/** What Slack sends (https://docs.slack.dev/reference/interaction-payloads), as far as the edge reads it. */

const teamId = "T1";
const userId = "U1";
let count = 0;

function nextId(): string {
  count += 1;
  return `${count}.${Date.now()}`;
}

export function command(text: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    command: "/incident",
    text,
    team_id: teamId,
    user_id: userId,
    channel_id: "C1",
    trigger_id: nextId(),
    response_url: "http://127.0.0.1:9/never",
    ...more,
  };
}

export function press(actionId: string, more: object = {}): Record<string, unknown> {
  return {
    type: "block_actions",
    team: { id: teamId },
    user: { id: userId, team_id: teamId },
    channel: { id: "C1" },
    message: { ts: "1.1" },
    container: { type: "message" },
    trigger_id: nextId(),
    actions: [{ type: "button", action_id: actionId, block_id: "b", value: "{}" }],
    ...more,
  };
}

/** The form that a press or a submission happens in. */
export function view(callbackId: string, more: object = {}): Record<string, unknown> {
  return {
    id: `V${nextId()}`,
    hash: "1.abc",
    type: "modal",
    callback_id: callbackId,
    team_id: teamId,
    private_metadata: "",
    root_view_id: null,
    blocks: [
      { type: "section", block_id: "intro" },
      { type: "input", block_id: "title" },
      { type: "input", block_id: "severity" },
    ],
    state: { values: {} },
    ...more,
  };
}

export function submission(callbackId: string, more: object = {}): Record<string, unknown> {
  return {
    type: "view_submission",
    team: { id: teamId },
    user: { id: userId, team_id: teamId },
    trigger_id: nextId(),
    view: view(callbackId),
    ...more,
  };
}

export function event(inner: object, more: object = {}): Record<string, unknown> {
  return {
    type: "event_callback",
    team_id: teamId,
    event_id: `Ev${nextId()}`,
    authorizations: [{ team_id: teamId, user_id: "UBOT", is_bot: true }],
    event: inner,
    ...more,
  };
}

export const joined = { type: "member_joined_channel", channel: "C1", user: userId, team: teamId };
