import type { AttributionFile } from "#src/domain/attribution-file/format.ts";
import type { UserId } from "#src/domain/person.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import { foldTimeline } from "#src/domain/timeline-fold.ts";
import { canonicalJson, type Sha256 } from "./canonical.ts";

type FileEntry = AttributionFile["timeline"][number];
type Data = TimelineEntry["data"];

/**
 * The timeline as a chain: each hash is over the entry as the file has it and the hash before. The chain
 * of the service's record cannot be told here, since it is made over Slack ids and over words that were
 * taken out; its hashes stand beside, for whoever has that record. `until`: the last entry that the state
 * beside it knows of. A later one would contradict the file; what it takes out stays out all the same.
 */
export function chainOf(
  timeline: readonly TimelineEntry[],
  until: number,
  nameOf: (userId: UserId) => string,
  sha256: Sha256,
): FileEntry[] {
  const shown = shownData(timeline);
  let previous = "";
  return timeline
    .filter(({ sequence }) => sequence <= until)
    .toSorted((a, b) => a.sequence - b.sequence)
    .map((entry) => {
      const data = shown.get(entry.sequence) ?? null;
      const content = {
        sequence: entry.sequence,
        lane: entry.lane,
        kind: entry.kind,
        happened_at: entry.happenedAt.toISOString(),
        recorded_at: entry.recordedAt.toISOString(),
        actor: nameOf(entry.actor),
        data: data && withPeople(data, nameOf),
        record_hash: entry.hash,
        previous_hash: previous,
      };
      previous = sha256(canonicalJson(content));
      return { ...content, hash: previous };
    });
}

/** The entries whose hash does not follow from what stands before them, in sentences; empty where the chain holds. */
export function chainFaults(timeline: readonly FileEntry[], sha256: Sha256): string[] {
  let previous = "";
  for (const [index, { hash, ...content }] of timeline.entries()) {
    if (content.sequence !== index + 1) {
      return [
        `The timeline has a gap: entry ${content.sequence} stands where entry ${index + 1} belongs.`,
      ];
    }
    if (content.previous_hash !== previous || sha256(canonicalJson(content)) !== hash) {
      return [
        `The timeline was changed: entry ${content.sequence} (${content.kind.replaceAll("_", " ")}, ${content.recorded_at}) does not follow from the one before.`,
      ];
    }
    previous = hash;
  }
  return [];
}

/** What an entry says today, by sequence: nothing where it was taken out, and no words that were put right. */
function shownData(timeline: readonly TimelineEntry[]): Map<number, Data> {
  const shown = new Map<number, Data>();
  for (const { entry, original, corrections, withdrawal } of foldTimeline(timeline)) {
    if (!withdrawal) shown.set(original.sequence, entry.data);
    for (const { sequence, data } of corrections) {
      shown.set(sequence, { entry: data["entry"] ?? null });
    }
  }
  for (const { sequence, kind, data } of timeline) {
    if (kind === "entry_withdrawn") shown.set(sequence, { entry: data["entry"] ?? null });
  }
  return shown;
}

/** Where only Slack ids stand, which say nothing outside of Slack. */
const slackOnly = ["channelId", "group", "source"];

function withPeople(data: Data, nameOf: (userId: UserId) => string): Data {
  const entries = Object.entries(data)
    .filter(([key]) => !slackOnly.includes(key))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      typeof value === "string" ? nameOf(value as UserId) : value,
    ]),
  );
}
