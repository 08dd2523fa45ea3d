import { listInWords } from "#src/domain/words.ts";
import type { ArmReading } from "./arm-readings.ts";
import type { Arm, Counts } from "./figures.ts";

/** "9 of 20", "48 of 20,000". */
export function countsInWords({ n, fails }: Counts): string {
  return `${grouped(fails)} of ${grouped(n)}`;
}

/** "20,000": thousands with a comma, as every number of a message. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** "p .0155", as papers write it; "p below .0001" where more places say nothing. */
export function pInWords(p: number): string {
  if (p < 0.0001) return "p below .0001";
  if (p >= 0.99995) return "p 1";
  return `p ${p.toFixed(4).replace(/^0/, "")}`;
}

/** What would decide: "About 31 runs of each arm would decide."; where no number would, that. */
export function decidingInWords(n: number | null, of: string): string {
  return n === null
    ? "The rates are so close that even a million runs would not decide."
    : `About ${grouped(n)} runs of each ${of} would decide if the rates stay as they are.`;
}

/** Arms beside what they are compared with: "effort high 2 of 20 (p .0155, adjusted .0464) against 9 of 20 at the baseline". */
export function armsInWords(arms: readonly ArmReading[], against: Counts, where: string): string {
  const each = arms.map((arm) => {
    const adjusted =
      arm.adjusted === null ? "" : `, adjusted ${pInWords(arm.adjusted).replace(/^p /, "")}`;
    return `${arm.name} ${countsInWords(arm)} (${pInWords(arm.p ?? 1)}${adjusted})`;
  });
  return `${listInWords(each)} against ${countsInWords(against)} ${where}`;
}

/** What every override is taken to be (R8): a change forward has no place among them. Empty where there is none. */
export function setBackWords(arms: readonly Pick<Arm, "role">[]): string {
  const count = arms.filter(({ role }) => role === "override").length;
  if (count === 0) return "";
  if (count === 1) return "The override is set back to its last known good value.";
  return `${count === 2 ? "Both" : `All ${count}`} overrides are set back to their last known good value.`;
}
