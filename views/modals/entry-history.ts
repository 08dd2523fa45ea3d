import type { KnownBlock } from "@slack/types";
import { type FoldedEntry, wordsKey } from "#src/domain/timeline-fold.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import { isLane, lanes } from "#src/domain/vocabulary.ts";
import {
  context,
  dateTime,
  divider,
  mention,
  mrkdwn,
  type Mrkdwn,
  section,
} from "#views/block-kit.ts";
import { countOf } from "#views/words.ts";

/** How many corrections are shown whole; earlier ones are counted. */
const shownAtMost = 10;

/** How an entry came to read as it does: as it was recorded, then every correction; empty where nothing was changed. */
export function entryHistory({ original, corrections, withdrawal }: FoldedEntry): KnownBlock[] {
  if (corrections.length === 0 && withdrawal === null) {
    return [
      context(mrkdwn`Recorded ${dateTime(original.recordedAt)} by ${mention(original.actor)}.`),
    ];
  }
  const shown = corrections.slice(-shownAtMost);
  const hidden = corrections.length - shown.length;
  const key = wordsKey(original.kind);
  return [
    divider(),
    context(
      mrkdwn`Recorded ${dateTime(original.recordedAt)} by ${mention(original.actor)}: happened ${dateTime(original.happenedAt)}, ${lanes[original.lane]}.`,
    ),
    ...(key === undefined || shown.every(({ data }) => typeof data["text"] !== "string")
      ? []
      : [section(String(original.data[key] ?? ""))]),
    ...(hidden > 0 ? [context(`${countOf(hidden, "earlier correction")} not shown here.`)] : []),
    ...shown.flatMap(correctionBlocks),
    ...(withdrawal ? [withdrawalBlock(withdrawal)] : []),
  ];
}

function correctionBlocks({ actor, recordedAt, data }: TimelineEntry): KnownBlock[] {
  const { happenedAt, lane, text, reason } = data;
  const at =
    typeof happenedAt === "string"
      ? mrkdwn`: happened ${dateTime(new Date(happenedAt))}`
      : mrkdwn``;
  const about = typeof lane === "string" && isLane(lane) ? `, ${lanes[lane]}` : "";
  return [
    context(
      mrkdwn`Corrected ${dateTime(recordedAt)} by ${mention(actor)}${at}${about}.${why(reason)}`,
    ),
    ...(typeof text === "string" ? [section(text)] : []),
  ];
}

function withdrawalBlock({ actor, recordedAt, data }: TimelineEntry): KnownBlock {
  return context(
    mrkdwn`Taken out ${dateTime(recordedAt)} by ${mention(actor)}.${why(data["reason"])}`,
  );
}

function why(reason: unknown): Mrkdwn {
  return typeof reason === "string" ? mrkdwn` Why: ${reason}` : mrkdwn``;
}
