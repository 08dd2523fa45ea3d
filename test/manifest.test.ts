/**
 * Goal: the app that people make from manifest.yml hears every command and event that we listen to, may
 * call every Web API method that we call, and nothing more.
 * Method: the manifest against the tables of the code, the source of src/, and the scopes that the
 * sandbox enforces; then the other form of it, as the script prints it.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { subcommands } from "#commands/index.ts";
import { type MethodScopes, scopesByEvent, scopesByMethod } from "#sandbox/slack/scopes.ts";
import { eventListeners } from "#src/slack/events.ts";
import { shortcuts } from "#src/slack/shortcuts.ts";

interface Manifest {
  display_information: { name: string; description: string };
  features: {
    bot_user: { display_name: string };
    slash_commands: {
      command: string;
      description: string;
      usage_hint: string;
      should_escape: boolean;
      url?: string;
    }[];
    shortcuts?: { callback_id: string; type: string; name: string; description: string }[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: {
    event_subscriptions: { bot_events: string[]; request_url?: string };
    interactivity: { is_enabled: boolean; request_url?: string };
    socket_mode_enabled: boolean;
  };
}

const manifest = parse(readFileSync("manifest.yml", "utf8")) as Manifest;
const scopes = manifest.oauth_config.scopes.bot;
const sources = globSync("src/**/*.ts").map((path) => readFileSync(path, "utf8"));

/** Our direct messages are looked for in their history too; no other method meets one. */
const methodsOnDirectMessages = ["conversations.history"];

test("Every event that is listened to is in the manifest, and no other", () => {
  expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(
    [...new Set(eventListeners.map(({ event, subscription }) => subscription ?? event))].toSorted(),
  );
});

test("The one slash command is in the manifest, its hint names every subcommand in their order", () => {
  const { command, usage_hint: hint, should_escape: isEscaped } = onlyCommand(manifest);
  expect({ command, isEscaped }).toEqual({ command: "/incident", isEscaped: true });
  expect(hint.split(" | ")).toEqual(subcommands.map(({ subcommand }) => subcommand));
});

test("Nothing listens beside the tables: one command, and the events and shortcuts of theirs", () => {
  const all = sources.join("\n");
  const counts = ["command", "event", "message", "shortcut", "options"].map(
    (kind) => all.match(new RegExp(`\\bapp\\.${kind}\\(`, "g"))?.length ?? 0,
  );
  expect(counts).toEqual([1, 1, 0, 1, 0]);
});

test("The manifest has the shortcuts of their table, within Slack's limits", () => {
  const inManifest = manifest.features.shortcuts ?? [];
  expect(inManifest.map(({ callback_id: callbackId, type }) => ({ callbackId, type }))).toEqual(
    shortcuts.map(({ callbackId, type }) => ({ callbackId, type })),
  );
  for (const { name, description } of inManifest) {
    expect(name.length).toBeLessThanOrEqual(24);
    expect(description.length).toBeLessThanOrEqual(150);
  }
});

test("The manifest has the scopes of every Web API method and event that is used", () => {
  for (const { use, oneOf } of needs()) {
    expect(scopes, `${use} needs one of these`).toEqual(
      expect.toSatisfy((all: string[]) => oneOf.some((scope) => all.includes(scope))),
    );
  }
});

test("The manifest has no scope that nothing needs", () => {
  const needed = needs().map(({ oneOf }) => oneOf.filter((scope) => scopes.includes(scope)));
  const unused = scopes.filter(
    (scope) => scope !== "commands" && !needed.some((one) => one.length === 1 && one[0] === scope),
  );
  expect(unused).toEqual([]);
});

test("The manifest asks for nothing else: no organization, no rotating tokens", () => {
  expect({
    ...manifest,
    features: { ...manifest.features, bot_user: {}, slash_commands: [], shortcuts: [] },
    oauth_config: Object.keys(manifest.oauth_config),
  }).toEqual({
    display_information: expect.anything() as unknown,
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: true,
      },
      bot_user: {},
      slash_commands: [],
      shortcuts: [],
    },
    oauth_config: ["scopes"],
    settings: {
      event_subscriptions: { bot_events: expect.any(Array) as unknown },
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    },
  });
});

