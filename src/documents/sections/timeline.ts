import type { TimelineEntry, TimelineKind } from "#src/domain/timeline.ts";
import { foldTimeline, type FoldedEntry } from "#src/domain/timeline-fold.ts";
import { type Lane, lanes } from "#src/domain/vocabulary.ts";
import { listInWords } from "#src/domain/words.ts";
import { table } from "#src/documents/github-markdown.ts";
import { utcMinute } from "#src/documents/times.ts";
import { timelineSentence } from "#src/documents/timeline-sentence.ts";
import { lowerFirst } from "#src/documents/words.ts";
import type { Section } from "./section.ts";

const laneIds = Object.keys(lanes) as Lane[];

/** B11.4: what happened, in that order, with its lane, as it reads today; which lanes are empty is said. */
export const timeline: Section = {
  title: "Timeline",
  render: ({ state, timeline: entries, names }) => {
    const hasStrands = state.strands.length > 1;
    const told = foldTimeline(entries).filter(
      ({ withdrawal, entry }) => withdrawal === null && !housekeeping.has(entry.kind),
    );
    if (told.length === 0) return undefined;
    const rows = told.map((folded) => [
      utcMinute(folded.entry.happenedAt),
      lanes[folded.entry.lane],
      `${timelineSentence(toldOnce(hasStrands ? folded.entry : withoutStrand(folded.entry)), names)}${afterwards(folded)}`,
    ]);
    const empty = emptyLanes(told.map(({ entry }) => entry));
    const heads = ["When (UTC)", "Lane", "What happened"];
    return [table(heads, rows), ...(empty ? [empty] : [])].join("\n\n");
  },
};

/** Where there is one strand, it goes without saying which one a verdict is about. */
function withoutStrand(entry: TimelineEntry): TimelineEntry {
  return aboutStrand.has(entry.kind) ? { ...entry, data: { ...entry.data, strand: "" } } : entry;
}

/** What users saw stands under “User impact”, in full. */
function toldOnce(entry: TimelineEntry): TimelineEntry {
  return entry.kind === "impact_noticed"
    ? { ...entry, data: { ...entry.data, userImpact: "" } }
    : entry;
}

const aboutStrand: ReadonlySet<TimelineKind> = new Set<TimelineKind>([
  "dissent_recorded",
  "verdict_set",
  "verdict_taken_back",
]);

/** What the bot and people did to the record itself; it stays in the record, and nobody reads it here. */
const housekeeping: ReadonlySet<TimelineKind> = new Set<TimelineKind>([
  "link_made",
  "statement_refused",
  "update_snoozed",
  "owner_reminded",
  "incident_repaired",
  "postmortem_attached",
]);

/** These are of the past whenever they are recorded. */
const ofThePast: ReadonlySet<TimelineKind> = new Set<TimelineKind>([
  "onset_estimated",
  "change_found",
]);

const lateMs = 60 * 60 * 1000;

/** Said of an entry that was put right, or recorded more than an hour after it happened. */
function afterwards({ entry, original, corrections }: FoldedEntry): string {
  const isLate = original.recordedAt.getTime() - entry.happenedAt.getTime() > lateMs;
  const notes = [
    ...(corrections.length > 0 ? ["corrected later"] : []),
    ...(isLate && !ofThePast.has(entry.kind) ? [`recorded ${utcMinute(original.recordedAt)}`] : []),
  ];
  return notes.length > 0 ? ` (${notes.join(", ")})` : "";
}

function emptyLanes(entries: readonly TimelineEntry[]): string | undefined {
  const empty = laneIds.filter((lane) => !entries.some((entry) => entry.lane === lane));
  if (empty.length === 0) return undefined;
  const words = empty.map((lane) => lowerFirst(lanes[lane]));
  return `Nothing is recorded in ${words.length === 1 ? "this lane" : "these lanes"}: ${listInWords(words)}.`;
}
