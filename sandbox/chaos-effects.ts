import { join } from "node:path";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { declare } from "./play/declare.ts";
import { numberOf } from "./play/items.ts";
import { closeForms, submitForm, typeCommand } from "./play/person.ts";
import { ProcessError } from "./play/processes.ts";
import { beInChannel, incidentChannel, newStage, type Stage, userOf } from "./play/stage.ts";
import {
  connect,
  makeRunFolder,
  removeRunFolder,
  startBot,
  type StartedBot,
  startWorld,
} from "./play/start.ts";
import type { SandboxControl, SandboxState } from "./protocol.ts";
import type { Scenario } from "./scenario.ts";

/** What came of many effects with lost answers and a killed worker. */
export interface EffectsResult {
  posts: Tally;
  issues: Tally;
  lostAnswers: number;
  /**
   * How long the kill of the second bot held up what was due: the longest time until the first effect
   * of a lane (one channel's posts, one incident's issues) appeared. What queued up behind it then drains.
   */
  takeoverMs: number;
  /** What is not as it must be; empty where every effect happened once. */
  faults: string[];
}
interface Tally {
  wanted: number;
  found: number;
  /** Effects that are there more than once. */
  doubled: number;
}

/** The bot as it is, but calling Slack and GitHub as fast as it can; it says where its database is. */
const unpacedBot = "bench/effects-bot.ts";
const takeoverWithinMs = 10_000;

/**
 * `count` items of evidence (a post each) and `count` actions (an issue each), with a tenth of the
 * answers to chat.postMessage and to the creation of issues lost after they took effect; two bots on
 * one database, of which the second is killed (kill -9) midway. Each must be there exactly once.
 */
export async function runEffects(
  scenario: Scenario,
  options: { count: number; seed: number; onProgress?: (what: string) => void },
): Promise<EffectsResult> {
  const folder = await makeRunFolder();
  const running: { stop(): Promise<void> }[] = [];
  try {
    const started = await startWorld(scenario, folder);
    running.push(started);
    const { control } = started;
    options.onProgress?.("starting two bots on one database");
    const first = await startBot({ started, transport: "http", script: unpacedBot, name: "first" });
    running.push(first);
    const second = await startBot({
      started,
      transport: "http",
      script: unpacedBot,
      name: "second",
      env: { DATABASE_URL: await databaseUrl(join(folder, "first.log")) },
    });
    running.push(second);
    await connect(control, first, "http");
    const stages = await declareSeveral(control, scenario, started.world);
    await control.setFaults({ faults: lostAnswers, seed: options.seed });
    return await drive(stages, second, options);
  } finally {
    // the second bot stands on the first one's database, and both on the sandbox
    for (const process of running.toReversed()) await process.stop();
    await removeRunFolder(folder);
  }
}

const lostAnswers = [
  { side: "slack", method: "chat\\.postMessage", kind: "cut_after", share: 0.1 },
  { side: "github", method: "POST .+/issues$", kind: "cut_after", share: 0.1 },
] satisfies Parameters<SandboxControl["setFaults"]>[0]["faults"];

/** Messages of one channel go out one after the other, so there are a few channels. */
const incidents = 3;

async function declareSeveral(
  control: SandboxControl,
  scenario: Scenario,
  world: Stage["world"],
): Promise<Stage[]> {
  const stages: Stage[] = [];
  for (let index = 0; index < incidents; index += 1) {
    const stage = newStage({ control, scenario, world });
    await declare(stage, personOf(scenario, 0), {});
    for (const { handle } of scenario.people) await beInChannel(stage, handle);
    stages.push(stage);
  }
  return stages;
}

async function drive(
  stages: readonly Stage[],
  second: StartedBot,
  options: { count: number; onProgress?: (what: string) => void },
): Promise<EffectsResult> {
  const { control, scenario } = stages[0] as Stage;
  const seen = new Map<string, number>();
  const recorded: Recorded[] = [];
  let killedAt: number | undefined;
  let dueAtKill: Recorded[] = [];
  const isOver = new AbortController();
  const watching = watch(control, seen, isOver.signal);
  const todo = Array.from({ length: options.count * 2 }, (_, index) => index);
  const work = scenario.people.map(async (_, person) => {
    for (let index = todo.shift(); index !== undefined; index = todo.shift()) {
      const stage = stages[index % stages.length] as Stage;
      const name = await recordOne(stage, personOf(scenario, person), index);
      recorded.push({ name, lane: `${index % stages.length} ${index % 2}` });
      if (recorded.length % 50 === 0) options.onProgress?.(`${recorded.length} forms sent`);
      if (recorded.length < options.count || killedAt !== undefined) continue;
      killedAt = Date.now();
      dueAtKill = recorded.filter((item) => !seen.has(item.name));
      options.onProgress?.("killing the second bot");
      await second.kill();
    }
  });
  await Promise.all(work);
  options.onProgress?.("waiting for what is still in the air");
  const isThere = () => recorded.every(({ name }) => seen.has(name));
  const deadline = Date.now() + 60_000;
  while (!isThere() && Date.now() < deadline) await pause(100);
  // whatever the killed bot had begun is tried again when its lease is over: twins would show by then
  await pause(Math.max(2_000, (killedAt ?? 0) + takeoverWithinMs + 2_000 - Date.now()));
  isOver.abort();
  await watching;
  const firsts = [...Map.groupBy(dueAtKill, ({ lane }) => lane).values()].map((due) =>
    Math.min(...due.map(({ name }) => seen.get(name) ?? Infinity)),
  );
  const takeoverMs = Math.max(0, ...firsts.map((at) => at - (killedAt ?? 0)));
  return tally(await control.state(), await control.wire(), options.count, takeoverMs);
}

