import { copyFile, mkdir, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { filesOf, postmortemOf, writeFiles } from "./demo-files.ts";
import {
  busyLine,
  clearLine,
  closingLines,
  countLine,
  fit,
  screenOf,
  stepLines,
  wrap,
} from "./demo-screen.ts";
import { pageFolder, startPageAtUsualPort } from "./page-server/page.ts";
import { ProcessError } from "./play/processes.ts";
import { type RunResult, runScenario } from "./play/run.ts";
import {
  cleanUpWhenInterrupted,
  makeRunFolder,
  removeRunFolder,
  type StartedBot,
  type StartedWorld,
} from "./play/start.ts";
import { worldOf } from "./play/world.ts";
import { pathOfScenario, readScenario, type Scenario } from "./scenario.ts";

const usage = `Plays an incident from its declaration to the postmortem, on this machine alone.

npm run demo [-- options]
  --scenario FILE  another incident: s0, s1, s2 or s3, or a file of the form of
                   scenarios/scenario.schema.json
  --socket         Socket Mode in place of signed HTTP
  --spans          send the service's telemetry of that time too, not only what was declared
  --out DIR        where to write what came of it; default demo-out
  --keep           leave everything running at the end, until Ctrl-C, with a page to look at it
  --help           this text

npm run sandbox opens the same page at once, with people to act as and nothing played yet.
`;

const options = {
  scenario: { type: "string", default: "s0" },
  socket: { type: "boolean", default: false },
  spans: { type: "boolean", default: false },
  out: { type: "string", default: "demo-out" },
  keep: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const screen = screenOf(process.stdout, process.env);
const say = (text: string) => process.stdout.write(`${text}\n`);

// a play that was given up may still wait for something
process.exit(await main());

/** Exit status: 0 only if every step that was played came as expected and Slack would have taken every payload. */
async function main(): Promise<number> {
  let given;
  try {
    given = parseArgs({ options, strict: true }).values;
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  if (given.help) {
    say(usage);
    return 0;
  }
  const read = await readScenario(await pathOfScenario(given.scenario));
  if (!read.ok) {
    say([`${given.scenario} cannot be played:`, ...read.error.map((e) => `  ${e}`)].join("\n"));
    return 2;
  }
  if (!(await isFolderOrFree(given.out))) {
    say(`${given.out} is a file. Name a folder with --out.`);
    return 2;
  }
  const interrupted = cleanUpWhenInterrupted();
  const folder = await makeRunFolder();
  try {
    return await play(read.value, folder, given);
  } catch (error) {
    if (interrupted.aborted) return 130;
    if (!(error instanceof ProcessError)) throw error;
    say(`\n${error.message}`);
    await keepLog(folder, given.out);
    return 1;
  } finally {
    await removeRunFolder(folder);
  }
}

/** Told before the play, not after it. */
async function isFolderOrFree(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? true;
}

async function play(
  scenario: Scenario,
  folder: string,
  given: { socket: boolean; spans: boolean; out: string; keep: boolean },
): Promise<number> {
  const total = scenario.steps.length;
  const began = performance.now();
  const since = () => `${((performance.now() - began) / 1_000).toFixed(1)} s`;
  for (const text of [`Faultline demo: ${scenario.title}`, originOf(scenario)]) {
    say(wrap(text, screen, 4).join("\n"));
  }
  say("");
  const transport = given.socket ? "socket" : "http";
  const showPage = async (ended: RunResult, started: StartedWorld, bot: StartedBot) => {
    const folderOfPage = pageFolder();
    const page = await startPageAtUsualPort({
      scenario,
      world: started.world,
      transport,
      folder: folderOfPage,
      played: ended.steps,
    });
    await folderOfPage;
    // what is played ends here, and people's own time begins
    await started.control.setClock({ ...(await started.control.clock()), isRunning: true });
    page.useSandbox(started.control);
    page.useBot(bot, { isUp: true });
    return page.url;
  };
  const run = await runScenario({
    scenario,
    folder,
    transport,
    hasSpans: given.spans,
    onProgress: (what) => say(`${since().padStart(6)}  ${fit(what, screen, 8)}`),
    onStart: (step) => process.stdout.write(busyLine(step, total, screen)),
    onStep: (result) => {
      if (screen.isLive) process.stdout.write(clearLine);
      say(stepLines(result, total, screen).join("\n"));
    },
    atEnd: async (ended, started, bot) => {
      await writeFiles(given.out, filesOf(ended, scenario, worldOf(scenario)));
      if (!isFine(ended)) await keepLog(folder, given.out);
      report(ended, given.out, since());
      if (given.keep) await keepRunning(started, await showPage(ended, started, bot));
    },
  });
  return isFine(run) ? 0 : 1;
}

function isFine({ steps, blockKitFaults }: RunResult): boolean {
  return steps.every((step) => step.ok !== false) && blockKitFaults.length === 0;
}

/** What the bot wrote goes away with the run's folder, unless somebody needs it. */
async function keepLog(folder: string, out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const log = join(out, "bot.log");
  await copyFile(join(folder, "bot.log"), log).then(
    () => say(`All that the bot wrote is in ${relative(".", resolve(log))}.`),
    () => undefined,
  );
}

function report(run: RunResult, out: string, took: string): void {
  const where = relative(".", resolve(out)) || ".";
  for (const line of closingLines(run.posts, screen)) say(line);
  say("");
  for (const { method, problems } of run.blockKitFaults) {
    say(`Slack would have refused ${method}:`);
    for (const problem of problems) say(`  ${problem}`);
  }
  if (postmortemOf(run.state) === undefined)
    say("There is no postmortem: no pull request was opened.");
  else say(`Postmortem  ${join(where, "postmortem.md")}`);
  say(`The rest    ${where}: transcript, issues, verdicts, refusals and steps as JSON`);
  say(`It took     ${took}`);
  say(countLine(run.steps));
}

/** Where it comes from: what is invented says so beside a real company's name. */
function originOf({ citation }: Scenario): string {
  return citation.url === ""
    ? "All of it is invented: no company, no product."
    : `A replay of a public incident (${citation.publisher}, ${citation.url}); parts are invented.`;
}

async function keepRunning({ addresses, folder }: StartedWorld, page: string): Promise<void> {
  say("\nEverything still runs; Ctrl-C stops it.");
  say(`  the page      ${page}`);
  for (const [name, address] of Object.entries(addresses)) say(`  ${name.padEnd(13)} ${address}`);
  say(`  logs, data    ${folder}`);
  await new Promise(() => undefined);
}
