import type {
  OpenView,
  PublishedHome,
  SandboxFile,
  SandboxIssue,
  SandboxPullRequest,
  WireCall,
} from "#sandbox/protocol.ts";
import type { Delivery, ScreenChannel, ScreenMessage, WorkspaceFacts } from "#sandbox/screen.ts";

/**
 * What the page server pushes to a tab, over a WebSocket at `/live?as=<user id>`: patches, the first of
 * which has everything. This file is all that the page and its server share.
 */
export interface Patch {
  /** Things that are new or changed, by key. */
  set?: { [Name in keyof Topics]?: Record<string, Topics[Name]> };
  /** Keys of what is no longer there. */
  gone?: { [Name in keyof Topics]?: string[] };
  one?: Partial<Singles>;
}

/** Lists. Keys keep the order of arrival; sort by what is in them. */
export interface Topics {
  /** By id. */
  channels: ScreenChannel;
  /** By `<channel> <ts>`. */
  messages: ScreenMessage;
  /** By id. */
  files: SandboxFile;
  /** By `<repo>#<number>`. */
  issues: SandboxIssue;
  /** By `<repo>#<number>`. */
  pulls: SandboxPullRequest;
  /** The bot's last 300 calls, by id. */
  calls: WireCall & { id: string };
  /** The last 300 things Slack told the bot, by id. */
  deliveries: Delivery;
  /** The last 200 effects of the bot, by id. */
  effects: EffectRow;
}

export interface Singles {
  /** Whom this tab acts as. */
  me: string;
  workspace: WorkspaceFacts;
  /** The forms on this person's screen, the lowest first. */
  forms: OpenView[];
  home: PublishedHome | null;
  clock: Clock;
  bot: BotState;
  switches: FaultSwitches;
  script: ScriptState;
  tour: TourState;
  /** What the validator found that Slack would refuse; empty is right. */
  blockKitFaults: { method: string; problems: string[] }[];
}

/** The service's clock. `ms` of real time after `read`, it shows `now` plus `ms` if it runs. */
export interface Clock {
  now: string;
  isRunning: boolean;
}

export interface BotState {
  state: "starting" | "up" | "down" | "restarting";
  transport: "http" | "socket";
  /** What it last wrote where it did not start. */
  lastWords?: string;
}

/** One effect row of the bot's database (ARCHITECTURE.md, "The flow of an effect"). */
export interface EffectRow {
  id: string;
  position: number;
  name: string;
  /** What it is about: one waiting row a key. */
  key: string;
  incidentId: number | null;
  lane: string;
  state: string;
  attempts: number;
  lastError: string | null;
  /** ISO 8601, real time. */
  writtenAt: string;
  dueAt: string;
  doneAt: string | null;
}

/** What a person can switch on in the inspector. All false at the start. */
export interface FaultSwitches {
  slackSlow: boolean;
  slackRateLimited: boolean;
  slackDown: boolean;
  githubDown: boolean;
  /** One answer in three of Slack's and GitHub's is lost after the call took effect. */
  lostAnswers: boolean;
  deliverTwice: boolean;
  /** Slack's own windows per method. */
  rateWindows: boolean;
}

/** The scenario's script, which can go on from wherever people are. */
export interface ScriptState {
  title: string;
  state: "idle" | "playing" | "pausing" | "over";
  steps: ScriptStep[];
}
export interface ScriptStep {
  n: number;
  actor: string;
  /** In a few words: "claims that Model broke first". */
  what: string;
  /** `by_hand`: somebody did it in the page. */
  state: "to_do" | "playing" | "done" | "by_hand" | "not_played";
  /** What was typed and pressed, and what the bot said, as lines. */
  lines: string[];
  /** Whether it came as the scenario expects; absent where it was not played by the script. */
  ok?: boolean;
  /** `refused`: as the scenario expects; `otherwise`: for what people did by hand before, and no failure. */
  came?: "refused" | "otherwise";
  /** Why the script stopped at this step, which is to be tried again. */
  stopped?: string;
}

/** The guided tour: which of its five steps are done is read off Slack and GitHub. */
export interface TourState {
  steps: TourStep[];
}
export interface TourStep {
  id: "declare" | "blame" | "answer" | "authorize" | "close";
  title: string;
  /** What to do, one sentence each, in order. */
  how: string[];
  /** Whom to act as: a user id and a handle. */
  actAs: { userId: string; handle: string };
  /** The script is to go on first, up to here: `play` with this `until`. Absent: all of it by hand. */
  playUntil?: number;
  isDone: boolean;
  /** What to look at once it is done. */
  seen: string;
}

/** What a tab may ask of the page server beside the person's own actions, POST `/desk/<name>`. */
export interface DeskRequests {
  /** kill -9 of the bot and its database. */
  "kill-bot": null;
  "restart-bot": null;
  switches: Partial<FaultSwitches>;
  /** Plays what is left; `until`: stops before this step. */
  play: { until?: number };
  /** Stops after the step that is being played. */
  pause: null;
  /** Socket Mode: Slack asks the bot to connect anew. */
  "refresh-sockets": null;
}
