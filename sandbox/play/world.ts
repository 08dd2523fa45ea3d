import { readFile } from "node:fs/promises";
import { parse, stringify } from "yaml";
import type { SandboxAddresses, SandboxSeed } from "#sandbox/protocol.ts";
import type { Scenario } from "#sandbox/scenario.ts";

/** The workspace and the GitHub that a scenario is played in, and who is who in it. */
export interface World {
  seed: SandboxSeed;
  /** Text of the services file that tells the bot who owns which layer. */
  servicesFile: string;
  /** Handle of a person → Slack user id. */
  userIds: ReadonlyMap<string, string>;
  /** Where people are before there is an incident. */
  generalChannelId: string;
  /** Where incidents are announced. */
  announceChannelId: string;
}

/** Slash commands are typed with this word; it is the bot's default. */
export const slashCommand = "/incident";

/** The one service of a scenario's world, as telemetry and change sources name it too. */
export const serviceName = "assistant";
/** What machines show to the bot (`/v1/*`). */
export const intakeToken = "sandbox-intake-token";
/** What GitHub's webhooks are signed with (`/github/webhooks`). */
export const webhookSecret = "sandbox-webhook-secret";

/** Where the people of a scenario live, in turn: an incident is looked at from many places. */
const timeZones = [
  "UTC",
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Europe/London",
  "America/Los_Angeles",
  "Asia/Tokyo",
];

const issuesRepo = { owner: "example", name: "incidents" };
const postmortemRepo = { owner: "example", name: "postmortems" };

/** The world of a scenario: its people in one workspace, with a GitHub login each. `granted`: what the bot asked Slack for. */
export function worldOf(scenario: Scenario, granted: Granted = { scopes: [] }): World {
  const userIds = new Map(
    scenario.people.map((person, index) => [
      person.handle,
      `U0${String(index + 1).padStart(9, "0")}`,
    ]),
  );
  const memberIds = [...userIds.values()];
  const seed: SandboxSeed = {
    team: { id: "T0000000001", name: "Example" },
    bot: {
      token: "xoxb-sandbox-token",
      appToken: "xapp-sandbox-token",
      signingSecret: "sandbox-signing-secret",
      userId: "U0FAULTLINE",
      botId: "B0FAULTLINE",
      name: "faultline",
      ...granted,
    },
    users: scenario.people.map(({ handle }, index) => ({
      id: userIds.get(handle) ?? "",
      name: handle,
      realName: handle,
      email: `${loginOf(handle)}@example.com`,
      timeZone: timeZones[index % timeZones.length] ?? "UTC",
    })),
    channels: [
      { id: "C0GENERAL", name: "general", memberIds },
      { id: "C0INCIDENTS", name: "incidents", memberIds },
    ],
    github: {
      token: "ghp_sandbox_token",
      login: "faultline-bot",
      users: scenario.people.map(({ handle }) => loginOf(handle)),
      repos: [issuesRepo, postmortemRepo],
    },
  };
  return {
    seed,
    servicesFile: servicesFileOf(scenario, userIds),
    userIds,
    generalChannelId: "C0GENERAL",
    announceChannelId: "C0INCIDENTS",
  };
}

/** GitHub logins know no underscore. */
export function loginOf(handle: string): string {
  return handle.replaceAll("_", "-");
}

/** One service, the default one, owned as the scenario says (ARCHITECTURE.md, services file). */
function servicesFileOf(scenario: Scenario, userIds: ReadonlyMap<string, string>): string {
  const owners = Object.fromEntries(
    scenario.people.flatMap((person) =>
      person.layers.map((layer) => [layer, { person: userIds.get(person.handle) }]),
    ),
  );
  return stringify({
    services: [{ name: serviceName, default: true, promise: scenario.promise.text, owners }],
    people: scenario.people.map((person) => ({
      slack: userIds.get(person.handle),
      github: loginOf(person.handle),
      ...(person.capacities.length > 0 ? { capacities: person.capacities } : {}),
    })),
  });
}

/** The environment variables of a bot in this world; `port` and the folders are the caller's choice. */
export function botEnvironment(
  world: World,
  addresses: SandboxAddresses,
  own: { port: number; dataDir: string; servicesPath: string; transport: "http" | "socket" },
): Record<string, string> {
  const { bot, github } = world.seed;
  return {
    SLACK_BOT_TOKEN: bot.token,
    ...(own.transport === "http"
      ? { SLACK_SIGNING_SECRET: bot.signingSecret }
      : { SLACK_APP_TOKEN: bot.appToken }),
    SLACK_API_URL: addresses.slackApiUrl,
    GITHUB_API_URL: addresses.githubApiUrl,
    GITHUB_TOKEN: github.token,
    FAULTLINE_ISSUES_REPO: `${issuesRepo.owner}/${issuesRepo.name}`,
    FAULTLINE_POSTMORTEM_REPO: `${postmortemRepo.owner}/${postmortemRepo.name}`,
    FAULTLINE_ANNOUNCE_CHANNEL: world.announceChannelId,
    FAULTLINE_SERVICES: own.servicesPath,
    FAULTLINE_INTAKE_TOKEN: intakeToken,
    GITHUB_WEBHOOK_SECRET: webhookSecret,
    FAULTLINE_CLOCK_URL: addresses.clockUrl,
    FAULTLINE_DATA_DIR: own.dataDir,
    PORT: String(own.port),
    LOG_LEVEL: "info",
  };
}

/** What the app's own manifest asks Slack for. */
export type Granted = Pick<
  SandboxSeed["bot"],
  "scopes" | "events" | "commands" | "shortcuts" | "hasHome"
>;

/** Reads it from `manifest.yml`. Throws where the file is not there or of another form. */
export async function readManifest(): Promise<Granted> {
  const text = await readFile(new URL("../../manifest.yml", import.meta.url), "utf8");
  const { features, oauth_config, settings } = parse(text) as Manifest;
  return {
    scopes: oauth_config.scopes.bot,
    events: settings.event_subscriptions.bot_events,
    commands: (features.slash_commands ?? []).map(({ command, description, usage_hint }) => ({
      command,
      description,
      usageHint: usage_hint ?? "",
    })),
    shortcuts: (features.shortcuts ?? []).map(({ callback_id: callbackId, ...shortcut }) => ({
      callbackId,
      ...shortcut,
    })),
    hasHome: features.app_home.home_tab_enabled,
  };
}
interface Manifest {
  features: {
    app_home: { home_tab_enabled: boolean };
    shortcuts?: {
      callback_id: string;
      type: "global" | "message";
      name: string;
      description: string;
    }[];
    slash_commands?: { command: string; description: string; usage_hint?: string }[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] } };
}
