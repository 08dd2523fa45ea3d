import type { KnownBlock } from "@slack/types";
import type { OtherIncident } from "#src/domain/similar.ts";
import type { FoldedEntry } from "#src/domain/timeline-fold.ts";
import { limits, type Mrkdwn, truncateMrkdwn } from "#views/block-kit.ts";

/** What is posted, or shown to one person: blocks, and the full sentence that screen readers read. */
export interface MessageContent {
  text: string;
  blocks: KnownBlock[];
}

/** What a message needs to know beside the incident's state. */
export interface MessageExtras {
  /** The command people type, for example "/incident". */
  botCommand: string;
  /** Whether actions of this incident are filed as issues; else they are kept in its record alone. */
  canFileIssues: boolean;
  /** Whether its postmortem is opened as a pull request. */
  canProposePostmortem: boolean;
  /** For an entry's message: the entry as it reads today. */
  entry?: FoldedEntry;
  /** For a similar incident's message: that one as it stands; absent where it may not be shown any more. */
  other?: OtherIncident;
  /** For a trouble message: what did not work ("file the GitHub issue of action 1"), and why, a sentence. */
  trouble?: { what: string; reason: string };
  /** For the message about a file that was not recorded: which effect, which file, and why, whole sentences. */
  unread?: { effectId: string; fileName: string; reason: string };
  /** For a repair's message: what was missing and is being made, and what only a person can mend, a sentence each. */
  repaired?: { made: readonly string[]; left: readonly string[] };
}

/** The blocks with their sentence. `text` is a whole sentence with number, severity and status. */
export function content(text: Mrkdwn, blocks: readonly KnownBlock[]): MessageContent {
  return { text: truncateMrkdwn(text, limits.messageText).mrkdwn, blocks: [...blocks] };
}
