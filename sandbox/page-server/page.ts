import type { BotState } from "#sandbox/page/live/topics.ts";
import { createLivePlay, type LivePlay } from "#sandbox/play/live-play.ts";
import { ProcessError } from "#sandbox/play/processes.ts";
import { connect, type StartedBot } from "#sandbox/play/start.ts";
import type { StepResult } from "#sandbox/play/step.ts";
import { tellLedger } from "#sandbox/play/told-ledger.ts";
import type { World } from "#sandbox/play/world.ts";
import type { SandboxControl } from "#sandbox/protocol.ts";
import type { Scenario } from "#sandbox/scenario.ts";
import { createBoard } from "./board.ts";
import { builtPage } from "./build.ts";
import { type BotDesk, createBotDesk } from "./bot-desk.ts";
import { createDesk } from "./desk.ts";
import { type EffectsReader, embeddedUrl, readEffects } from "./effects.ts";
import { type Feed, startFeed } from "./feed.ts";
import { startPageServer } from "./serve.ts";
import { listOf } from "./snapshot.ts";
import { allOff } from "./switches.ts";
import { createTabs } from "./tabs.ts";
import { createTour } from "./tour.ts";

export interface PageOptions {
  scenario: Scenario;
  world: World;
  transport: BotState["transport"];
  /** 0: any free port. */
  port: number;
  /** The folder of the built page, as soon as it is there. */
  folder: Promise<string>;
  /** What the demo has played. */
  played?: readonly StepResult[];
  /** Told how it stands with the bot, as the page is. */
  onBot?: (state: BotState) => void;
}

/** The page of one sandbox and one bot, which may come later than the page. */
export interface Page {
  url: string;
  /** From here on there is a sandbox. */
  useSandbox(control: SandboxControl): void;
  /** From here on there is a bot, which may be killed and started; `isUp`: it runs already. */
  useBot(bot: StartedBot, given?: { isUp: boolean }): BotDesk;
  /** Says on the page why there is no bot. */
  sayNoBot(lastWords: string): void;
  /** Address of the bot's database, where it is not the embedded one of `useBot`. */
  useDatabase(url: string): void;
  close(): Promise<void>;
}

/** The same at the usual port, or at a free one where another program has it. */
export async function startPageAtUsualPort(options: Omit<PageOptions, "port">): Promise<Page> {
  return startPage({ ...options, port: usualPort }).catch(() => startPage({ ...options, port: 0 }));
}

const usualPort = 4_700;

/** Starts to answer at once; what is not there yet is told to the tabs when it comes. */
export async function startPage(options: PageOptions): Promise<Page> {
  const { scenario, world, transport } = options;
  const board = createBoard();
  let control: SandboxControl | undefined;
  let feed: Feed | undefined;
  let bot: BotDesk | undefined;
  let script: LivePlay | undefined;
  let databaseUrl: () => Promise<string | undefined> = async () => undefined;
  let effects: EffectsReader | undefined;

  const tour = createTour(scenario, world);
  let botState: BotState = { state: "starting", transport };
  const tellOfBot = (state: BotState) => {
    botState = state;
    board.put("bot", state);
    options.onBot?.(state);
  };
  board.put("bot", botState);
  board.put("switches", allOff);
  // after the demo there is nothing left to walk through
  const hasTour = options.played === undefined;
  board.put("tour", hasTour ? tour.state : { steps: [] });
  const tabs = createTabs(board, () => feed);
  const server = await startPageServer({
    port: options.port,
    folder: options.folder,
    control: () => control,
    tabs,
    atDesk: createDesk({
      board,
      control: () => control,
      bot: () => bot,
      script: () => script,
      isSocketMode: transport === "socket",
    }),
    onDone: (method) => {
      if (!harmless.has(method)) script?.noteByHand();
    },
  });
  return {
    url: server.url,
    useSandbox(given) {
      control = given;
      feed = startFeed({
        control: given,
        board,
        onScreens: () => tabs.push(),
        async look(deliveries) {
          if (hasTour && !tour.isOver)
            board.put("tour", tour.look({ ...(await given.state()), deliveries }));
        },
        onGone(isGone) {
          const gone = { state: "down", transport, lastWords: sandboxIsGone } as const;
          board.put("bot", isGone ? gone : botState);
        },
      });
      script = createLivePlay({
        control: given,
        scenario,
        world,
        onState: (state) => board.put("script", state),
        isBotUp: () => bot?.isUp() ?? false,
        ...(options.played === undefined ? {} : { played: options.played }),
      });
      board.put("script", script.state);
      effects = readEffects({
        databaseUrl: () => databaseUrl(),
        isWatched: () => !tabs.isEmpty(),
        onRows: (rows) =>
          board.putList(
            "effects",
            listOf(rows, ({ id }) => id),
          ),
      });
    },
    useBot(started, given) {
      databaseUrl = () => embeddedUrl(started.dataDir);
      const tellChanges = changesTeller(scenario, started.url);
      bot = createBotDesk(
        {
          bot: started,
          transport,
          connect: async () => control && connect(control, started, transport),
          onState(state) {
            tellOfBot(state);
            // the demo has told them before it played
            if (state.state === "up" && options.played === undefined) void tellChanges();
          },
        },
        given,
      );
      return bot;
    },
    sayNoBot: (lastWords) => tellOfBot({ state: "down", transport, lastWords }),
    useDatabase(url) {
      databaseUrl = async () => url;
    },
    async close() {
      feed?.stop();
      await effects?.stop();
      bot?.close();
      await server.close();
    },
  };
}

/** Tells the bot once what machines declared, so that people find it there whether the script plays or not. */
function changesTeller(scenario: Scenario, botUrl: string): () => Promise<void> {
  let isTold = false;
  return async () => {
    if (isTold) return;
    isTold = true;
    try {
      await tellLedger({ scenario, patienceMs: 10_000 }, botUrl);
    } catch (error) {
      // killed in the middle, or no bot that takes them: told again when it is up again
      if (!(error instanceof ProcessError)) throw error;
      isTold = false;
    }
  };
}

/** The folder of the built page (`build.ts`). Throws ProcessError with a sentence where it cannot be built. */
export async function pageFolder(onBuild?: () => void): Promise<string> {
  try {
    return await builtPage(onBuild);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ProcessError(`The page could not be built: ${why}`, { cause });
  }
}

/** What people do that nothing in the script depends on. */
const harmless: ReadonlySet<string> = new Set([
  "options",
  "openHome",
  "closeView",
  "say",
  "upload",
  "react",
  "unreact",
  "markRead",
]);

const sandboxIsGone =
  "The sandbox itself has ended, and with it what was in it. Start it again: npm run sandbox";
