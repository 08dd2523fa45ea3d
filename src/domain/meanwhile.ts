import type { LayerAnswerInput, RowInput } from "./inputs.ts";
import type { UserId } from "./person.ts";
import type { MeanwhileChange, Rejection } from "./rejection.ts";
import type { TimelineEntry } from "./timeline.ts";

// Two people at once: a form carries the newest timeline entry of when it was drawn. Where somebody else
// has changed the same thing since, the second form is not saved over it: its sender sees both.

/** A timeline entry that came after the form was drawn. */
export type LaterEntry = Pick<TimelineEntry, "kind" | "actor" | "data">;

/** What somebody else than `me` changed of what `isMeant`, in the order in which it happened; at most the newest ten. */
export function changesByOthers(
  later: readonly LaterEntry[],
  me: UserId,
  isMeant: (entry: LaterEntry) => boolean,
  inWords: (entry: LaterEntry) => string,
): MeanwhileChange[] {
  return later
    .filter((entry) => entry.actor !== me && isMeant(entry))
    .slice(-10)
    .map((entry) => ({ by: entry.actor, what: inWords(entry) }));
}

/** The rejection of a form that somebody overtook: it is drawn anew with these changes beside what was typed. */
export function overtaken(changes: MeanwhileChange[]): Rejection {
  return {
    code: "stale",
    message:
      "Somebody else changed this while your form was open, so nothing was saved. Copy what you wrote, open the form again and look at what stands now.",
    changes,
  };
}

/** What an answer says, as a short text: equal where a form came back as it was drawn. */
export function printOfAnswer(given: Omit<LayerAnswerInput, "layer" | "seen">): string {
  const { strandNumbers, change, isSourceComplete, standsForAllQuestions } = given;
  const { rulesOut, sentence, evidenceNumbers } = given;
  const ticks = [isSourceComplete, standsForAllQuestions, rulesOut];
  return print([strandNumbers, change, ticks, sentence, evidenceNumbers.toSorted((a, b) => a - b)]);
}

/** The same of an answer to an opposing question. */
export function printOfRow(given: Omit<RowInput, "row" | "seen">): string {
  const { reading, pointsTo, sentence, evidenceNumbers } = given;
  return print([reading, pointsTo, sentence, evidenceNumbers.toSorted((a, b) => a - b)]);
}

/** The same of a text of its own; blank where there is none. */
export function printOfText(text: string | undefined): string {
  return text === undefined ? blankPrint : print(text);
}

/** What a field shows that nobody has filled in yet. */
export const blankPrint = "-";

/** FNV-1a over the value as JSON, 32 bits in base 36: seven characters, so that eleven of them fit into a form's metadata. */
function print(value: unknown): string {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(value)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
