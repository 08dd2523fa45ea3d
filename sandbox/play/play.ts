import { setTimeout as pause } from "node:timers/promises";
import type { SandboxControl, SandboxState } from "#sandbox/protocol.ts";
import type { Expectation, Scenario, Step } from "#sandbox/scenario.ts";
import { whyNotPlayed } from "./builds-on.ts";
import { deeds } from "./deeds.ts";
import { scenarioId } from "./items.ts";
import { type Got, judge } from "./judge.ts";
import { closeForms } from "./person.ts";
import { type Deed, newStage, type Stage, StuckError, type Typed, waitFor } from "./stage.ts";
import { worldOf } from "./world.ts";

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
  /** How long the person was busy with it, in milliseconds. */
  ms: number;
}

export interface PlayResult {
  steps: StepResult[];
  /** What Slack and GitHub hold at the end, when nothing moves any more. */
  state: SandboxState;
}

export interface PlayOptions {
  control: SandboxControl;
  scenario: Scenario;
  /** Told before a step is played. */
  onStart?: (step: Step) => void;
  /** Told after each step, played or not. */
  onStep?: (result: StepResult) => void;
  /** How long a person waits for one thing, in milliseconds; default a minute. */
  patienceMs?: number;
}

/**
 * Plays a scenario as its people, through the same commands, buttons and forms as everybody, reading
 * only what Slack and GitHub received (scenarios/README.md, "Playing"). A step that does not come as
 * expected does not stop the play. Throws only where the sandbox itself is gone.
 */
export async function playScenario(options: PlayOptions): Promise<PlayResult> {
  const { control, scenario, onStart, onStep } = options;
  const stage = newStage({
    control,
    scenario,
    world: worldOf(scenario, []),
    ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
  });
  const steps: StepResult[] = [];
  const notPlayed = new Set<number>();
  for (const step of scenario.steps) {
    const reason = whyNotPlayed(step, scenario, (kind) => Object.hasOwn(deeds, kind), notPlayed);
    if (reason === undefined) onStart?.(step);
    else notPlayed.add(step.n);
    const deed = deeds[step.do];
    const result =
      reason === undefined && deed
        ? await playStep(stage, step, deed)
        : { ...bare(step), ms: 0, reason: reason ?? "" };
    steps.push(result);
    onStep?.(result);
  }
  return { steps, state: await untilQuiet(stage, steps) };
}

async function playStep(stage: Stage, step: Step, deed: Deed): Promise<StepResult> {
  const started = performance.now();
  stage.typed = [];
  if (step.at !== undefined) await stage.control.setClock({ now: step.at });
  const got = inScenarioIds(stage, await answerTo(stage, step, deed));
  await closeForms(stage, step.actor);
  const { ok, why } = judge(step.expect, got);
  return {
    ...bare(step),
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

function bare(step: Step): Pick<StepResult, "n" | "do" | "actor" | "typed" | "expected"> {
  return { n: step.n, do: step.do, actor: step.actor, typed: [], expected: step.expect };
}

/** What follows the answers comes later: everybody waits for the links, and until nothing moves. */
async function untilQuiet(stage: Stage, steps: readonly StepResult[]): Promise<SandboxState> {
  const isClosed = steps.some((step) => step.do === "close" && step.got?.result === "accepted");
  const actions = stage.items.action.recorded.length;
  const missesLinks = (state: SandboxState) => {
    const texts = JSON.stringify(state.messages);
    const urls = [...state.issues, ...state.pullRequests].map(({ url }) => url);
    return (
      state.issues.length < actions ||
      (isClosed && state.pullRequests.length === 0) ||
      !urls.every((url) => texts.includes(url))
    );
  };
  const linksMs = Math.min(stage.patienceMs, 30_000);
  await waitFor(stage, "links", (state) => !missesLinks(state) || undefined, linksMs).catch(
    // missing links show in what is written, and in the comparison with another run
    (error: unknown) => {
      if (!(error instanceof StuckError)) throw error;
    },
  );
  const deadline = Date.now() + quietAtMostMs;
  let last = "";
  let since = Date.now();
  for (;;) {
    const state = await stage.control.state();
    const now = JSON.stringify([state.channels, state.messages, state.issues, state.pullRequests]);
    if (now !== last) since = Date.now();
    last = now;
    if (Date.now() - since >= quietMs || Date.now() > deadline) return state;
    await pause(100);
  }
}

/** Messages of one channel are a second apart at the most where the bot paces itself. */
const quietMs = 1_400;
const quietAtMostMs = 20_000;