test("The manifest keeps Slack's limits of length", () => {
  const { command, description, usage_hint: hint } = onlyCommand(manifest);
  expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
  expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
  expect(manifest.features.bot_user.display_name.length).toBeLessThanOrEqual(80);
  expect(command.length).toBeLessThanOrEqual(32);
  expect(description.length).toBeLessThanOrEqual(2_000);
  expect(hint.length).toBeLessThanOrEqual(1_000);
});

test("The HTTP form has the address everywhere, another word, and is otherwise the same", () => {
  const { status, stdout } = run("--url", "https://bot.example.com/", "--command", "/ai-incident");
  expect(status).toBe(0);
  const http = parse(stdout) as Manifest;
  const address = "https://bot.example.com/slack/events";
  expect(http).toEqual({
    ...manifest,
    features: {
      ...manifest.features,
      slash_commands: [{ ...onlyCommand(manifest), command: "/ai-incident", url: address }],
    },
    settings: {
      ...manifest.settings,
      event_subscriptions: {
        ...manifest.settings.event_subscriptions,
        request_url: address,
      },
      interactivity: { is_enabled: true, request_url: address },
      socket_mode_enabled: false,
    },
  });
});

test("Without arguments the script prints the manifest as it is", () => {
  expect(parse(run().stdout)).toEqual(manifest);
});

test.each([
  [["--url", "http://bot.example.com"], "--url takes the https address"],
  [["--url", "bot"], "--url takes the https address"],
  [["--command", "incident"], "--command takes a slash"],
  [["--command", "/Incident now"], "--command takes a slash"],
  [["--domain", "x"], "Unknown option '--domain'"],
  [["x"], "Unexpected argument 'x'"],
])("The arguments %j are refused with one sentence", (args, sentence) => {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(sentence);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

interface Need {
  use: string;
  oneOf: readonly string[];
}

/** What each method and event that is used needs: one scope of each list. */
function needs(): Need[] {
  const methods = usedMethods();
  // the search itself works: these are called for certain
  expect(methods).toEqual(expect.arrayContaining(["chat.postMessage", "views.open"]));
  return [
    ...methods.flatMap((method): Need[] => {
      const table: Readonly<Record<string, MethodScopes>> = scopesByMethod;
      const lists = table[method];
      if (!lists) throw new Error(`sandbox/slack/scopes.ts does not know ${method}: add it there`);
      const { any, public: ofPublic, direct } = lists;
      const isOnDirect = methodsOnDirectMessages.includes(method) || !(any || ofPublic);
      return [any, ofPublic, isOnDirect ? direct : undefined]
        .filter((oneOf) => oneOf !== undefined)
        .map((oneOf) => ({ use: method, oneOf }));
    }),
    ...eventListeners.flatMap(({ event, subscription = event }): Need[] => {
      const oneOf = scopesByEvent[subscription];
      if (!oneOf) throw new Error(`sandbox/slack/scopes.ts does not know ${subscription}`);
      return oneOf.length === 0 ? [] : [{ use: subscription, oneOf }];
    }),
  ];
}

/**
 * Every Web API method that is named in a call, `client.chat.update(` or `apiCall("chat.update"`, in a
 * file that holds a client of Slack's at all.
 */
function usedMethods(): string[] {
  const families = [...new Set(Object.keys(scopesByMethod).map((name) => name.split(".")[0]))];
  const call = new RegExp(`\\.\\s*((?:${families.join("|")})\\.[a-zA-Z.]+)\\s*\\(`, "g");
  const named = /\bapiCall\(\s*["']([a-zA-Z.]+)["']/g;
  // the client's own helper for the two calls around an upload
  const upload = /\.filesUploadV2\(/;
  return [
    ...new Set(
      sources
        .filter((source) => /from "@slack\/(?:web-api|bolt)"/.test(source))
        .flatMap((source) => [
          ...[...source.matchAll(call), ...source.matchAll(named)].map(([, method = ""]) => method),
          ...(upload.test(source)
            ? ["files.getUploadURLExternal", "files.completeUploadExternal"]
            : []),
        ]),
    ),
  ];
}

function onlyCommand({ features }: Manifest) {
  const [command, ...others] = features.slash_commands;
  if (!command || others.length > 0) throw new Error("the manifest has one slash command");
  return command;
}

function run(...args: string[]) {
  return spawnSync(process.execPath, ["scripts/manifest.ts", ...args], { encoding: "utf8" });
}
