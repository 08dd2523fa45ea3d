import type { SandboxMessage, SandboxState } from "#sandbox/protocol.ts";
import type { Expectation, Step } from "#sandbox/scenario.ts";
import { firstLine, plain } from "./blocks.ts";
import { scenarioId } from "./items.ts";
import { type Got, judge } from "./judge.ts";
import { closeForms } from "./person.ts";
import type { Deed, Stage, Typed } from "./stage.ts";

/** A step as it went, in the scenario's ids. */
export interface StepResult {
  n: number;
  do: string;
  actor: string;
  /** What was typed, pressed and filled in, in order. */
  typed: Typed[];
  expected: Expectation;
  /** Absent where the step was not played. */
  got?: Got;
  /** Whether it came as expected; absent where the step was not played. */
  ok?: boolean;
  /** Why it was not played, or in what it differs from what was expected. */
  reason?: string;
  /** What the bot has posted since the step before, by its own pace: "#inc-1: first line". */
  posts: string[];
  /** How long the person was busy with it, in milliseconds. */
  ms: number;
}

/** Plays one step, at its time, and judges what came of it. Throws only where the sandbox itself is gone. */
export async function playStep(stage: Stage, step: Step, deed: Deed): Promise<StepResult> {
  const started = performance.now();
  stage.typed = [];
  if (step.at !== undefined) await stage.setTime(step.at);
  const got = inScenarioIds(stage, await answerTo(stage, step, deed));
  await closeForms(stage, step.actor);
  const { ok, why } = judge(step.expect, got);
  return {
    ...bareStep(step),
    typed: stage.typed,
    got,
    ok,
    ...(ok ? {} : { reason: why }),
    ms: Math.round(performance.now() - started),
  };
}

async function answerTo(stage: Stage, step: Step, deed: Deed): Promise<Got> {
  try {
    return await deed(stage, step.actor, step.with);
  } catch (error) {
    // Whoever is stuck has got no answer, and that is what is written down. The sandbox tells in a
    // plain Error what cannot be pressed; a TypeError is a bug of ours or a sandbox that is gone.
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    return { result: "nothing", rules: [], missing: [], sentence: error.message };
  }
}

function inScenarioIds(stage: Stage, got: Got): Got {
  const all = (ids: string[]) => ids.map((id) => scenarioId(stage, id));
  return {
    ...got,
    missing: all(got.missing),
    ...(got.missingByRule
      ? {
          missingByRule: Object.fromEntries(
            Object.entries(got.missingByRule).map(([rule, ids]) => [rule, all(ids)]),
          ),
        }
      : {}),
  };
}

/** A step that was not played. */
export function bareStep(step: Step): Omit<StepResult, "got" | "ok" | "reason"> {
  const { n, actor, expect } = step;
  return { n, do: step.do, actor, typed: [], expected: expect, posts: [], ms: 0 };
}

/** Tells, each time it is asked, what was posted since it was asked last. */
export function newsOf(stage: Stage, before: SandboxState): (state: SandboxState) => string[] {
  const keyOf = ({ channel, ts }: SandboxMessage) => `${channel} ${ts}`;
  const seen = new Set(before.messages.map(keyOf));
  const handles = new Map([...stage.world.userIds].map(([handle, id]) => [id, handle]));
  return ({ messages, channels }) =>
    messages
      .filter((message) => !seen.has(keyOf(message)))
      .map((message) => {
        seen.add(keyOf(message));
        const channel = channels.find(({ id }) => id === message.channel);
        const reader = channel?.memberIds.find((id) => handles.has(id)) ?? "";
        // an incident's channel is known by its number: #inc-1
        const name = /^inc-\d+/.exec(channel?.name ?? "")?.[0] ?? channel?.name;
        const where = channel?.isDirect ? `@${handles.get(reader)}` : `#${name}`;
        const text = message.text
          .replaceAll(/<@([A-Z0-9]+)>/g, (_, id: string) => `@${handles.get(id) ?? id}`)
          .replace(/^(?:Incident|Drill) \d+ \([^)]*\): /, "");
        return `${where}: ${firstLine(plain(text))}`;
      });
}
