import { pageFolder, startPage } from "#sandbox/page-server/page.ts";
import type { Patch, ScriptState } from "#sandbox/page/live/topics.ts";
import { firstMoment } from "#sandbox/play/live-play.ts";
import {
  makeRunFolder,
  prepareBot,
  removeRunFolder,
  requestUrlOf,
  type StartedBot,
  type StartedWorld,
  startWorld,
} from "#sandbox/play/start.ts";
import { readManifest, type World, worldOf } from "#sandbox/play/world.ts";
import type { SandboxControl } from "#sandbox/protocol.ts";
import { pathOfScenario, readScenario, type Scenario } from "#sandbox/scenario.ts";
import { PermanentError } from "#src/lib/errors.ts";

/** A workspace, a GitHub, a bot with its database, and the page, as `npm run sandbox` has them. */
export interface WholeSandbox {
  /** Of the page, without a closing slash. */
  url: string;
  control: SandboxControl;
  /** Where the bot listens for what Slack tells it. */
  requestUrl: string;
  scenario: Scenario;
  world: World;
  /** Lets the script go on up to this step, which is left to others; resolves when it stands still. */
  playUntil(step: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts all of it with S0's people, and waits until the bot is ready. Throws an AppError where a part
 * does not start. `change`: another workspace, before anybody is in it.
 */
export async function startWholeSandbox(
  change: (world: World) => World = (world) => world,
): Promise<WholeSandbox> {
  const read = await readScenario(await pathOfScenario("s0"));
  if (!read.ok) throw new PermanentError("scenario_refused", read.error.join("\n"));
  const scenario = read.value;
  const folder = await makeRunFolder();
  const closing: (() => Promise<void>)[] = [() => removeRunFolder(folder)];
  const close = async () => {
    for (const one of closing.toReversed()) await one();
  };
  try {
    const world = change(worldOf(scenario, await readManifest()));
    const page = await startPage({
      scenario,
      world,
      transport: "http",
      port: 0,
      folder: pageFolder(),
    });
    closing.push(() => page.close());
    const started = await startWorld(scenario, folder, change);
    closing.push(() => started.stop());
    await started.control.setClock({ now: firstMoment(scenario), isRunning: true });
    page.useSandbox(started.control);
    const bot = await startBotFor(page, started);
    closing.push(() => bot.stop());
    return {
      url: page.url,
      control: started.control,
      requestUrl: requestUrlOf(bot),
      scenario,
      world,
      playUntil: (step) => playUntil(page.url, step),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startBotFor(
  page: Awaited<ReturnType<typeof startPage>>,
  started: StartedWorld,
): Promise<StartedBot> {
  const bot = await prepareBot({ started, transport: "http" });
  const desk = page.useBot(bot);
  await desk.start();
  if (!desk.isUp()) throw new PermanentError("bot_down", desk.whyDown());
  return bot;
}

const triesAtMost = 5;

/** Asks as the tour does, and again where the script has stopped because something stood in its way. */
async function playUntil(url: string, until: number): Promise<void> {
  const address = new URL("/live?as=", url);
  address.protocol = "ws:";
  const socket = new WebSocket(address);
  let tries = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      let last: ScriptState | undefined;
      const goOn = () => {
        tries += 1;
        if (tries > triesAtMost) return reject(new Error(`The script is stuck: ${wordsOf(last)}`));
        askToPlay(url, until).catch(reject);
      };
      socket.addEventListener("open", goOn);
      socket.addEventListener("error", () => reject(new Error("The page tells nothing any more.")));
      socket.addEventListener("message", ({ data }) => {
        const { script } = (JSON.parse(String(data)) as Patch).one ?? {};
        if (!script) return;
        const hasStopped = script.state === "idle" && last !== undefined && last.state !== "idle";
        last = script;
        if (isBefore(script, until)) resolve();
        else if (hasStopped) goOn();
      });
    });
  } finally {
    socket.close();
  }
}

async function askToPlay(url: string, until: number): Promise<void> {
  const response = await fetch(`${url}/desk/play`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ until }),
  });
  if (!response.ok) throw new Error(`The script does not go on: ${await response.text()}`);
}

function isBefore({ state, steps }: ScriptState, until: number): boolean {
  const isLeft = steps.some((step) => step.n < until && step.state === "to_do");
  return !isLeft && (state === "idle" || state === "over");
}

function wordsOf(script: ScriptState | undefined): string {
  const step = script?.steps.find(({ state, lines }) => state === "to_do" && lines.length > 0);
  return step?.lines.join("; ") ?? "nobody knows why";
}
