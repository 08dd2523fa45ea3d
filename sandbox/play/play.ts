import { setTimeout as pause } from "node:timers/promises";
import type { SandboxControl, SandboxMessage, SandboxState } from "#sandbox/protocol.ts";
import type { Expectation, Scenario, Step } from "#sandbox/scenario.ts";
import { firstLine, plain } from "./blocks.ts";
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
  /** What the bot has posted since the step before, by its own pace: "#inc-1: first line". */
  posts: string[];
  /** How long the person was busy with it, in milliseconds. */
  ms: number;
}

export interface PlayResult {
  steps: StepResult[];
  /** What Slack and GitHub hold at the end, when nothing moves any more. */
  state: SandboxState;
  /** What the bot posted after the last step. */
  posts: string[];
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
    world: worldOf(scenario),
    ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
  });
  const steps: StepResult[] = [];
  const news = newsOf(stage, await control.state());
  const notPlayed = new Set<number>();
  for (const step of scenario.steps) {
    const reason = whyNotPlayed(step, scenario, (kind) => Object.hasOwn(deeds, kind), notPlayed);
    if (reason === undefined) onStart?.(step);
    else notPlayed.add(step.n);
    const deed = deeds[step.do];
    const result =
      reason === undefined && deed
        ? { ...(await playStep(stage, step, deed)), posts: news(await control.state()) }
        : { ...bare(step), reason: reason ?? "" };
    steps.push(result);
    onStep?.(result);
  }
  const state = await untilQuiet(stage, steps);
  return { steps, state, posts: news(state) };
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

function bare(step: Step): Omit<StepResult, "got" | "ok" | "reason"> {
  const { n, actor, expect } = step;
  return { n, do: step.do, actor, typed: [], expected: expect, posts: [], ms: 0 };
}

/** Tells, each time it is asked, what was posted since it was asked last. */
function newsOf(stage: Stage, before: SandboxState): (state: SandboxState) => string[] {
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
