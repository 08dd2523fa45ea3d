import { setTimeout as pause } from "node:timers/promises";
import type { SandboxControl, SandboxState } from "#sandbox/protocol.ts";
import type { Scenario, Step } from "#sandbox/scenario.ts";
import { whyNotPlayed } from "./builds-on.ts";
import { deeds } from "./deeds.ts";
import { newStage, type Stage, StuckError, waitFor } from "./stage.ts";
import { bareStep, newsOf, playStep, type StepResult } from "./step.ts";
import { sendSpans, tellLedger } from "./told-ledger.ts";
import { worldOf } from "./world.ts";

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
  /** Where the bot's HTTP side listens: machines tell it there what changed. */
  botUrl: string;
  /** Whether the service's telemetry is sent too, before the first step. */
  hasSpans?: boolean;
  /** Told what was done before the first step, in words. */
  onProgress?: (what: string) => void;
  /** Told before a step is played. */
  onStart?: (step: Step) => void;
  /** Told after each step, played or not. */
  onStep?: (result: StepResult) => void;
  /** How long a person waits for one thing, in milliseconds; default a minute. */
  patienceMs?: number;
}

/**
 * Plays a scenario as its people, through the same commands, buttons and forms as everybody, reading
 * only what Slack and GitHub received (scenarios/README.md, "Playing"). What was declared to have changed is
 * in the bot's ledger before the first step. A step that does not come as expected does not stop the play.
 * Throws ProcessError where the bot does not take those changes, else only where the sandbox itself is gone.
 */
export async function playScenario(options: PlayOptions): Promise<PlayResult> {
  const { control, scenario, onStart, onStep } = options;
  const stage = newStage({
    control,
    scenario,
    world: worldOf(scenario),
    ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
  });
  await sendWhatMachinesKnow(stage, options);
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
        : { ...bareStep(step), reason: reason ?? "" };
    steps.push(result);
    onStep?.(result);
  }
  const state = await untilQuiet(stage, steps);
  return { steps, state, posts: news(state) };
}

/** The ledger is filled before anybody does anything. */
async function sendWhatMachinesKnow(
  stage: Stage,
  { botUrl, hasSpans = false, onProgress }: PlayOptions,
): Promise<void> {
  const told = await tellLedger(stage, botUrl);
  const changes = told === 1 ? "1 declared change" : `${told} declared changes`;
  if (told > 0) onProgress?.(`told the version ledger of ${changes}, as machines do`);
  const sent = hasSpans ? await sendSpans(stage, botUrl) : 0;
  if (sent > 0) onProgress?.(`sent it the telemetry of that time, in ${sent} requests`);
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

/** Messages of one channel are a second apart where the bot paces itself, and the sweep comes every two. */
const quietMs = 2_200;
const quietAtMostMs = 20_000;
