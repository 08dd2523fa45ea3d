import { setTimeout as pause } from "node:timers/promises";
import type { ScriptState, ScriptStep } from "#sandbox/page/live/topics.ts";
import type { SandboxControl } from "#sandbox/protocol.ts";
import type { Scenario, Step } from "#sandbox/scenario.ts";
import { whyNotPlayed } from "./builds-on.ts";
import { adoptByHand, leftOfTry } from "./by-hand.ts";
import { deeds } from "./deeds.ts";
import { type Deed, newStage, type Stage, type Typed } from "./stage.ts";
import { newsOf, playStep, type StepResult } from "./step.ts";
import { whatOf } from "./step-words.ts";
import type { World } from "./world.ts";

/** The scenario's script beside people: it goes on from wherever they are, when it is asked to. */
export interface LivePlay {
  readonly state: ScriptState;
  /** Plays what is left; `until`: stops before this step. False where there is nothing to play. */
  play(options?: { until?: number }): boolean;
  /** Stops after the step that is being played. */
  pause(): void;
  /** Somebody has done something by hand: what the script expects may not come any more. */
  noteByHand(): void;
  /** Resolves when nothing is played. */
  idle(): Promise<void>;
}

export interface LivePlayOptions {
  control: SandboxControl;
  scenario: Scenario;
  world: World;
  /** Told of every change. */
  onState(state: ScriptState): void;
  /** Whether the bot can be talked to; a step waits for it. */
  isBotUp(): boolean;
  /** How long a person waits for one thing, in milliseconds; default a minute. */
  patienceMs?: number;
  /** What was played before, by the demo. */
  played?: readonly StepResult[];
}

/** The script of a scenario, of which nothing is played yet. */
export function createLivePlay(options: LivePlayOptions): LivePlay {
  const { control, scenario, world, onState, isBotUp, patienceMs = 60_000 } = options;
  const stage = newStage({
    control,
    scenario,
    world,
    patienceMs,
    isBotUp,
    setTime: forwardOnly(control),
  });
  const steps: ScriptStep[] = scenario.steps.map((step) => {
    const before = options.played?.find(({ n }) => n === step.n);
    const { n, actor } = step;
    const fresh = { n, actor, what: whatOf(step, scenario), state: "to_do" as const, lines: [] };
    return before ? { ...fresh, ...told(before, false) } : fresh;
  });
  let state: ScriptState["state"] = leftOf().length === 0 ? "over" : "idle";
  let until: number | undefined;
  let wasByHand = false;
  let hasClosed = false;
  /** Steps in which somebody waited in vain, once. */
  const wereStuck = new Set<number>();
  let news: ReturnType<typeof newsOf> | undefined;
  let running: Promise<void> = Promise.resolve();

  const current = (): ScriptState => ({ title: scenario.title, state, steps });
  const tell = (next = state) => {
    state = next;
    onState(structuredClone(current()));
  };
  const mark = (n: number, change: Partial<ScriptStep>) => {
    const index = steps.findIndex((step) => step.n === n);
    // why it stopped is over as soon as anything happens to the step
    const { stopped: _, ...before } = steps[index] as ScriptStep;
    steps[index] = { ...before, ...change };
    tell();
  };

  function leftOf(): Step[] {
    return scenario.steps.filter((_, index) => steps[index]?.state === "to_do");
  }

  /** Takes over what people did; returns what is to be played next, if anything is. */
  async function nextStep(): Promise<{ step: Step; deed: Deed } | undefined> {
    const seen = await control.state();
    news ??= newsOf(stage, seen);
    const { deliveries } = await control.wire({ last: deliveriesAtMost });
    const byHand = adoptByHand(stage, seen, leftOf(), deliveries);
    for (const step of leftOf()) {
      if (byHand.isOver && !hasClosed) {
        const isThis = step.do === "close" && step.expect.result === "accepted";
        if (isThis) mark(step.n, { state: "by_hand", lines: ["Done by hand."] });
        else mark(step.n, { state: "not_played", lines: ["The response has ended."] });
        continue;
      }
      if (byHand.isDone(step)) {
        wasByHand = true;
        mark(step.n, { state: "by_hand", lines: ["Done by hand."] });
        continue;
      }
      if (until !== undefined && step.n >= until) return undefined;
      const why = whyNotPlayed(step, scenario, (kind) => Object.hasOwn(deeds, kind), notPlayed());
      const deed = deeds[step.do];
      if (why === undefined && deed) {
        const rest = { ...step, with: byHand.rest(step) };
        const data = wereStuck.has(step.n) ? leftOfTry(stage, rest) : rest.with;
        if (data) return { step: { ...rest, with: data }, deed };
        mark(step.n, { state: "done" });
        continue;
      }
      mark(step.n, { state: "not_played", lines: [`Not played: ${why ?? ""}.`] });
    }
    return undefined;
  }

  function notPlayed(): Set<number> {
    return new Set(steps.filter((step) => step.state === "not_played").map(({ n }) => n));
  }

  async function playOne(step: Step, deed: Deed): Promise<void> {
    mark(step.n, { state: "playing", lines: [] });
    const isOver = new AbortController();
    void showProgress(step.n, isOver.signal);
    try {
      const result = await playStep(stage, step, deed);
      const posts = news?.(await control.state()) ?? [];
      hasClosed ||= step.do === "close" && result.got?.result === "accepted";
      isOver.abort();
      const isStuck = result.got?.result === "nothing" && !wereStuck.has(step.n);
      if (!isStuck) return mark(step.n, told({ ...result, posts }, wasByHand));
      // the bot or Slack may be away for long: whoever broke it mends it, and it is tried once more
      wereStuck.add(step.n);
      if (state === "playing") state = "pausing";
      const stopped = result.got?.sentence ?? "";
      const lines = [...linesOf(result.typed), stopped, triedAgain];
      mark(step.n, { state: "to_do", lines, stopped });
    } catch (error) {
      isOver.abort();
      const sentence = error instanceof Error ? error.message : String(error);
      mark(step.n, { state: "done", ok: false, lines: [...linesOf(stage.typed), sentence] });
      // fetch has nobody to talk to: the sandbox is gone
      if (error instanceof TypeError) throw error;
    }
  }

  /** What is typed is shown as it is typed. */
  async function showProgress(n: number, over: AbortSignal): Promise<void> {
    let shown = 0;
    while (!over.aborted) {
      await pause(progressEveryMs, undefined, { ref: false });
      if (over.aborted || stage.typed.length === shown) continue;
      shown = stage.typed.length;
      mark(n, { lines: linesOf(stage.typed) });
    }
  }

  async function run(): Promise<void> {
    try {
      while (isPlaying()) {
        if (!isBotUp()) {
          await pause(progressEveryMs);
          continue;
        }
        const next = await nextStep();
        if (!next || !isPlaying()) break;
        await playOne(next.step, next.deed);
      }
    } catch (error) {
      // whoever looks at the page sees that the sandbox is gone; anything else is a bug of ours
      if (!(error instanceof TypeError)) console.error(error);
    }
    tell(leftOf().length === 0 ? "over" : "idle");
  }

  // asked again after a wait, in which somebody may have paused it
  function isPlaying(): boolean {
    return state === "playing";
  }

  return {
    get state() {
      return current();
    },
    play(given = {}) {
      if (state === "over") return false;
      until = given.until;
      const isRunning = state !== "idle";
      tell("playing");
      if (!isRunning) running = run();
      return true;
    },
    pause() {
      if (state === "playing") tell("pausing");
    },
    noteByHand() {
      wasByHand = true;
    },
    idle: () => running,
  };
}

