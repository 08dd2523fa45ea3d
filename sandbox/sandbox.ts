import { parseArgs } from "node:util";
import type { BotState } from "./page/live/topics.ts";
import { type Page, pageFolder, startPage, startPageAtUsualPort } from "./page-server/page.ts";
import { firstMoment } from "./play/live-play.ts";
import { ProcessError } from "./play/processes.ts";
import {
  cleanUpWhenInterrupted,
  makeRunFolder,
  prepareBot,
  removeRunFolder,
  type StartedWorld,
  startWorld,
} from "./play/start.ts";
import { intakeToken, readManifest, webhookSecret, worldOf } from "./play/world.ts";
import { pathOfScenario, readScenario, type Scenario } from "./scenario.ts";

const usage = `A Slack workspace and a GitHub of its own on this machine, with the bot in it, in your browser.

npm run sandbox [-- options]
  --scenario FILE  whose people are there, and what the script plays: s0, s1, s2 or s3, or a file
                   of the form of scenarios/scenario.schema.json; default s0
  --socket         Socket Mode in place of signed HTTP
  --port N         where the page answers; default 4700, or a free one where that is taken
  --help           this text

npm run demo -- --keep plays a whole incident first, and then shows the same page.
`;

const options = {
  scenario: { type: "string", default: "s0" },
  socket: { type: "boolean", default: false },
  port: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

const say = (text: string) => process.stdout.write(`${text}\n`);
const began = performance.now();
const since = () => `${((performance.now() - began) / 1_000).toFixed(1)} s`.padStart(6);

process.exit(await main());

/** Exit status: 0 where it was ended by Ctrl-C, 1 where it could not go on, 2 for a wrong call. */
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
  const port = given.port === undefined ? undefined : Number(given.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    say(`--port wants a number from 0 to 65535, not "${given.port}".`);
    return 2;
  }
  const read = await readScenario(await pathOfScenario(given.scenario));
  if (!read.ok) {
    say([`${given.scenario} cannot be played:`, ...read.error.map((e) => `  ${e}`)].join("\n"));
    say("Name s0, s1, s2 or s3, or a file of the form of scenarios/scenario.schema.json.");
    return 2;
  }
  const interrupted = cleanUpWhenInterrupted(0);
  const folder = await makeRunFolder();
  try {
    const transport = given.socket ? "socket" : "http";
    return await run(read.value, folder, { port, transport, interrupted });
  } catch (error) {
    if (interrupted.aborted) return 0;
    say(error instanceof Error ? error.message : String(error));
    if (!(error instanceof ProcessError)) console.error(error);
    return 1;
  } finally {
    await removeRunFolder(folder);
  }
}

interface Given {
  port: number | undefined;
  transport: "http" | "socket";
  interrupted: AbortSignal;
}

/** Starts everything at once, and runs until it is ended. Throws ProcessError where something does not start. */
async function run(
  scenario: Scenario,
  folder: string,
  { port, transport, interrupted }: Given,
): Promise<never> {
  const world = worldOf(scenario, await readManifest());
  const building = pageFolder(() => say(`${since()}  building the page, this once`));
  const starting = startWorld(scenario, folder);
  // each of them is waited for below; that one fails first must not end this process
  for (const one of [building, starting]) one.catch(() => undefined);
  const onBot = createBotTeller(interrupted);
  const parts = { scenario, world, transport, folder: building, onBot };
  const page = await (port === undefined
    ? startPageAtUsualPort(parts)
    : startPage({ ...parts, port }).catch(noPort));
  await building;
  say(`\nOpen ${page.url}\n`);
  say(`${since()}  ${scenario.title}`);
  const started = await starting;
  await started.control.setClock({ now: firstMoment(scenario), isRunning: true });
  page.useSandbox(started.control);
  say(`${since()}  the workspace and GitHub are there; starting the bot and its database`);
  void startBotFor(page, started, transport);
  await untilEnded(started);
  if (!interrupted.aborted) {
    say(
      `${since()}  The sandbox has ended by itself. Its last words:\n${await started.lastWords()}`,
    );
    say("The page shows what was there last. Ctrl-C ends it; then start it again.");
  }
  return new Promise<never>(() => undefined);
}

/** The terminal is told, once each, what the page shows of the bot. */
function createBotTeller(interrupted: AbortSignal): (state: BotState) => void {
  const words: Record<BotState["state"], string | undefined> = {
    starting: undefined,
    restarting: "the bot is restarting",
    up: "the bot is ready. Ctrl-C ends everything.",
    down: "the bot is down",
  };
  let last: BotState["state"] = "starting";
  return ({ state, lastWords }) => {
    const sentence = words[state];
    if (state === last || interrupted.aborted || sentence === undefined) return;
    last = state;
    say(`${since()}  ${sentence}${lastWords === undefined ? "" : `. ${lastWords}`}`);
  };
}

function noPort(cause: unknown): never {
  throw new ProcessError(cause instanceof Error ? cause.message : String(cause), { cause });
}

async function startBotFor(
  page: Page,
  started: StartedWorld,
  transport: "http" | "socket",
): Promise<void> {
  try {
    const startsWithinMs = Number.POSITIVE_INFINITY;
    const bot = await prepareBot({ started, transport, startsWithinMs });
    await page.useBot(bot).start();
    if (bot.isRunning()) say(whereMachinesSend(bot.url));
  } catch (error) {
    page.sayNoBot(error instanceof Error ? error.message : String(error));
  }
}

/** For whoever tries the doors of machines; the bot keeps its address when it is restarted. */
function whereMachinesSend(url: string): string {
  return [
    "",
    `Machines send to ${url}/v1/traces, /v1/changes and /v1/test-results, with the token ${intakeToken}`,
    `GitHub's webhooks to ${url}/github/webhooks, with the secret ${webhookSecret}`,
    "How: docs/collector.md, docs/changes.md, docs/test-results.md",
  ].join("\n");
}

async function untilEnded({ child }: StartedWorld): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => child.once("exit", () => resolve()));
}
