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
export function overtaken(changes: MeanwhileChange[], shown?: Shown): Rejection {
  return {
    code: "stale",
    message:
      "Somebody else changed this while your form was open, so nothing was saved. Copy what you wrote, open the form again and look at what stands now.",
    changes,
    ...(shown === undefined ? {} : { shown }),
  };
}

/**
 * What a form showed when it was drawn: a print of each of its fields. A field without one counts as
 * filled in by whoever sent the form.
 */
export type Shown = Readonly<Record<string, string>>;

/** The prints of fields as a form shows them: times to the minute, blank as null. */
export function printsOf(fields: object): Shown {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, printOfField(value)]),
  );
}

/**
 * What a form leads to that corrects something: a field that its sender left as it was shown keeps what
 * stands now, whoever set it. `contested`: fields that its sender and somebody else both changed.
 */
export function mergeFields<Fields extends object>(
  shown: Shown | undefined,
  given: Fields,
  standing: Fields,
): { merged: Fields; contested: (keyof Fields & string)[] } {
  const merged = { ...given };
  const contested: (keyof Fields & string)[] = [];
  for (const field of Object.keys(given) as (keyof Fields & string)[]) {
    const before = shown?.[field];
    if (before === undefined) continue;
    const mine = printOfField(given[field]);
    const now = printOfField(standing[field]);
    if (mine === before) merged[field] = standing[field];
    else if (now !== before && now !== mine) contested.push(field);
  }
  return { merged, contested };
}

/** The rejection of a form with contested fields; `inWords` says what stands in one of them now. Undefined where there is none. */
export function refuseContested<Fields extends object>(
  contested: readonly (keyof Fields & string)[],
  standing: Fields,
  inWords: (field: keyof Fields & string) => string,
): Rejection | undefined {
  if (contested.length === 0) return undefined;
  return overtaken(
    contested.map((field) => ({ by: null, what: inWords(field) })),
    Object.fromEntries(contested.map((field) => [field, printOfField(standing[field])])),
  );
}

/** The ids of a list as a form shows it, for `mergeList`. */
export function printOfList(ids: readonly (string | number)[]): string {
  return ids.join(",");
}

/** A list as it shall stand: what stands now, with what was added to it and taken out of it in the form. */
export function mergeList<Id extends string | number>(
  shown: string | undefined,
  given: readonly Id[],
  standing: readonly Id[],
): Id[] {
  if (shown === undefined) return [...given];
  const before = new Set(shown.split(","));
  const isTakenOut = (id: Id) => before.has(String(id)) && !given.includes(id);
  const added = given.filter((id) => !before.has(String(id)) && !standing.includes(id));
  return [...standing.filter((id) => !isTakenOut(id)), ...added];
}

/** What an answer says, as a short text: equal where a form came back as it was drawn. */
export function printOfAnswer(given: Omit<LayerAnswerInput, "layer" | "seen">): string {
  const { strandNumbers, change, isSourceComplete, standsForAllQuestions } = given;
  const { rulesOut, sentence, evidenceNumbers } = given;
  const ticks = [isSourceComplete, standsForAllQuestions, rulesOut, given.isBeyondTelling ?? false];
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

/** The same of any field: equal where people read the same in it. */
function printOfField(value: unknown): string {
  return print(readable(value));
}

function readable(value: unknown): unknown {
  if (value instanceof Date) return Math.floor(value.getTime() / 60_000);
  if (typeof value === "string") return value.trim() || null;
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, readable(inner)]);
}

/** FNV-1a over the value as JSON, 32 bits in base 36: seven characters, so that eleven of them fit into a form's metadata. */
function print(value: unknown): string {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(value)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
