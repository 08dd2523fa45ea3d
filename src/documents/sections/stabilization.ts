import type { IncidentState, LeverUse } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { leverWords } from "#src/domain/lever-use.ts";
import { capacities } from "#src/domain/vocabulary.ts";
import { inline } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { duration, utcTime } from "#src/documents/times.ts";
import { lowerFirst, nameOf, said, saidLast, sentence } from "#src/documents/words.ts";
import type { Section } from "./section.ts";

/** B11.11, 3.13: every lever with who authorized it, what it gave up and what became of it. A lever that helped is no proof of a cause (R8). */
export const stabilization: Section = {
  title: "Stabilization and recovery",
  render: ({ state, names }) =>
    [lead(state), ...state.levers.map((use) => leverPart(use, names)), recovery(state)].join(
      "\n\n",
    ),
};

function lead({ levers, incident }: IncidentState): string {
  if (levers.length > 0) {
    return "A lever is a measure that limits the harm. That it helped says nothing about what broke.";
  }
  return incident.noLeverNeededWhy
    ? `No lever was needed: ${saidLast(incident.noLeverNeededWhy)}`
    : "No lever was recorded.";
}

function recovery({ incident }: IncidentState): string {
  return incident.recoveredAt
    ? `Recovery was reached on ${utcTime(incident.recoveredAt)}.`
    : "When users were no longer affected is not recorded.";
}

function leverPart(use: LeverUse, names: Names): string {
  const { number, layer, tradeoff, revertCondition, scope, savedFirst } = use;
  return [
    `### Lever ${number}: ${inline(leverWords(use))}\n`,
    `- **Authorized by:** ${nameOf(names, use.authorizer)}${capacityWords(use.capacity)}, ${authorization(use.state, use.answeredAt)}; recorded by ${nameOf(names, use.recorder)}`,
    ...secondLine(use, names),
    `- **In force:** ${inForce(use)}`,
    `- **Layer it acts on:** ${layers[layer].label}`,
    `- **Given up:** ${inline(tradeoff)}`,
    ...(use.cannotBeUndone ? ["- **It cannot be undone.**"] : []),
    `- **Did the harm stop:** ${harm(use, names)}`,
    `- **To be taken back when:** ${inline(revertCondition)}${condition(use, names)}`,
    ...(scope ? [`- **Scope:** ${inline(scope)}`] : []),
    `- **Evidence saved first:** ${savedFirst ? inline(savedFirst) : "nothing recorded"}`,
    `- **What became of it:** ${fate(use, names)}`,
  ].join("\n");
}

function capacityWords(capacity: LeverUse["capacity"]): string {
  return capacity ? ` (${lowerFirst(capacities[capacity])})` : "";
}

function authorization(state: LeverUse["state"], answeredAt: Date | null): string {
  if (state === "claimed") return "as the recorder claims; never confirmed";
  return `${state === "confirmed" ? "confirmed" : "**declined**"}${answeredAt ? ` on ${utcTime(answeredAt)}` : ""}`;
}

/** B6: the second person where there is one, or why there was none. */
function secondLine(use: LeverUse, names: Names): string[] {
  if (use.secondAuthorizer) {
    const state = authorization(use.secondState ?? "claimed", use.secondAnsweredAt);
    return [
      `- **And by:** ${nameOf(names, use.secondAuthorizer)}${capacityWords(use.secondCapacity)}, ${state}`,
    ];
  }
  return use.noSecondWhy ? [`- **Why nobody else:** ${sentence(use.noSecondWhy)}`] : [];
}

/** B5: the signal that had to move, and whether somebody saw it move. */
function harm(use: LeverUse, names: Names): string {
  if (!use.harmSignal) return "no signal was named that would have shown it";
  const signal = said(use.harmSignal);
  if (use.hasHarmMoved === null) return `nobody has looked whether ${signal} moved`;
  const who = use.harmSeenBy ? `, seen by ${nameOf(names, use.harmSeenBy)}` : "";
  const when = use.harmSeenAt ? ` on ${utcTime(use.harmSeenAt)}` : "";
  return `${signal} ${use.hasHarmMoved ? "moved" : "**did not move**"}${who}${when}`;
}

function condition({ conditionMetAt, conditionMetBy }: LeverUse, names: Names): string {
  if (!conditionMetAt) return "";
  const who = conditionMetBy ? `, says ${nameOf(names, conditionMetBy)}` : "";
  return ` (this came on ${utcTime(conditionMetAt)}${who})`;
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
