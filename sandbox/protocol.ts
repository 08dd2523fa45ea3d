import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import type { Delivery, SandboxGroup, Screen, Versions, WorkspaceFacts } from "./screen.ts";

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
    /** The manifest's shortcuts; absent: whatever callback_id is asked for. */
    shortcuts?: {
      callbackId: string;
      type: "global" | "message";
      name?: string;
      description?: string;
    }[];
    /** The manifest's slash_commands; absent: any word is taken. */
    commands?: { command: string; description: string; usageHint: string }[];
    /** The manifest's `home_tab_enabled`; absent: it has a Home. */
    hasHome?: boolean;
  };
  /** Slack's own ids, given by the seed so that a run can be repeated. */
  users: SandboxUser[];
  /** User groups; absent: none. */
  groups?: SandboxGroup[];
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
    /** A GitHub App that is installed for every owner of `repos`; its key in PEM. */
    app?: { id: number; slug: string; privateKey: string };
  };
}
export interface SandboxUser {
  id: string;
  name: string;
  realName: string;
  email: string;
  /** IANA name; absent: UTC. */
  timeZone?: string;
  isGuest?: boolean;
  isDeactivated?: boolean;
  /** Another team: a person of a shared channel. */
  teamId?: string;
  /**
   * Another app. `app`: its messages have its bot user and its bot_id. `webhook`: an old integration,
   * whose messages have no user at all (subtype `bot_message`).
   */
  bot?: "app" | "webhook";
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
/** The app's Home as one person sees it. */
export interface PublishedHome extends HomeView {
  id: string;
  hash: string;
  values: OpenView["values"];
}
/** What an `external_select` offers for what was typed into it. */
export interface OfferedOptions {
  status: Interaction["status"];
  ms: number;
  /** What Slack shows in the list where the status is not acked. */
  error?: string;
  options: { value: string; text: string; group?: string }[];
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
  /** Ids of what is in `state().files`; absent: none. */
  files?: string[];
  /** Absent: none. */
  reactions?: { name: string; userIds: string[] }[];
  isEdited: boolean;
}
export interface SandboxFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  userId: string;
  /** As text in UTF-8; an image as an address with its bytes (`data:image/png;base64,…`). */
  content: string;
  /** What stands for an image where it cannot be seen. */
  altText?: string;
  /** The messages it is shared in. */
  shares: { channelId: string; ts: string }[];
}
export interface SandboxBookmark {
  id: string;
  title: string;
  link: string;
  emoji?: string;
}
export interface SandboxChannel {
  id: string;
  /** Empty for a direct message. */
  name: string;
  isDirect: boolean;
  isPrivate: boolean;
  isArchived: boolean;
  topic: string;
  memberIds: string[];
  /** In the order in which they were pinned. */
  pinnedTs: string[];
  /** In the order of the bar. */
  bookmarks: SandboxBookmark[];
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
  /** Texts of the comments, oldest first; absent: none. */
  comments?: string[];
}
export interface SandboxPullRequest {
  repo: string;
  number: number;
  title: string;
  body: string;
  branch: string;
  state: string;
  labels: string[];
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
  homes: { userId: string; view: PublishedHome }[];
  /** Everything that was uploaded completely. */
  files: SandboxFile[];
}

