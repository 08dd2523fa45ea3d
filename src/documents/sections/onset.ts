import type { IncidentState } from "#src/domain/incident.ts";
import { listInWords } from "#src/domain/words.ts";
import { duration, utcTime } from "#src/documents/times.ts";

/**
 * What is known of the beginning where nobody estimated the onset of the whole: the strands whose window
 * begins first, and how long before it was noticed that was. Undefined where no window is recorded either.
 */
export function earliestWindows(
  state: IncidentState,
): { who: string; from: Date; sentence: string } | undefined {
  const { incident, strands } = state;
  const dated = strands
    .flatMap(({ number, windowFrom }) => (windowFrom ? [{ number, from: windowFrom }] : []))
    .toSorted((a, b) => a.from.getTime() - b.from.getTime());
  const [first] = dated;
  if (!first) return undefined;
  const { from } = first;
  const same = dated.filter((one) => one.from.getTime() === from.getTime());
  const numbers = listInWords(same.map(({ number }) => String(number)));
  const who = strands.length === 1 ? "it" : `strand${same.length > 1 ? "s" : ""} ${numbers}`;
  const sentence =
    strands.length === 1
      ? `Nobody estimated when it began; its window is recorded from ${utcTime(from)}, ${toNoticed(incident, from)}.`
      : `Nobody estimated when the whole began. S${who.slice(1)} began on ${utcTime(from)}, ${toNoticed(incident, from)}.`;
  return { who, from, sentence };
}

/** "4 days 6 hours before it was noticed". */
function toNoticed({ noticedAt, declaredAt }: IncidentState["incident"], from: Date): string {
  const seen = noticedAt ?? declaredAt;
  const what = noticedAt ? "it was noticed" : "it was declared";
  return from <= seen
    ? `${duration(from, seen)} before ${what}`
    : `${duration(seen, from)} after ${what}`;
}
