import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type Config, readConfig } from "#src/config.ts";
import { prepareJobs } from "#src/db/effects.ts";
import { startEmbedded } from "#src/db/embedded.ts";
import { migrateToLatest } from "#src/db/migrate.ts";
import { type Database, openDatabase, pingDatabase } from "#src/db/open.ts";
import { countPeople, savePeople } from "#src/db/people.ts";
import { type LedgerSettings, noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import { listServices } from "#src/db/services.ts";
import type { ServicesFile } from "#src/domain/services-file.ts";
import { createGitHubApi } from "#src/github/client.ts";
import type { GitHubApi } from "#src/github/github-api.ts";
import { gitHubUses, type GitHubUses } from "#src/github/uses.ts";
import { createWebhooks } from "#src/github/webhooks.ts";
import { changes } from "#src/intake/changes.ts";
import { createIntake } from "#src/intake/intake.ts";
import { testResults } from "#src/intake/test-results.ts";
import { traces } from "#src/intake/traces.ts";
import { handlers } from "#src/jobs/index.ts";
import { watchLateness } from "#src/jobs/lateness.ts";
import { pacingFor } from "#src/jobs/pacing.ts";
import { startRetention } from "#src/jobs/retention.ts";
import { startWorker, type Worker } from "#src/jobs/worker.ts";
import { type Clock, remoteClock, systemClock } from "#src/lib/clock.ts";
import { PermanentError, TransientError } from "#src/lib/errors.ts";
import { LastOutcome } from "#src/lib/last-outcome.ts";
import { closeServer, listen } from "#src/lib/listen.ts";
import { createLog, type Log } from "#src/lib/log.ts";
import { readServicesFile } from "#src/services-file.ts";
import { createSlackApp } from "#src/slack/app.ts";
import { createSlackApi } from "#src/slack/client.ts";
import type { SlackApi, SlackUser } from "#src/slack/slack-api.ts";
import { fileWhatWaited } from "#src/usecases/file-what-waited.ts";
import { importServices } from "#src/usecases/import-services.ts";
import { answerNotFound, answerStarting, createWebHandler } from "#src/web/handler.ts";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export interface Service {
  /** Where Slack's requests, /healthz and /readyz are answered. */
  port: number;
  /** Runs every effect that is due or waits; for tests and tools. */
  drain(): Promise<void>;
  /** Stops intake, finishes or releases what runs, closes everything; within 10 s. */
  stop(): Promise<void>;
}
export interface StartOptions {
  log: Log;
  /** Aborted: a start that still waits for Slack gives up. */
  signal?: AbortSignal;
  /** Takes requests only; another process runs the effects. */
  isWorkerOff?: boolean;
  /** Calls Slack and GitHub as fast as it can; for the sandbox, which does not mind. */
  isPacingOff?: boolean;
}

/**
 * The only composition: database, Slack, GitHub, jobs. Throws PermanentError with a sentence for a
 * person where something is wrong for good (a token, the data folder); waits where it is only away.
 */
export async function startService(config: Config, options: StartOptions): Promise<Service> {
  const { log } = options;
  const services = config.servicesFile ? await readServices(config.servicesFile) : undefined;
  await using closing = new AsyncDisposableStack();

  const url = config.databaseUrl ?? (await startOwnDatabase(config, closing, log));
  await prepareDatabase(url, log);
  const db = await openDatabase({ url, maxConnections: 16, log });
  closing.defer(() => db.destroy());

  const slackStanding = new LastOutcome();
  const githubStanding = new LastOutcome();
  let entrance: () => "connected" | "connecting" | "away" = () => "connecting";
  let answerSlack: Listener | undefined;
  const web = createWebHandler({
    pingDatabase: () => pingDatabase(db),
    // the worse of the two ways: Slack reaches us, and we reach Slack
    slackState: () => (slackStanding.state === "away" ? "away" : entrance()),
    githubState: () => (github ? (githubStanding.state ?? "not checked yet") : "not set up"),
  });
  let fromMachines: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  const server = createServer((request, response) => {
    if (web(request, response) || fromMachines?.(request, response)) return;
    const isFromSlack = request.url === "/slack/events";
    // a machine takes 404 for good: until the doors are open it is told to come again
    const isEarly = fromMachines === undefined && isForMachines(request.url ?? "");
    if (!isFromSlack && !isEarly) return answerNotFound(response);
    (isFromSlack && answerSlack ? answerSlack : answerStarting)(request, response);
  });
  // longer than Slack or a load balancer keeps an idle connection: one that is used again must not be cut by us
  server.keepAliveTimeout = 65_000;
  const port = await listen(server, config.port);
  closing.defer(() => closeServer(server));

  const github = createGitHub(config, githubStanding, log);
  const slack = createSlackApi({
    token: config.slack.botToken,
    apiUrl: config.slack.apiUrl,
    timeoutMs: 10_000,
    standing: slackStanding,
  });
  const bot = await untilAnswered(() => slack.whoAmI(), options);
  const teamId = bot.teamId as TeamId;
  if ((await countPeople(db, teamId)) === 0) await learnPeople(db, slack, teamId, options);
  if (services) await importServices({ db, log, teamId }, services, resolverOf(slack, options));

  const uses = await findGitHubUses(config, github, db, teamId, log);
  const filedCount = await fileWhatWaited({ db, teamId }, uses);
  if (filedCount > 0) log.info({ filedCount }, "what waited for GitHub is being filed");
  const clock: Clock = config.clockUrl ? remoteClock(config.clockUrl) : systemClock;
  const ledger = services?.ledger ?? noLedgerSettings;
  fromMachines = createMachineDoors({ config, db, teamId, clock, ledger, log });
  const worker = options.isWorkerOff
    ? undefined
    : await startJobs(
        {
          config,
          url,
          slack,
          github,
          teamId,
          clock,
          log,
          ledger,
          isPacingOff: options.isPacingOff ?? false,
        },
        closing,
      );
  const isOutsideSlow = worker
    ? () => worker.isOutsideSlow()
    : await watchEffects(db, closing, log);
  const app = createSlackApp({
    config: config.slack,
    bot,
    db,
    clock,
    log,
    settings: {
      slashCommand: config.slack.command,
      ledger,
      gitHub: {
        hasAccess: github !== undefined,
        issuesRepo: config.github.issuesRepo,
        postmortemRepo: config.github.postmortemRepo,
      },
    },
    isOutsideSlow,
    standing: slackStanding,
  });
  await app.start();
  closing.defer(() => app.stop(4_000));
  entrance = () => app.state();
  answerSlack = app.requestListener;
  log.info({ port, isSocketMode: config.slack.appToken !== undefined }, "the bot is ready");

  const opened = closing.move();
  return {
    port,
    drain: async () => worker?.drain(),
    stop: () => opened.disposeAsync(),
  };
}

async function startOwnDatabase(
  config: Config,
  closing: AsyncDisposableStack,
  log: Log,
): Promise<string> {
  const embedded = await startEmbedded({ dataDir: config.dataDir, log });
  closing.defer(() => embedded.stop());
  return embedded.url;
}

async function prepareDatabase(url: string, log: Log): Promise<void> {
  const db = await openDatabase({ url, maxConnections: 2, statementTimeoutMs: 0, log });
  try {
    await migrateToLatest(db, log);
  } finally {
    await db.destroy();
  }
  await prepareJobs(url, log);
}

async function readServices(path: string): Promise<ServicesFile> {
  const read = await readServicesFile(path);
  if (!read.ok) throw new PermanentError("services_file", read.error);
  return read.value;
}

function createGitHub({ github }: Config, standing: LastOutcome, log: Log): GitHubApi | undefined {
  const auth = github.token === undefined ? github.app : { token: github.token };
  if (auth === undefined) {
    log.warn("no access to GitHub: actions and the postmortem stay in the bot's own record");
    return undefined;
  }
  return createGitHubApi(auth, { apiUrl: github.apiUrl, timeoutMs: 10_000, standing });
}

/** Asks the services as they are stored: what stood before the file wins. Warns of what nobody named. */
async function findGitHubUses(
  config: Config,
  github: GitHubApi | undefined,
  db: Database,
  teamId: TeamId,
  log: Log,
): Promise<GitHubUses> {
  const services = await listServices(db, teamId);
  const uses = gitHubUses(github !== undefined, config.github, services);
  if (uses.unnamed.length > 0) {
    log.warn(
      `GitHub can be reached, and no repository is named for what is to go there: set ${uses.unnamed.join(" and ")}`,
    );
  }
  return uses;
}

/** Another process runs the effects: this one looks now and then whether they are late. */
async function watchEffects(
  db: Database,
  closing: AsyncDisposableStack,
  log: Log,
): Promise<() => boolean> {
  const watch = await watchLateness(db, log);
  closing.defer(() => watch.stop());
  return () => watch.isOutsideSlow();
}

/** Asks until there is an answer, at most every 15 s: a bot that starts while Slack is away waits for it. */
async function untilAnswered<Value>(
  ask: () => Promise<Value>,
  { log, signal }: StartOptions,
): Promise<Value> {
  for (let waitMs = 500; ; waitMs = Math.min(waitMs * 2, 15_000)) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TransientError)) throw error;
      log.warn({ code: error.code, waitMs }, "Slack does not answer yet");
      await pause(error.retryAfterMs ?? waitMs, undefined, { signal });
    }
  }
}