interface Recorded {
  name: string;
  lane: string;
}

/** Even numbers are items of evidence, odd ones actions; returns the name to find it by. */
async function recordOne(stage: Stage, actor: string, index: number): Promise<string> {
  const isAction = index % 2 === 1;
  const number = Math.floor(index / 2) + 1;
  const name = isAction ? `Gate number ${number}.` : `Observation number ${number}.`;
  await closeForms(stage, actor);
  const opened = await typeCommand(stage, actor, {
    channelId: incidentChannel(stage),
    text: isAction ? "action" : "evidence",
    opens: isAction ? "add-action" : "add-evidence",
  });
  if ("said" in opened)
    throw new ProcessError(`The bot did not open the form: ${opened.said.sentence}`);
  const values = isAction
    ? {
        title: name,
        owner: userOf(stage, actor),
        due_on: "2030-01-31",
        criterion: `CI job gate-${number} fails when the pass rate is below 0.95`,
        enforcement: "required check",
        layer: "model",
        // else it waits until every layer is answered for
        immediate_safety: ["now"],
      }
    : { kind: "E3", what: name, supports: ["model"], author: userOf(stage, actor) };
  const got = await submitForm(stage, actor, opened.form, values);
  stage.typed = [];
  if (got.result !== "accepted") throw new ProcessError(`${name} was not taken: ${got.sentence}`);
  return name;
}

/** Notes when each name is first seen in Slack or on GitHub. */
async function watch(
  control: SandboxControl,
  seen: Map<string, number>,
  isOver: AbortSignal,
): Promise<void> {
  while (!isOver.aborted) {
    const { messages, issues } = await control.state();
    const now = Date.now();
    const names = [
      ...messages.map(({ blocks }) => JSON.stringify(blocks)),
      ...issues.map((i) => i.title),
    ];
    for (const text of names) {
      for (const [name] of text.matchAll(/(?:Observation|Gate) number \d+\./g)) {
        // an action counts when its issue is there, which is read from the issues alone
        if (name.startsWith("Gate") && text.startsWith("[")) continue;
        if (!seen.has(name)) seen.set(name, now);
      }
    }
    await pause(100);
  }
}

function tally(
  state: SandboxState,
  wire: Awaited<ReturnType<SandboxControl["wire"]>>,
  count: number,
  takeoverMs: number,
): EffectsResult {
  const posts = countOf(
    state.messages.flatMap(({ channel, blocks }) => {
      const number = numberOf(blocks, "evidence");
      return number === undefined ? [] : [`${channel} ${number}`];
    }),
    count,
  );
  const issues = countOf(
    state.issues.map(({ title }) => /Gate number \d+\./.exec(title)?.[0] ?? title),
    count,
  );
  const lost = wire.calls.filter((call) => call.fault === "cut_after").length;
  const faults = [
    ...faultsOf("posts", posts),
    ...faultsOf("issues", issues),
    ...(lost === 0 ? ["no answer was lost: this run shows nothing"] : []),
    ...(takeoverMs > takeoverWithinMs
      ? [`what the killed bot left was taken over after ${(takeoverMs / 1_000).toFixed(1)} s`]
      : []),
  ];
  return { posts, issues, lostAnswers: lost, takeoverMs, faults };
}

function countOf(names: readonly string[], wanted: number): Tally {
  return { wanted, found: names.length, doubled: names.length - new Set(names).size };
}

function faultsOf(what: string, { wanted, found, doubled }: Tally): string[] {
  if (found === wanted && doubled === 0) return [];
  return [`${found} ${what} of ${wanted}, ${doubled} of them twice`];
}

/** The first bot tells where its database is, so that a second one can share it. */
async function databaseUrl(logFile: string): Promise<string> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const line = (await readFile(logFile, "utf8"))
      .split("\n")
      .find((text) => text.includes('"databaseUrl"'));
    if (line !== undefined) return (JSON.parse(line) as { databaseUrl: string }).databaseUrl;
    await pause(50);
  }
  throw new ProcessError("The first bot did not say where its database is.");
}

function personOf(scenario: Scenario, index: number): string {
  return scenario.people[index]?.handle ?? "";
}
