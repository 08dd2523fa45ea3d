import { inline } from "#src/documents/github-markdown.ts";
import { duration, utcTime } from "#src/documents/times.ts";
import { saidLast } from "#src/documents/words.ts";
import { evidenceList } from "./evidence-line.ts";
import type { Section } from "./section.ts";

/** B11.3: what users saw and were promised, and the rates that were measured by cohort. */
export const userImpact: Section = {
  title: "User impact by cohort",
  render: ({ state: { incident, evidence } }) => {
    const { userImpact: seen, promiseBroken, onsetAt, closedAt, recoveredAt } = incident;
    const rates = evidence.filter(({ kind }) => kind === "E5");
    if (!seen && !promiseBroken && rates.length === 0) {
      return "What users saw is not recorded, and no rate was measured by cohort.";
    }
    const until = recoveredAt ?? closedAt;
    return [
      [
        ...(seen ? [`What users saw, as reported and not measured: ${saidLast(seen)}`] : []),
        ...(promiseBroken ? [`What they were promised: ${saidLast(promiseBroken)}`] : []),
        ...(onsetAt && until
          ? [
              `It lasted ${duration(onsetAt, until)} at most, from the estimated onset on ${inline(utcTime(onsetAt))} to the end of the ${recoveredAt ? "recovery" : "response"}.`,
            ]
          : []),
      ].join(" "),
      rates.length > 0
        ? `Measured by cohort:\n\n${evidenceList(rates)}`
        : "No rate was measured by cohort.",
    ]
      .filter((part) => part !== "")
      .join("\n\n");
  },
};