/** The first start: everybody of the workspace, so that nobody who is already there is a stranger (ADR 4). */
async function learnPeople(
  db: Database,
  slack: SlackApi,
  teamId: TeamId,
  options: StartOptions,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await untilAnswered(() => slack.listUsers(cursor), options);
    await savePeople(db, teamId, page.users.filter((user) => user.teamId === teamId).map(personOf));
    cursor = page.nextCursor;
  } while (cursor);
}

function personOf(user: SlackUser) {
  return { ...user, userId: user.userId as UserId };
}

function resolverOf(slack: SlackApi, options: StartOptions) {
  return async (idOrEmail: string): Promise<UserId | undefined> => {
    if (!idOrEmail.includes("@")) return idOrEmail as UserId;
    const user = await untilAnswered(() => slack.findUserByEmail(idOrEmail), options);
    return user?.userId as UserId | undefined;
  };
}

interface JobParts {
  config: Config;
  url: string;
  slack: SlackApi;
  github: GitHubApi | undefined;
  teamId: TeamId;
  clock: Clock;
  log: Log;
  ledger: LedgerSettings;
  isPacingOff: boolean;
}

/** The worker has a pool of its own: people's requests never wait for a connection that a job holds. */
async function startJobs(parts: JobParts, closing: AsyncDisposableStack): Promise<Worker> {
  const { config, url, slack, github, teamId, clock, log } = parts;
  const db = await openDatabase({ url, maxConnections: 10, statementTimeoutMs: 10_000, log });
  closing.defer(() => db.destroy());
  const worker = await startWorker({
    url,
    handlers,
    pacing: parts.isPacingOff ? "off" : pacingFor(config.slack.apiUrl),
    context: {
      db,
      slack,
      github,
      clock,
      log,
      settings: {
        teamId,
        announceChannel: config.slack.announceChannel,
        issuesRepo: config.github.issuesRepo,
        postmortemRepo: config.github.postmortemRepo,
        postmortemPath: config.github.postmortemPath,
        command: config.slack.command,
        ledger: parts.ledger,
      },
    },
  });
  closing.defer(() => worker.stop(3_000));
  const retention = startRetention(db, config.retentionDays, log);
  closing.defer(() => retention.stop());
  return worker;
}

