import type { LeverUse } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { leverWords } from "#src/domain/lever-use.ts";
import { inline } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { duration, utcTime } from "#src/documents/times.ts";
import { nameOf, sentence } from "#src/documents/words.ts";
import { notRecorded, type Section } from "./section.ts";

/** B11.11, 3.13: every lever with who authorized it, what it gave up and what became of it. A lever that helped is no proof of a cause (R8). */
export const stabilization: Section = {
  title: "Stabilization and recovery",
  render: ({ state, names }) =>
    [
      state.levers.length > 0
        ? "A lever limits the harm. That it helped says nothing about what broke."
        : "No lever was recorded.",
      ...state.levers.map((use) => leverPart(use, names)),
      "### Recovery criteria and observed values",
      notRecorded,
    ].join("\n\n"),
};

function leverPart(use: LeverUse, names: Names): string {
  const { number, layer, tradeoff, revertCondition, scope, savedFirst } = use;
  return [
    `### Lever ${number}: ${inline(leverWords(use))}\n`,
    `- **Authorized by:** ${nameOf(names, use.authorizer)}, ${authorization(use)}; recorded by ${nameOf(names, use.recorder)}`,
    `- **In force:** ${inForce(use)}`,
    `- **Layer it acts on:** ${layers[layer].label}`,
    `- **Given up:** ${inline(tradeoff)}`,
    `- **To be taken back when:** ${inline(revertCondition)}`,
    ...(scope ? [`- **Scope:** ${inline(scope)}`] : []),
    `- **Evidence saved first:** ${savedFirst ? inline(savedFirst) : "nothing recorded"}`,
    `- **What became of it:** ${fate(use, names)}`,
  ].join("\n");
}

function authorization({ state, answeredAt }: LeverUse): string {
  if (state === "claimed") return "as the recorder claims; never confirmed";
  return `${state === "confirmed" ? "confirmed" : "**declined**"}${answeredAt ? ` on ${utcTime(answeredAt)}` : ""}`;
}

function inForce({ startedAt, endedAt, endedHow }: LeverUse): string {
  if (!endedAt) return `since ${utcTime(startedAt)}, still in force`;
  const from = `from ${utcTime(startedAt)}`;
  return endedHow === "kept"
    ? `${from}, kept for good`
    : `${from} to ${utcTime(endedAt)} (${duration(startedAt, endedAt)})`;
}

function fate({ endedAt, endedHow, endedBy, endedWhy }: LeverUse, names: Names): string {
  if (!endedAt) return "still open";
  const how = endedHow === "kept" ? "kept for good" : "taken back";
  const who = endedBy ? ` by ${nameOf(names, endedBy)}` : "";
  return `${how}${who} on ${utcTime(endedAt)}${endedWhy ? `: ${sentence(endedWhy)}` : ""}`;
}