const progressEveryMs = 200;
const postsAtMost = 3;
const deliveriesAtMost = 300;
const triedAgain = "The script stopped here. It tries this step once more when it goes on.";

/** When the workspace's clock begins: where the scenario does. */
export function firstMoment({ steps, detection }: Scenario): string {
  return steps.find(({ at }) => at !== undefined)?.at ?? detection.declared;
}

/** Time goes forward only, and runs on: people were busy in between. */
function forwardOnly(control: SandboxControl): Stage["setTime"] {
  return async (at) => {
    const { now } = await control.clock();
    const later = Date.parse(at) > Date.parse(now) ? at : now;
    await control.setClock({ now: later, isRunning: true });
  };
}

/** A step as it went, for the page. `wasByHand`: what people did may be why it came otherwise. */
function told(result: StepResult, wasByHand: boolean): Partial<ScriptStep> {
  const { expected, got, ok, reason, typed, posts } = result;
  if (ok === undefined) {
    return { state: "not_played", lines: reason === undefined ? [] : [`Not played: ${reason}.`] };
  }
  const more = posts.length - postsAtMost;
  const isRefused = ok && expected.result === "refused";
  // who got no answer at all got none for what people did
  const isOtherwise = !ok && wasByHand && got?.result !== "nothing";
  return {
    state: "done",
    ok,
    ...(isRefused ? { came: "refused" as const } : {}),
    ...(isOtherwise ? { came: "otherwise" as const } : {}),
    lines: [
      ...linesOf(typed),
      `${isOtherwise ? otherwise : "bot"}: ${got?.sentence ?? ""}`,
      ...posts.slice(0, postsAtMost).map((post) => `posts ${post}`),
      ...(more > 0 ? [`posts ${more} messages more`] : []),
      ...(ok || isOtherwise ? [] : [`Not as expected: ${reason ?? ""}`]),
    ],
  };
}

const otherwise =
  "The bot answered otherwise than in the script, because some of it was done by hand";

function linesOf(typed: readonly Typed[]): string[] {
  return typed.map(({ how, what }) => `${how} ${what}`);
}