interface DoorParts {
  config: Config;
  db: Database;
  teamId: TeamId;
  clock: Clock;
  ledger: LedgerSettings;
  log: Log;
}

/** Where machines send: the ledger's endpoints, and GitHub's webhooks. */
function createMachineDoors(
  parts: DoorParts,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { config, db, teamId, clock, ledger: settings, log } = parts;
  const context = async () => ({ db, teamId, now: await clock(), log, settings });
  const intake = createIntake({
    token: config.intakeToken,
    routes: [traces, changes, testResults],
    context,
    log,
  });
  const webhooks = createWebhooks({ secret: config.github.webhookSecret, context, log });
  return (request, response) => intake(request, response) || webhooks(request, response);
}

function isForMachines(url: string): boolean {
  return /^\/(?:v1\/|github\/webhooks(?:\?|$))/.test(url);
}

/** `npm start`: reads the environment, starts, and stops on SIGTERM or SIGINT with exit status 0 within 10 s. */
async function main(): Promise<void> {
  const config = readConfig();
  if (!config.ok) {
    console.error(config.error);
    process.exitCode = 1;
    return;
  }
  const log = createLog(config.value.logLevel);
  const aborting = new AbortController();
  const starting = startService(config.value, { log, signal: aborting.signal });
  const stop = (exitCode: number): void => {
    if (aborting.signal.aborted) return;
    aborting.abort();
    setTimeout(() => process.exit(exitCode), 9_500).unref();
    void starting
      // a start that failed or gave up has closed what it opened, and said why
      .then(
        (service) => service.stop(),
        () => undefined,
      )
      .catch((error: unknown) => log.error({ err: error }, "the bot did not stop cleanly"))
      .finally(() => process.exit(exitCode));
  };
  process.on("SIGTERM", () => stop(0));
  process.on("SIGINT", () => stop(0));
  // a promise that nobody waited for is a bug: stop in order, and let the supervisor start anew
  process.on("unhandledRejection", (error) => {
    log.fatal({ err: error }, "an error that nobody handled");
    stop(1);
  });
  try {
    await starting;
  } catch (error) {
    if (aborting.signal.aborted) return;
    if (error instanceof PermanentError) console.error(error.message);
    else log.fatal({ err: error }, "the bot could not start");
    stop(1);
  }
}

if (import.meta.main) await main();
