import { z } from "zod";
import { err, ok, type Result } from "#src/lib/result.ts";

/** Everything the service is told from outside (architecture: "The contract with the outside"). */
export interface Config extends StoreConfig {
  slack: SlackConfig;
  github: GitHubConfig;
  /** Path of the YAML file with services, owners and people. */
  servicesFile?: string;
  /** What machines' endpoints (`/v1/*`) ask for as bearer token; absent: they answer 404. */
  intakeToken?: string;
  /** How long the ledger keeps what it received, in days. */
  retentionDays: number;
  /** Another clock, for replays of past incidents; only where Slack is a sandbox on this machine. */
  clockUrl?: string;
  port: number;
}
export interface SlackConfig {
  botToken: string;
  /** Present: requests come signed over HTTP, unless there is an `appToken`. */
  signingSecret?: string;
  /** Present: Socket Mode. */
  appToken?: string;
  /** With a closing slash. */
  apiUrl: string;
  /** With its slash. */
  command: `/${string}`;
  /** Channel id. */
  announceChannel?: string;
}
export interface GitHubConfig {
  /** Neither `token` nor `app`: the bot runs, and keeps actions and postmortems in its own record. */
  token?: string;
  app?: { id: number; privateKey: string; installationId?: number };
  /** Without a closing slash. */
  apiUrl: string;
  /** `owner/name` */
  issuesRepo?: string;
  postmortemRepo?: string;
  /** Folder in that repository, without slashes around it. */
  postmortemPath: string;
  /** Verifies `/github/webhooks`; absent: they answer 404. */
  webhookSecret?: string;
}
/** What it takes to reach the database alone. */
export interface StoreConfig {
  databaseUrl?: string;
  /** Home of the embedded database where there is no `databaseUrl`. */
  dataDir: string;
  logLevel: string;
}

type Environment = Record<string, string | undefined>;

/**
 * Reads the whole configuration from the environment, or from what stands in for it. The error is one text
 * for a person: every fault at once, and for what is missing what it is and where to get it. It holds
 * no value of a secret.
 */
export function readConfig(env: Environment = process.env): Result<Config, string> {
  const given = withoutBlanks(env);
  const parsed = Variables.safeParse(given);
  const wrong = (parsed.error?.issues ?? []).map(
    (issue) => `${String(issue.path[0])} ${issue.message}`,
  );
  wrong.push(...faultsBetween(given));
  const missing = missingSlack(given);
  if (!parsed.success || wrong.length > 0 || missing.length > 0) {
    return err(explain(wrong, missing, hasGitHub(given)));
  }
  return ok(shape(parsed.data));
}

