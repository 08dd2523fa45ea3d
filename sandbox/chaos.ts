import { parseArgs } from "node:util";
import { runEffects } from "./chaos-effects.ts";
import { randomFrom, runDisturbed, runUndisturbed } from "./chaos-runs.ts";
import { countLine } from "./demo-screen.ts";
import { ProcessError } from "./play/processes.ts";
import { cleanUpWhenInterrupted } from "./play/start.ts";
import { readScenario, type Scenario } from "./scenario.ts";

const usage = `Breaks things while incidents are played, and checks that nothing is lost or doubled.

npm run chaos -- --runs N      N demos; in each the bot is killed (kill -9) with its database at a
                               random moment and started again, and must end like an undisturbed one
npm run chaos -- --effects N   N posts and N issues while a tenth of the answers is lost, by two bots
                               on one database of which one is killed: each must be there once
  --seed NUMBER    the same moments again; default: random, and printed
  --scenario FILE  another incident to play
  --socket         Socket Mode in place of signed HTTP
  --help           this text
`;

const options = {
  runs: { type: "string" },
  effects: { type: "string" },
  seed: { type: "string" },
  scenario: { type: "string", default: "scenarios/s0-stale-index.yaml" },
  socket: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const say = (text: string) => process.stdout.write(`${text}\n`);

// a play that was given up may still wait for something
process.exit(await main());

/** Exit status: 0 where every run ended as it must, 1 on any difference, 2 for a wrong call. */
async function main(): Promise<number> {
  let given;
  try {
    given = parseArgs({ options, strict: true }).values;
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  const runs = wholeNumber(given.runs);
  const effects = wholeNumber(given.effects);
  const seed = wholeNumber(given.seed ?? String(Date.now() % 1_000_000));
  if (given.help || (runs === 0 && effects === 0) || [runs, effects, seed].some(Number.isNaN)) {
    say(usage);
    return given.help ? 0 : 2;
  }
  const read = await readScenario(given.scenario);
  if (!read.ok) {
    say([`${given.scenario} cannot be played:`, ...read.error.map((e) => `  ${e}`)].join("\n"));
    return 2;
  }
  const interrupted = cleanUpWhenInterrupted();
  say(`Seed ${seed}: --seed ${seed} repeats the same moments.`);
  try {
    const transport = given.socket ? "socket" : "http";
    const areRunsFine = runs === 0 || (await runMany(read.value, { runs, seed, transport }));
    const areEffectsFine = effects === 0 || (await countEffects(read.value, effects, seed));
    return areRunsFine && areEffectsFine ? 0 : 1;
  } catch (error) {
    if (interrupted.aborted) return 130;
    if (!(error instanceof ProcessError)) throw error;
    say(error.message);
    return 1;
  }
}

async function runMany(
  scenario: Scenario,
  { runs, seed, transport }: { runs: number; seed: number; transport: "http" | "socket" },
): Promise<boolean> {
  const undisturbed = await runUndisturbed(scenario, transport);
  say(`Undisturbed: ${countLine(undisturbed.run.steps)}, ${inSeconds(undisturbed.playMs)}`);
  const bad = undisturbed.run.steps.filter((step) => step.ok === false);
  for (const step of bad) say(`  step ${step.n} (${step.do}): ${step.reason ?? ""}`);
  const random = randomFrom(seed);
  let equal = 0;
  say(`\n${row("run", "killed at", "away", "played", "ends")}`);
  for (let run = 1; run <= runs; run += 1) {
    const killAfterMs = Math.round(random() * undisturbed.playMs);
    const result = await runDisturbed(scenario, undisturbed, { transport, killAfterMs });
    const isEqual = result.differences.length === 0;
    if (isEqual) equal += 1;
    const { killedAfterMs, awayMs, playMs } = result;
    const times = [killedAfterMs, awayMs, playMs].map(inSeconds);
    say(row(`${run}/${runs}`, ...times, isEqual ? "equal" : "NOT EQUAL"));
    for (const line of result.differences) say(`    ${line}`);
  }
  say(`\n${equal} of ${runs} disturbed runs ended equal to the undisturbed one`);
  return equal === runs && bad.length === 0;
}

async function countEffects(scenario: Scenario, count: number, seed: number): Promise<boolean> {
  const result = await runEffects(scenario, { count, seed, onProgress: say });
  say(`\n${row("", "wanted", "found", "doubled")}`);
  for (const name of ["posts", "issues"] as const) {
    const { wanted, found, doubled } = result[name];
    say(row(name, String(wanted), String(found), String(doubled)));
  }
  say(`${result.lostAnswers} answers lost; taken over after ${inSeconds(result.takeoverMs)}`);
  for (const fault of result.faults) say(`NOT AS IT MUST BE: ${fault}`);
  if (result.faults.length === 0) say("every effect happened once");
  return result.faults.length === 0;
}

function row(...cells: string[]): string {
  return cells
    .map((cell) => cell.padEnd(12))
    .join("")
    .trimEnd();
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function wholeNumber(text: string | undefined): number {
  if (text === undefined) return 0;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
