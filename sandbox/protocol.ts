import type { KnownBlock, ModalView } from "@slack/types";

/**
 * How the demo, the tests and the browser page talk to the sandbox: HTTP with JSON on its control
 * address, one POST a method of `SandboxControl` (`/control/command`), body = the argument, answer =
 * the return value. `sandbox/client.ts` is that interface over the network.
 */
export interface SandboxSeed {
  team: { id: string; name: string };
  bot: {
    token: string;
    appToken: string;
    signingSecret: string;
    userId: string;
    botId: string;
    name: string;
    scopes: string[];
    /** The manifest's bot_events ("message.im"); absent: every event the sandbox knows. */
    events?: string[];
  };
  /** Slack's own ids, given by the seed so that a run can be repeated. */
  users: SandboxUser[];
  channels: {
    id: string;
    name: string;
    memberIds: string[];
    isPrivate?: boolean;
    isArchived?: boolean;
  }[];
  github: {
    token: string;
    login: string;
    users: string[];
    repos: { owner: string; name: string }[];
  };
}
export interface SandboxUser {
  id: string;
  name: string;
  realName: string;
  email: string;
  isGuest?: boolean;
  isDeactivated?: boolean;
  /** Another team: a person of a shared channel. */
  teamId?: string;
}

/** Where the three sides of the sandbox answer, all on 127.0.0.1. */
export interface SandboxAddresses {
  /** `SLACK_API_URL` of the bot, with a closing slash. */
  slackApiUrl: string;
  /** `GITHUB_API_URL` of the bot. */
  githubApiUrl: string;
  controlUrl: string;
  /** `FAULTLINE_CLOCK_URL` of the bot. */
  clockUrl: string;
}

/** What came of something a person did. */
export interface Interaction {
  /** `acked`: in time. `timeout`: no answer within 3 s. `failed`: not a 2xx, or nobody listens. */
  status: "acked" | "timeout" | "failed";
  ms: number;
  /** What Slack shows the person where the status is not acked. */
  error?: string;
  /** Errors under fields (view_submission), by block_id; the form stays open. */
  fieldErrors?: Record<string, string>;
  /** The form on top of the person's stack after it; absent where none is open. */
  view?: OpenView;
  /** Messages only this person sees that came of it, within the ack or by response_url. */
  ephemerals: SandboxMessage[];
}
export interface OpenView extends ModalView {
  id: string;
  hash: string;
  /** Filled in so far: prefilled values as Slack would submit them, by block_id. */
  values: Record<string, string | string[] | null>;
}

export interface SandboxMessage {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks: KnownBlock[];
  threadTs?: string;
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  /** Set for an ephemeral: who sees it. */
  onlyFor?: string;
  isEdited: boolean;
}
export interface SandboxChannel {
  id: string;
  name: string;
  isDirect: boolean;
  isPrivate: boolean;
  topic: string;
  memberIds: string[];
  pinnedTs: string[];
}
export interface SandboxIssue {
  repo: string;
  number: number;
  title: string;
  body: string;
  labels: string[];
  assignees: string[];
  state: string;
  url: string;
}
export interface SandboxPullRequest {
  repo: string;
  number: number;
  title: string;
  body: string;
  branch: string;
  url: string;
  /** Path → text of the files that the branch adds or changes. */
  files: Record<string, string>;
}
export interface SandboxState {
  channels: SandboxChannel[];
  /** In the order in which they were posted, as they read now. */
  messages: SandboxMessage[];
  ephemerals: SandboxMessage[];
  issues: SandboxIssue[];
  pullRequests: SandboxPullRequest[];
}

/** One call of the bot's to Slack or GitHub. */
export interface WireCall {
  at: string;
  side: "slack" | "github";
  /** `chat.postMessage`, or `POST /repos/{owner}/{repo}/issues`. */
  method: string;
  /** 0 where the connection was cut before an answer. */
  status: number;
  /** Slack's `error`, where `ok` is false. */
  error?: string;
  /** The fault that struck, if one did. */
  fault?: Fault["kind"];
}
/** A payload of the bot's that real Slack would refuse or that breaks a limit. */
export interface BlockKitFault {
  method: string;
  /** JSON pointer and what is wrong: "/blocks/3/text/text: longer than 3000". */
  problems: string[];
}

export interface Fault {
  side: "slack" | "github";
  /** A regular expression over the wire method: `chat\\.postMessage`, `POST .+issues`. */
  method: string;
  /** `cut_before`: connection cut, nothing happened. `cut_after`: it happened, the answer is lost. */
  kind: "latency" | "status" | "cut_before" | "cut_after";
  latencyMs?: number;
  status?: number;
  retryAfterSeconds?: number;
  /** Share of the calls it strikes, 0 to 1; default 1. */
  share?: number;
  /** How many times at the most; default without end. */
  times?: number;
}

export interface SandboxControl {
  /** Where the bot listens (signed HTTP); `null`: Socket Mode only. Events are sent there too. */
  connectBot(input: { requestUrl: string | null }): Promise<void>;
  /** `text` as typed, the command word included: "/incident declare Old rule". */
  command(input: { userId: string; channelId: string; text: string }): Promise<Interaction>;
  /** Presses a button or chooses in a select, of a message or of the open form. */
  act(input: {
    userId: string;
    in: { channelId: string; ts: string } | { viewId: string };
    blockId?: string;
    actionId: string;
    /** The option's value for a select, the user for a users_select; a button has its own. */
    value?: string;
  }): Promise<Interaction>;
  /** Submits the open form: `values` by block_id over what is prefilled. Slack's own checks (required, option exists, max_length) come first, as `fieldErrors`. */
  submit(input: {
    userId: string;
    viewId: string;
    values: Record<string, string | string[] | null>;
  }): Promise<Interaction>;
  closeView(input: { userId: string; viewId: string }): Promise<void>;
  join(input: { userId: string; channelId: string }): Promise<void>;
  leave(input: { userId: string; channelId: string }): Promise<void>;
  /** Somebody joins the workspace (team_join). */
  addUser(input: { user: SandboxUser }): Promise<void>;
  say(input: {
    userId: string;
    channelId: string;
    text: string;
    threadTs?: string;
  }): Promise<{ ts: string }>;
  state(): Promise<SandboxState>;
  /** The form on top of this person's stack. */
  openView(input: { userId: string }): Promise<OpenView | null>;
  wire(): Promise<{ calls: WireCall[]; blockKitFaults: BlockKitFault[] }>;
  setFaults(input: {
    faults: Fault[];
    /** Same seed, same strikes. */ seed?: number;
  }): Promise<void>;
  /** Each event is delivered this many times (default 1). */
  setEventCopies(input: { copies: number }): Promise<void>;
  setClock(input: { now: string }): Promise<void>;
  /** Resolves when no event is waiting to be delivered or redelivered to the bot. */
  settled(): Promise<void>;
}