/** Reads what the database needs: for the migrations, which start without Slack. Error as above. */
export function readStoreConfig(env: Environment): Result<StoreConfig, string> {
  const parsed = StoreVariables.safeParse(withoutBlanks(env));
  if (parsed.success) return ok(shapeStore(parsed.data));
  return err(
    explain(
      parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`),
      [],
    ),
  );
}

const repo = z.string().regex(/^[\w.-]+\/[\w.-]+$/, "must be the repository as owner/name");
const url = z.url({
  protocol: /^https?$/,
  error: "must be an address that starts with https:// or http://",
});
const wholeNumber = (message: string, most = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((number) => number <= most, message);

const StoreVariables = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must be an address that starts with postgresql://")
    .optional(),
  FAULTLINE_DATA_DIR: z.string().default(".faultline"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "must be one of fatal, error, warn, info, debug, trace, silent",
    })
    .default("info"),
});

const Variables = StoreVariables.extend({
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xox(b|e\.xoxb)-/, "must be the token that starts with xoxb-")
    .optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/, "must be the token that starts with xapp-")
    .optional(),
  SLACK_API_URL: url.default("https://slack.com/api/"),
  GITHUB_API_URL: url.default("https://api.github.com"),
  GITHUB_TOKEN: z.string().optional(),
  GITHUB_APP_ID: wholeNumber("must be the App's number").optional(),
  GITHUB_APP_PRIVATE_KEY: z
    .string()
    // many places where secrets are kept cannot hold line breaks
    .transform((key) => key.replaceAll("\\n", "\n"))
    .refine(
      (key) => key.includes("PRIVATE KEY-----"),
      "must be the text of the .pem file, from -----BEGIN on",
    )
    .optional(),
  GITHUB_APP_INSTALLATION_ID: wholeNumber("must be the installation's number").optional(),
  FAULTLINE_ISSUES_REPO: repo.optional(),
  FAULTLINE_POSTMORTEM_REPO: repo.optional(),
  FAULTLINE_POSTMORTEM_PATH: z
    .string()
    .transform((path) => path.replace(/\/+$/, ""))
    .refine(isInsideRepository, "must be a folder inside the repository, such as docs/postmortems")
    .default("postmortems"),
  FAULTLINE_SLASH_COMMAND: z
    .string()
    // Slack's own limit: a word of at most 32 characters, lower case (api.slack.com/interactivity/slash-commands)
    .regex(
      /^\/[a-z0-9_-]{1,31}$/,
      "must be one word in lower case with its slash, such as /incident",
    )
    .default("/incident"),
  FAULTLINE_ANNOUNCE_CHANNEL: z
    .string()
    .regex(
      /^[CG][A-Z0-9]+$/,
      "must be a channel's id, such as C0123456789 (in Slack: the channel's name, then About, at the bottom)",
    )
    .optional(),
  FAULTLINE_SERVICES: z.string().optional(),
  FAULTLINE_CLOCK_URL: url.optional(),
  GITHUB_WEBHOOK_SECRET: z.string().optional(),
  FAULTLINE_INTAKE_TOKEN: z.string().optional(),
  FAULTLINE_RETENTION_DAYS: wholeNumber("must be a whole number of days")
    .refine((days) => days >= 1, "must be at least 1")
    .default(400),
  PORT: wholeNumber("must be a port from 0 to 65535", 65_535).default(3_000),
});

/** What no single variable shows. */
function faultsBetween(env: Environment): string[] {
  const faults: string[] = [];
  if (env["FAULTLINE_CLOCK_URL"] && !isLoopback(env["SLACK_API_URL"])) {
    faults.push(
      "FAULTLINE_CLOCK_URL may be set only while SLACK_API_URL is an address of this machine",
    );
  }
  if (env["GITHUB_APP_ID"] && !env["GITHUB_APP_PRIVATE_KEY"]) {
    faults.push("GITHUB_APP_PRIVATE_KEY is missing beside GITHUB_APP_ID");
  }
  if (!env["GITHUB_APP_ID"] && env["GITHUB_APP_PRIVATE_KEY"]) {
    faults.push("GITHUB_APP_ID is missing beside GITHUB_APP_PRIVATE_KEY");
  }
  return faults;
}

const slackApps = "https://api.slack.com/apps, your app";
const missingTexts = {
  botToken: `SLACK_BOT_TOKEN: the bot's token, it starts with xoxb-.
      ${slackApps} > OAuth & Permissions > Bot User OAuth Token.`,
  entrance: `SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: how Slack reaches the bot.
      SLACK_APP_TOKEN (Socket Mode, needs no public address) starts with xapp-.
      ${slackApps} > Basic Information > App-Level Tokens > Generate Token and Scopes, with connections:write.
      SLACK_SIGNING_SECRET (HTTP requests to your own address).
      ${slackApps} > Basic Information > App Credentials > Signing Secret.`,
  github: `GITHUB_TOKEN: files action items as issues and opens the postmortem's pull request.
      https://github.com > your picture > Settings > Developer settings > Personal access tokens > Fine-grained tokens >
      Generate new token, with Contents, Issues and Pull requests set to Read and write.
      Or a GitHub App: GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY.
      https://github.com > your organization > Settings > Developer settings > GitHub Apps > the App > General:
      App ID, and Private keys > Generate a private key. Also set FAULTLINE_ISSUES_REPO and FAULTLINE_POSTMORTEM_REPO.`,
};

function missingSlack(env: Environment): string[] {
  return [
    ...(env["SLACK_BOT_TOKEN"] ? [] : [missingTexts.botToken]),
    ...(env["SLACK_SIGNING_SECRET"] || env["SLACK_APP_TOKEN"] ? [] : [missingTexts.entrance]),
  ];
}

function hasGitHub(env: Environment): boolean {
  return Boolean(env["GITHUB_TOKEN"] || env["GITHUB_APP_ID"]);
}

function explain(wrong: string[], missing: string[], hasGitHubAccess = true): string {
  const parts = ["Faultline cannot start: environment variables are missing or wrong."];
  if (missing.length > 0) parts.push("Missing:", ...missing.map((text) => `  - ${text}`));
  if (missing.length > 0 && !hasGitHubAccess)
    parts.push("Not set, and it starts without:", `  - ${missingTexts.github}`);
  if (wrong.length > 0) parts.push("Wrong:", ...wrong.map((text) => `  - ${text}.`));
  if (missing.length > 0) {
    parts.push(
      "There is no app yet? https://api.slack.com/apps > Create New App > From a manifest, with manifest.yml from here.",
      "To see Faultline without any of this: npm run demo",
    );
  }
  return parts.join("\n");
}

function shape(given: z.infer<typeof Variables>): Config {
  const {
    GITHUB_APP_ID: appId,
    GITHUB_APP_PRIVATE_KEY: privateKey,
    GITHUB_APP_INSTALLATION_ID: installationId,
  } = given;
  return {
    ...shapeStore(given),
    slack: {
      botToken: given.SLACK_BOT_TOKEN ?? "",
      ...present("signingSecret", given.SLACK_SIGNING_SECRET),
      ...present("appToken", given.SLACK_APP_TOKEN),
      apiUrl: given.SLACK_API_URL.replace(/\/*$/, "/"),
      command: given.FAULTLINE_SLASH_COMMAND as `/${string}`,
      ...present("announceChannel", given.FAULTLINE_ANNOUNCE_CHANNEL),
    },
    github: {
      ...present("token", given.GITHUB_TOKEN),
      ...(appId !== undefined && privateKey !== undefined
        ? { app: { id: appId, privateKey, ...present("installationId", installationId) } }
        : {}),
      apiUrl: given.GITHUB_API_URL.replace(/\/*$/, ""),
      ...present("issuesRepo", given.FAULTLINE_ISSUES_REPO),
      ...present("postmortemRepo", given.FAULTLINE_POSTMORTEM_REPO),
      postmortemPath: given.FAULTLINE_POSTMORTEM_PATH,
      ...present("webhookSecret", given.GITHUB_WEBHOOK_SECRET),
    },
    ...present("servicesFile", given.FAULTLINE_SERVICES),
    ...present("intakeToken", given.FAULTLINE_INTAKE_TOKEN),
    retentionDays: given.FAULTLINE_RETENTION_DAYS,
    ...present("clockUrl", given.FAULTLINE_CLOCK_URL),
    port: given.PORT,
  };
}

function shapeStore(given: z.infer<typeof StoreVariables>): StoreConfig {
  return {
    ...present("databaseUrl", given.DATABASE_URL),
    dataDir: given.FAULTLINE_DATA_DIR,
    logLevel: given.LOG_LEVEL,
  };
}

/** `{key: value}`, or nothing at all where there is no value. */
function present<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

/** A variable set to nothing is as good as not set: compose files and shells leave such behind. */
function withoutBlanks(env: Environment): Environment {
  const entries = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ""));
}

function isLoopback(address: string | undefined): boolean {
  const host = address && URL.canParse(address) ? new URL(address).hostname : "";
  return host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
}

function isInsideRepository(path: string): boolean {
  return path
    .split("/")
    .every((part) => part !== "" && part !== "." && part !== ".." && !part.startsWith(".git"));
}
