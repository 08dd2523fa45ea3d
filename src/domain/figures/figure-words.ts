import { listInWords } from "#src/domain/words.ts";
import type { ArmReading } from "./arm-readings.ts";
import type { Counts } from "./figures.ts";

/** "9 of 20". */
export function countsInWords({ n, fails }: Counts): string {
  return `${fails} of ${n}`;
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
    : `About ${n} runs of each ${of} would decide if the rates stay as they are.`;
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
