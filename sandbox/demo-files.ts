import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { SandboxChannel, SandboxState } from "./protocol.ts";
import type { Scenario } from "./scenario.ts";
import type { StepResult } from "./play/step.ts";
import type { World } from "./play/world.ts";

/** What a play leaves behind, by file name: texts, and arrays for JSON (ARCHITECTURE.md, "npm run demo"). */
export function filesOf(
  played: { steps: readonly StepResult[]; state: SandboxState },
  scenario: Scenario,
  world: World,
): Record<string, string> {
  const { steps, state } = played;
  const postmortem = postmortemOf(state);
  const attribution = fileOf(state, ".attribution.json");
  return {
    ...(postmortem === undefined ? {} : { "postmortem.md": postmortem }),
    ...(attribution === undefined ? {} : { "attribution.json": attribution }),
    "transcript.json": json(transcriptOf(state, world)),
    "issues.json": json(state.issues),
    "verdicts.json": json(verdictsOf(postmortem, scenario)),
    "refusals.json": json(refusalsOf(steps)),
    "steps.json": json(steps.map(stepRecord)),
  };
}

/** Writes them into a folder, made where it is missing, in place of what an earlier play left there. */
export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await rm(join(folder, "postmortem.md"), { force: true });
  await rm(join(folder, "attribution.json"), { force: true });
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)),
  );
}

/** The postmortem as the pull request proposes it; undefined where there is none. */
export function postmortemOf(state: SandboxState): string | undefined {
  return fileOf(state, ".md");
}

function fileOf(state: SandboxState, ending: string): string | undefined {
  return state.pullRequests
    .flatMap((pull) => Object.entries(pull.files))
    .find(([path]) => path.endsWith(ending))?.[1];
}

/** Who wrote what where, in order; for what only one person sees, who that is. */
function transcriptOf(state: SandboxState, world: World): unknown[] {
  const handles = new Map([...world.userIds].map(([handle, id]) => [id, handle]));
  handles.set(world.seed.bot.userId, world.seed.bot.name);
  const nameOf = (id: string) => handles.get(id) ?? id;
  const channels = new Map(state.channels.map((channel) => [channel.id, channel]));
  return [...state.messages, ...state.ephemerals]
    .toSorted((a, b) => Number(a.ts) - Number(b.ts))
    .map((message) => ({
      ts: message.ts,
      channel: channelName(channels.get(message.channel), message.channel, world, nameOf),
      user: nameOf(message.user),
      text: message.text,
      blocks: message.blocks,
      thread: message.threadTs ?? null,
      seen_by: message.onlyFor === undefined ? null : nameOf(message.onlyFor),
    }));
}

function channelName(
  channel: SandboxChannel | undefined,
  id: string,
  world: World,
  nameOf: (id: string) => string,
): string {
  if (!channel) return id;
  if (!channel.isDirect) return `#${channel.name}`;
  const others = channel.memberIds.filter((member) => member !== world.seed.bot.userId);
  return others.map((member) => `@${nameOf(member)}`).join(", ");
}

interface FrontMatter {
  strands?: { id: string; verdicts?: Record<string, unknown>[] }[];
}

/** The verdicts of the postmortem's front matter, one entry each, by the scenario's strand. */
export function verdictsOf(postmortem: string | undefined, scenario: Scenario): unknown[] {
  const yaml = /^---\n([\s\S]*?)\n---/.exec(postmortem ?? "")?.[1];
  if (yaml === undefined) return [];
  const matter = parse(yaml) as FrontMatter;
  return (matter.strands ?? []).flatMap(({ id, verdicts }, index) =>
    (verdicts ?? []).map((verdict) => ({ strand: scenario.strands[index]?.id ?? id, ...verdict })),
  );
}

/** What was refused, of the steps that were played. */
export function refusalsOf(steps: readonly StepResult[]): unknown[] {
  return steps.flatMap(({ n, actor, got }) =>
    got?.result === "refused"
      ? [{ step: n, actor, rules: got.rules, missing: got.missing, sentence: got.sentence }]
      : [],
  );
}

function stepRecord(step: StepResult): unknown {
  const { n, actor, expected, got, ok, reason } = step;
  return {
    n,
    do: step.do,
    actor,
    typed: step.typed.map(({ how, what }) => `${how} ${what}`),
    expected,
    ...(got === undefined ? {} : { got }),
    ...(ok === undefined ? {} : { ok }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
