import type { TimelineEntry, TimelineKind } from "./timeline.ts";
import { isLane } from "./vocabulary.ts";

/** An entry as it reads today, and how it came to: nothing of it was ever overwritten. */
export interface FoldedEntry {
  /** With the words, the time and the lane of the newest correction. */
  entry: TimelineEntry;
  /** As it was recorded. */
  original: TimelineEntry;
  /** `entry_corrected`, the oldest first; empty where nobody corrected it. */
  corrections: TimelineEntry[];
  /** `entry_withdrawn`; null where it stands. */
  withdrawal: TimelineEntry | null;
}

/** Where the words are that people may word anew; other kinds say what happened, and keep their words. */
const wordsOf: Partial<Record<TimelineKind, string>> = {
  note_added: "text",
  message_pinned: "text",
  impact_noticed: "userImpact",
};

/** Under which key an entry's own words stand; undefined for facts that cannot be worded anew. */
export function wordsKey(kind: TimelineKind): string | undefined {
  return wordsOf[kind];
}

/** Whether an entry may be taken out: what somebody added by hand. What a form recorded stays. */
export function isWithdrawable(kind: TimelineKind): boolean {
  return kind === "note_added" || kind === "message_pinned";
}

/** Of what people tell when it happened. The others have the time of the service's own clock, which stays. */
const datedByPeople: readonly TimelineKind[] = [
  "note_added",
  "message_pinned",
  "impact_noticed",
  "onset_estimated",
  "lever_recorded",
  "lever_ended",
];

/** Whether an entry may be dated anew. */
export function isDatable(kind: TimelineKind): boolean {
  return datedByPeople.includes(kind);
}

/**
 * The timeline as it reads today: corrections and withdrawals folded into the entries they are about,
 * in the order in which things happened. Pass all entries, or some with all that is about them.
 */
export function foldTimeline(entries: readonly TimelineEntry[]): FoldedEntry[] {
  const about = new Map<number, TimelineEntry[]>();
  for (const entry of entries) {
    if (!isAboutAnother(entry)) continue;
    const sequence = Number(entry.data["entry"]);
    about.set(sequence, [...(about.get(sequence) ?? []), entry]);
  }
  return entries
    .filter((entry) => !isAboutAnother(entry))
    .map((original) => foldOne(original, about.get(original.sequence) ?? []))
    .toSorted((a, b) => byTime(a.entry, b.entry));
}

/** What stands of the timeline, as it reads today, in the order in which it happened. */
export function standingEntries(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return foldTimeline(entries)
    .filter(({ withdrawal }) => withdrawal === null)
    .map(({ entry }) => entry);
}

function isAboutAnother({ kind }: TimelineEntry): boolean {
  return kind === "entry_corrected" || kind === "entry_withdrawn";
}

function foldOne(original: TimelineEntry, about: readonly TimelineEntry[]): FoldedEntry {
  const inOrder = about.toSorted((a, b) => a.sequence - b.sequence);
  const corrections = inOrder.filter(({ kind }) => kind === "entry_corrected");
  return {
    original,
    entry: corrections.reduce(corrected, original),
    corrections,
    withdrawal: inOrder.find(({ kind }) => kind === "entry_withdrawn") ?? null,
  };
}

/** The entry with what a correction says of it: `{ text, happenedAt, lane, how }`, null where that stays. */
function corrected(entry: TimelineEntry, { data }: TimelineEntry): TimelineEntry {
  const { text, happenedAt, lane, how } = data;
  const key = wordsKey(entry.kind);
  const at = typeof happenedAt === "string" ? new Date(happenedAt) : entry.happenedAt;
  return {
    ...entry,
    happenedAt: at,
    lane: typeof lane === "string" && isLane(lane) ? lane : entry.lane,
    data: {
      ...entry.data,
      ...(key !== undefined && typeof text === "string" ? { [key]: text } : {}),
      ...(entry.kind === "impact_noticed" && typeof how === "string" ? { how } : {}),
    },
  };
}

function byTime(a: TimelineEntry, b: TimelineEntry): number {
  return a.happenedAt.getTime() - b.happenedAt.getTime() || a.sequence - b.sequence;
}
