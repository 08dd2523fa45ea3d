import type { TimelineEntry } from "#src/domain/timeline.ts";
import { type Lane, lanes } from "#src/domain/vocabulary.ts";
import { listInWords } from "#src/domain/words.ts";
import { table } from "#src/documents/github-markdown.ts";
import { utcMinute } from "#src/documents/times.ts";
import { timelineSentence } from "#src/documents/timeline-sentence.ts";
import { lowerFirst } from "#src/documents/words.ts";
import type { Section } from "./section.ts";

const laneIds = Object.keys(lanes) as Lane[];

/** B11.4: every entry in the order in which it happened, with its lane; which lanes are empty is said. */
export const timeline: Section = {
  title: "Timeline",
  render: ({ timeline: entries, names }) => {
    if (entries.length === 0) return undefined;
    const rows = entries
      .toSorted(byTime)
      .map((entry) => [
        utcMinute(entry.happenedAt),
        lanes[entry.lane],
        timelineSentence(entry, names),
      ]);
    return [emptyLanes(entries), table(["When (UTC)", "Lane", "What happened"], rows)]
      .filter((part) => part !== undefined)
      .join("\n\n");
  },
};

/** What happened first comes first; what happened at once stands in the order of recording. */
function byTime(a: TimelineEntry, b: TimelineEntry): number {
  return a.happenedAt.getTime() - b.happenedAt.getTime() || a.sequence - b.sequence;
}

function emptyLanes(entries: TimelineEntry[]): string | undefined {
  const empty = laneIds.filter((lane) => !entries.some((entry) => entry.lane === lane));
  if (empty.length === 0) return undefined;
  return `Nothing is recorded in these lanes: ${listInWords(empty.map((lane) => lowerFirst(lanes[lane])))}.`;
}
