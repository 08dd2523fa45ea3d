// Goal: the world of a scenario has what the app's manifest says, and people in several time zones.
// Method: the real manifest, and the scenario of the demo.
import { expect, test } from "vitest";
import type { SandboxAddresses } from "#sandbox/protocol.ts";
import {
  botEnvironment,
  intakeToken,
  readManifest,
  slashCommand,
  webhookSecret,
  worldOf,
} from "#sandbox/play/world.ts";
import { pathOfScenario, readScenario } from "#sandbox/scenario.ts";

test("commands and shortcuts come with the words of the manifest, people with zones that are real", async () => {
  const read = await readScenario(await pathOfScenario("s0"));
  if (!read.ok) return expect.fail(read.error.join("\n"));
  const { seed } = worldOf(read.value, await readManifest());
  expect(seed.bot.commands).toEqual([
    {
      command: slashCommand,
      description: expect.stringMatching(/\w/),
      usageHint: expect.stringContaining("declare | status"),
    },
  ]);
  expect(seed.bot.shortcuts).toContainEqual({
    callbackId: "declare-incident",
    type: "global",
    name: "Declare an incident",
    description: "Opens the form for declaring an incident",
  });
  const zones = seed.users.map(({ timeZone }) => timeZone);
  expect(zones.slice(0, 3)).toEqual(["UTC", "UTC", "Europe/Berlin"]);
  expect(zones.every((zone) => Intl.DateTimeFormat("en", { timeZone: zone }))).toBe(true);
  expect(new Set(zones).size).toBeGreaterThan(4);
});

test("the bot of a world takes what machines and GitHub's webhooks send", async () => {
  const read = await readScenario(await pathOfScenario("s0"));
  if (!read.ok) return expect.fail(read.error.join("\n"));
  const own = { port: 3000, dataDir: "data", servicesPath: "s.yml", transport: "http" } as const;
  const env = botEnvironment(worldOf(read.value), {} as SandboxAddresses, own);
  expect(env).toMatchObject({
    FAULTLINE_INTAKE_TOKEN: intakeToken,
    GITHUB_WEBHOOK_SECRET: webhookSecret,
  });
});
