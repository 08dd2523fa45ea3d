import type {
  OpenView,
  PublishedHome,
  SandboxChannel,
  SandboxFile,
  SandboxMessage,
  SandboxUser,
} from "./protocol.ts";

/**
 * Slack as one person sees it. What they cannot see is not in it: channels and messages of private
 * channels they are not in, what somebody else alone was told, other people's forms.
 */
export interface Screen {
  /** Where they are, and public channels they could join; archived ones too. */
  channels: ScreenChannel[];
  /** In the order of posting; of each channel above. Ephemerals of theirs are among them (`onlyFor`). */
  messages: ScreenMessage[];
  /** The forms that stand open on their screen, the lowest first. */
  forms: OpenView[];
  home: PublishedHome | null;
  files: SandboxFile[];
}

export interface ScreenChannel extends SandboxChannel {
  /** False: a public one they could join; they can read it. */
  isMember: boolean;
  /** Messages of others since they read it last; 0 where they are not a member. */
  unread: number;
  /** Whether one of these names them, or it is a direct message. */
  isMentioned: boolean;
  /** The ts up to which they have read; empty: nothing. */
  readTs: string;
}

export interface ScreenMessage extends SandboxMessage {
  /** When it was posted by the workspace's clock, ISO 8601. */
  at: string;
  /** Slack's own notices: channel_join, channel_leave, channel_topic, channel_archive, …. */
  notice?: string;
}

/** What everybody in a workspace knows of it. */
export interface WorkspaceFacts {
  team: { id: string; name: string };
  /** The app's bot. */
  bot: { userId: string; name: string };
  people: SandboxUser[];
  groups: SandboxGroup[];
  /** The manifest's slash commands. */
  commands: { command: string; description: string; usageHint: string }[];
  /** The manifest's shortcuts. */
  shortcuts: {
    callbackId: string;
    type: "global" | "message";
    name: string;
    description: string;
  }[];
  hasHome: boolean;
}
export interface SandboxGroup {
  id: string;
  handle: string;
  name: string;
  userIds: string[];
}

/** How often each part has changed since the start: whoever was told a number asks again when it grows. */
export interface Versions {
  slack: number;
  github: number;
  wire: number;
}

/** One thing Slack told the bot. */
export interface Delivery {
  /** "D1", "D2", …: counted over the whole run. */
  id: string;
  /** Real time, ISO 8601. */
  at: string;
  kind: "command" | "interaction" | "event";
  /** In words of Slack: `/incident declare`, `block_actions answer-layers`, `view_submission stabilize`, `event message`. */
  what: string;
  userId?: string;
  /** `answered`: with a status, 2xx or not; `timeout`: not within 3 s; `failed`: nobody there. */
  outcome: "waiting" | "answered" | "timeout" | "failed";
  status?: number;
  /** From sending to the answer. */
  ms?: number;
  /** Which attempt at delivering an event again; absent: the first. */
  retry?: number;
  /** The payload as JSON, cut at 20,000 characters. */
  payload: string;
  /** The body of the answer, cut likewise; absent: none. */
  answer?: string;
}
