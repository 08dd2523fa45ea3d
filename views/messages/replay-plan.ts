import type { Button, SectionBlock } from "@slack/types";
import { promptfooCommands } from "#src/documents/promptfoo-commands.ts";
import { promptfooConfig } from "#src/documents/promptfoo-config.ts";
import { isCounted } from "#src/domain/evidence-weight.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { currentAnswer } from "#src/domain/layer-state.ts";
import { type ArmsToRun, planReplay, type ReplayPlan } from "#src/domain/replay-plan.ts";
import { listInWords } from "#src/domain/words.ts";
import { actions, button, context, escapeMrkdwn, mrkdwn, section } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { countOf, incidentLine, incidentName } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/**
 * `/incident replay plan`: which arms are left to run in a strand (null: the first one that is not decided),
 * how often, with the commands and the configuration to paste; or why none is, and what to do instead
 * (B3.1). `botCommand`: what people type, "/incident".
 */
export function renderReplayPlan(
  state: IncidentState,
  strandNumber: number | null,
  botCommand: string,
): MessageContent {
  const plan = planReplay(state, strandNumber);
  const where = state.strands.length > 1 ? `Strand ${plan.strandNumber}: ` : "";
  const others = otherStrands(state, plan.strandNumber, botCommand);
  const about = [context(incidentLine(state.incident), ...others)];
  const blockId = `replay-plan:S${plan.strandNumber}`;
  if (plan.kind !== "run") {
    const sentence = `${where}${plan.sentence}`;
    return content(mrkdwn`${sentence}`, [
      section(sentence, blockId),
      ...about,
      actions("replay-plan-next", [nextButton(state, plan)]),
    ]);
  }
  const summary = `${where}${summaryOf(plan)}`;
  const commands = promptfooCommands(plan);
  const config = promptfooConfig(plan, {
    title: `${incidentName(state.incident).toLowerCase()}, strand ${plan.strandNumber}`,
    goldenId: `inc-${state.incident.number}-s${plan.strandNumber}`,
    versions: versionsOf(state, plan.strandNumber),
  });
  const parts = codeBlocks(config.yaml);
  const notes = leftOutLines(state, plan);
  return content(mrkdwn`${summary} ${decidesWhen(plan, botCommand)}`, [
    section(summary, blockId),
    section(decidesWhen(plan, botCommand)),
    ...about,
    ...(notes.length > 0 ? [context(...notes)] : []),
    section(
      `1. Save the configuration at the end as replay.yaml and fill in ${countOf(config.placeholders.length, "value")}: each stands in angle brackets, once. Then run this. Exit code 100 only says that some runs failed, which is what you count.`,
    ),
    ...codeBlocks(commands.run),
    section(
      "2. Check that each arm set back what it was to set back. It says “ok” or what is wrong; an arm that is not ok is no evidence.",
    ),
    ...codeBlocks(commands.check),
    section(
      `3. Record the last lines, one for each arm, or give the form the JSON file: I check it the same way${plan.addTo === null ? "" : `. Add them to item ${plan.addTo}: its baseline counts`}.`,
    ),
    actions("replay-plan-next", [nextButton(state, plan)]),
    section(
      parts.length > 1
        ? `replay.yaml, ${parts.length} parts of one file, one below the other:`
        : "replay.yaml:",
    ),
    ...parts,
  ]);
}

/** The form that comes next: the arms that were run, rates by cohort, or the checklist. */
function nextButton({ incident }: IncidentState, { kind, strandNumber }: ReplayPlan): Button {
  const hint = { incidentId: incident.id, strandNumber };
  switch (kind) {
    case "run":
      return button("add-evidence", "Record the replay", encodeHint({ ...hint, word: "E4" }));
    case "cohorts":
      return button("add-evidence", "Record failure rates", encodeHint({ ...hint, word: "E5" }));
    case "nothing":
      return button("checklist", "Checklist", encodeHint(hint));
  }
}