/** One call of the bot's to Slack or GitHub. */
export interface WireCall {
  /** "C1", "C2", …: counted over the whole run. */
  id?: string;
  at: string;
  side: "slack" | "github";
  /** `chat.postMessage`, `response_url`, `file upload`, or `POST /repos/{owner}/{repo}/issues`. */
  method: string;
  /** 0 where the connection was cut before an answer. */
  status: number;
  /** Slack's `error`, where `ok` is false. */
  error?: string;
  /** The fault that struck, if one did. */
  fault?: Fault["kind"];
  /** From the request to the answer; absent where the connection was cut. */
  ms?: number;
  /** What the bot sent, as JSON, cut at 20,000 characters. */
  request?: string;
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
  /** Presses a button or chooses in a select, of a message, of the open form or of one's own Home. */
  act(input: {
    userId: string;
    in: { channelId: string; ts: string } | { viewId: string } | { homeOf: string };
    blockId?: string;
    actionId: string;
    /**
     * The option's value for a select or menu, the user for a users_select, "2026-11-21" for a date,
     * "09:30" for a time, seconds for both; a list where several may be chosen. A button has its own.
     */
    value?: string | string[];
    /** What else is filled in in the form so far, by block_id: Slack sends it along. */
    values?: Record<string, string | string[] | null>;
  }): Promise<Interaction>;
  /** Uses a shortcut: with `in` of a message's menu, without of the search bar's. */
  shortcut(input: {
    userId: string;
    callbackId: string;
    in?: { channelId: string; ts: string };
  }): Promise<Interaction>;
  /** Types into an `external_select` of the open form; what it then offers can be submitted. */
  options(input: {
    userId: string;
    viewId: string;
    blockId: string;
    actionId: string;
    query: string;
  }): Promise<OfferedOptions>;
  /** Opens the app's Home tab (app_home_opened). */
  openHome(input: { userId: string }): Promise<void>;
  /** The Home that was published for this person last. */
  home(input: { userId: string }): Promise<PublishedHome | null>;
  /** Submits the open form: `values` by block_id over what is prefilled. Slack's own checks (required, option exists, max_length) come first, as `fieldErrors`. */
  submit(input: {
    userId: string;
    viewId: string;
    values: Record<string, string | string[] | null>;
  }): Promise<Interaction>;
  closeView(input: { userId: string; viewId: string }): Promise<void>;
  join(input: { userId: string; channelId: string }): Promise<void>;
  leave(input: { userId: string; channelId: string }): Promise<void>;
  /** A member takes somebody else in, the bot too (`/invite`): the only way into a private channel. */
  invite(input: { userId: string; channelId: string; invitedId: string }): Promise<void>;
  /** Somebody joins the workspace (team_join). */
  addUser(input: { user: SandboxUser }): Promise<void>;
  /** An administrator makes somebody a guest, or deactivates them (user_change). */
  changeUser(input: { userId: string; isGuest?: boolean; isDeactivated?: boolean }): Promise<void>;
  say(input: {
    userId: string;
    channelId: string;
    text: string;
    threadTs?: string;
    files?: { name: string; mimetype: string; content: string }[];
  }): Promise<{ ts: string }>;
  /** Uploads a file for a `file_input` of the open form, which takes the ids of files as its value. */
  upload(input: {
    userId: string;
    file: { name: string; mimetype: string; content: string };
  }): Promise<{ fileId: string }>;
  /** One's own message. */
  deleteMessage(input: { userId: string; channelId: string; ts: string }): Promise<void>;
  /** `name` of the emoji, without colons: "pushpin". */
  react(input: { userId: string; channelId: string; ts: string; name: string }): Promise<void>;
  unreact(input: { userId: string; channelId: string; ts: string; name: string }): Promise<void>;
  pin(input: { userId: string; channelId: string; ts: string }): Promise<void>;
  unpin(input: { userId: string; channelId: string; ts: string }): Promise<void>;
  removeBookmark(input: { userId: string; channelId: string; bookmarkId: string }): Promise<void>;
  setTopic(input: { userId: string; channelId: string; topic: string }): Promise<void>;
  /** Archiving puts the bot out of the channel, and unarchiving does not bring it back. */
  archive(input: { userId: string; channelId: string }): Promise<void>;
  unarchive(input: { userId: string; channelId: string }): Promise<void>;
  state(): Promise<SandboxState>;
  /** The form on top of this person's stack. */
  openView(input: { userId: string }): Promise<OpenView | null>;
  /** What one person sees. */
  screen(input: { userId: string }): Promise<Screen>;
  workspace(): Promise<WorkspaceFacts>;
  /** GitHub's side alone. */
  repositories(): Promise<Pick<SandboxState, "issues" | "pullRequests">>;
  /** This person has read the channel up to this message. */
  markRead(input: { userId: string; channelId: string; ts: string }): Promise<void>;
  /** Resolves as soon as something has changed since `since`, or after `withinMs`. */
  changes(input: { since: Versions; withinMs: number }): Promise<Versions>;
  /** `last`: only so many of the last calls and deliveries; absent: all that are kept. */
  wire(input?: { last: number }): Promise<{
    calls: WireCall[];
    blockKitFaults: BlockKitFault[];
    deliveries: Delivery[];
  }>;
  setFaults(input: {
    faults: Fault[];
    /** Same seed, same strikes. */ seed?: number;
  }): Promise<void>;
  /** Each event is delivered this many times (default 1). */
  setEventCopies(input: { copies: number }): Promise<void>;
  /** Of two events that come close together, the later one is delivered first (off at the start). */
  setEventOrder(input: { isSwapped: boolean }): Promise<void>;
  /** Whether Slack counts calls per method and answers 429 (off at the start). */
  setRateWindows(input: { isOn: boolean }): Promise<void>;
  /** Socket Mode: asks every connection to be opened anew (`disconnect`, refresh_requested). */
  refreshSockets(): Promise<void>;
  /** Stands still at `now`, or runs on from there. */
  setClock(input: { now: string; isRunning?: boolean }): Promise<void>;
  clock(): Promise<{ now: string; isRunning: boolean }>;
  /** Resolves when no event is waiting to be delivered or redelivered to the bot, and no file to be shared. */
  settled(): Promise<void>;
}
