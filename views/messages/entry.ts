import type { IncidentState } from "#src/domain/incident.ts";
import { isSameMinute } from "#src/domain/past-time.ts";
import type { FoldedEntry } from "#src/domain/timeline-fold.ts";
import { lanes } from "#src/domain/vocabulary.ts";
import { AppError } from "#src/lib/errors.ts";
import {
  context,
  dateTime,
  joinMrkdwn,
  mention,
  mrkdwn,
  type Mrkdwn,
  section,
} from "#views/block-kit.ts";
import { entrySentence } from "#views/timeline-words.ts";
import { incidentReference } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** One entry of the timeline as a line in the channel: what happened first, then who says so and when. */
export function renderEntry(state: IncidentState, folded: FoldedEntry | undefined): MessageContent {
  if (!folded) throw new AppError("not_in_state", "An entry's message came without its entry.");
  const { entry, withdrawal } = folded;
  const blockId = `entry:${entry.sequence}`;
  const subject = incidentReference(state.incident);
  if (withdrawal) {
    const gone = mrkdwn`${mention(withdrawal.actor)} took this out of the timeline.`;
    return content(mrkdwn`${subject}: ${gone}`, [section(gone, blockId)]);
  }
  const text = mrkdwn`${subject}: ${entrySentence(entry)}`;
  const facts = context(joinMrkdwn(factsOf(folded), " · "));
  if (entry.kind === "update_posted") {
    const by = context(mrkdwn`Update by ${mention(entry.actor)}`);
    return content(text, [section(String(entry.data["text"] ?? ""), blockId), by]);
  }
  // a note is what somebody wrote, so it stands as it was written
  return entry.kind === "note_added"
    ? content(text, [section(String(entry.data["text"] ?? ""), blockId), facts])
    : content(text, [section(entrySentence(entry), blockId), ...(isPlain(folded) ? [] : [facts])]);
}

/** Whether there is nothing to say beside the sentence: it names who did it, and it happened just now. */
function isPlain({ entry, corrections }: FoldedEntry): boolean {
  return corrections.length === 0 && isSameMinute(entry.happenedAt, entry.recordedAt);
}

function factsOf({ entry, corrections }: FoldedEntry): Mrkdwn[] {
  const isNote = entry.kind === "note_added";
  const by = corrections.at(-1);
  return [
    ...(isNote ? [mrkdwn`Noted by ${mention(entry.actor)} under “${lanes[entry.lane]}”`] : []),
    ...(isSameMinute(entry.happenedAt, entry.recordedAt)
      ? []
      : [mrkdwn`${isNote ? "happened" : "Happened"} ${dateTime(entry.happenedAt)}`]),
    ...(by ? [mrkdwn`corrected by ${mention(by.actor)}`] : []),
  ];
}