function summaryOf({ arms, runs, base }: ArmsToRun): string {
  const requests = `about ${arms.length * runs} requests`;
  if (base === null) {
    return `First the baseline, ${runs} runs. Then ${countOf(arms.length - 1, "arm")}, ${runs} runs each: ${requests} in all.`;
  }
  const left = arms.length === 1 ? "1 arm is left" : `${arms.length} arms are left`;
  return `${left}, ${runs} runs${arms.length === 1 ? "" : " each"}: ${requests}. ${listInWords(arms.map(({ name }) => name))}.`;
}

function decidesWhen(
  { arms, base, runs, failsNeeded, addTo }: ArmsToRun,
  botCommand: string,
): string {
  const decides = `${failsNeeded} of ${runs} failures against none`;
  if (base === null) {
    return `The arms: ${listInWords(arms.slice(1).map(({ name }) => name))}. Among so many, ${decides} decide. If the baseline fails less often, record it and type ${botCommand} replay plan again: it says how many runs it takes.`;
  }
  const seen = base.isBaseline
    ? `The baseline failed in ${base.fails} of ${base.n} (item ${base.evidenceNumber})`
    : `It fails in ${base.fails} of ${base.n} in the worst group (item ${base.evidenceNumber})`;
  if (arms.some(({ role }) => role === "reverse")) {
    return `${seen}. What recovered is put back alone: if it fails again, it is shown both ways, and can be confirmed.`;
  }
  const anew =
    addTo === null && base.isBaseline
      ? " That was too short to build upon, so all of it runs again."
      : "";
  return arms.every(({ role }) => role !== "override")
    ? `${seen}.${anew}`
    : `${seen}. Among these arms, ${decides} decide.${anew}`;
}

function leftOutLines(state: IncidentState, plan: ArmsToRun): string[] {
  // what recovered is put back: no other arm is missed
  const isMissed = plan.arms.some(({ role }) => role === "override");
  const without = (isMissed ? plan.leftOut : []).map(
    ({ layer, why }) => `${layers[layer].label} (${why})`,
  );
  return [
    ...(without.length > 0 ? [`No arm for ${listInWords(without)}.`] : []),
    ...(hasUnanswered(state, plan)
      ? ["Answer for the layers first: one that is known not to have changed needs no arm."]
      : []),
  ];
}

function hasUnanswered(state: IncidentState, { arms, strandNumber }: ArmsToRun): boolean {
  return arms.some(
    ({ role, layers: own }) =>
      role === "override" &&
      own.some((layer) => currentAnswer(state, strandNumber, layer) === undefined),
  );
}

function otherStrands(state: IncidentState, shown: number, botCommand: string): string[] {
  const [first] = state.strands.filter(({ number }) => number !== shown);
  return first ? [`For another strand, type ${botCommand} replay plan ${first.number}.`] : [];
}

/** The newest version differences of the strand, three of them: they name the versions that have to be filled in. */
function versionsOf({ evidence }: IncidentState, strandNumber: number): EvidenceItem[] {
  return evidence
    .filter(
      (item) => item.kind === "E1" && isCounted(item) && item.strandNumbers.includes(strandNumber),
    )
    .slice(-3);
}

/** With its fences and what Slack escapes it stays below the 3,000 characters of a section. */
const codeAtMost = 2_900;

/** The text as blocks of code, cut where it can be: at a key that is not indented, else at an item of a list. */
function codeBlocks(text: string): SectionBlock[] {
  const places = [/\n(?=[a-z]\w*:)/, /\n(?= {2}- )/, /\n/];
  return cut(text.trimEnd(), places).map((part) => section(mrkdwn`${"```"}\n${part}\n${"```"}`));
}

function cut(text: string, [place, ...finer]: readonly RegExp[]): string[] {
  if (sizeOf(text) <= codeAtMost || place === undefined) return [text];
  const parts: string[] = [];
  for (const piece of text.split(place)) {
    const last = parts.at(-1);
    if (last !== undefined && sizeOf(`${last}\n${piece}`) <= codeAtMost) {
      parts[parts.length - 1] = `${last}\n${piece}`;
    } else {
      parts.push(...cut(piece, finer));
    }
  }
  return parts;
}

function sizeOf(text: string): number {
  return escapeMrkdwn(text).length;
}
