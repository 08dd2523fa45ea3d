// Goal: user groups and time zones are there as Slack gives them.
// Method: Slack's own client; a raw listener hears what was typed.
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { clientOf, errorOf, refusalOf } from "./api-client.ts";
import { seed } from "./seed.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    ...seed,
    bot: {
      ...seed.bot,
      scopes: [...seed.bot.scopes, "usergroups:read"],
      commands: [{ command: "/incident", description: "Incidents", usageHint: "help" }],
      shortcuts: [{ callbackId: "declare", type: "global" }],
    },
    users: seed.users.map((user) =>
      user.id === "U0BEN" ? { ...user, timeZone: "America/New_York" } : user,
    ),
    groups: [
      { id: "S0CALL", handle: "on-call", name: "On call", userIds: ["U0BEN", "U0DAN", "U0ANA"] },
      { id: "S0NONE", handle: "nobody", name: "Nobody", userIds: [] },
    ],
  });
});
afterAll(() => sandbox.close());

test("groups are listed with their people, without who is deactivated", async () => {
  const { usergroups } = clientOf(sandbox);
  const plain = await usergroups.list();
  expect(plain.usergroups).toMatchObject([
    { id: "S0CALL", team_id: "T0TEAM", handle: "on-call", name: "On call", is_usergroup: true },
    { id: "S0NONE" },
  ]);
  expect(plain.usergroups?.[0]).not.toHaveProperty("users");
  const full = await usergroups.list({ include_users: true, include_count: true });
  expect(full.usergroups).toMatchObject([
    { users: ["U0BEN", "U0ANA"], user_count: 2 },
    { users: [], user_count: 0 },
  ]);
  expect((await usergroups.users.list({ usergroup: "S0CALL" })).users).toEqual(["U0BEN", "U0ANA"]);
  expect(await errorOf(usergroups.users.list({ usergroup: "S0OTHER" }))).toBe("no_such_subteam");
  const small = await startSandbox(seed);
  onTestFinished(() => small.close());
  const refusal = await refusalOf(clientOf(small).usergroups.list());
  expect(refusal).toMatchObject({ error: "missing_scope", needed: "usergroups:read" });
});

test("a group that is named in a command or a message arrives as its id", async () => {
  const { control } = sandbox;
  const ana = { userId: "U0ANA", channelId: "C0GENERAL" };
  await control.connectBot({ requestUrl: "http://127.0.0.1:9" });
  await control.command({ ...ana, text: "/incident ask @on-call and @ben" });
  await control.say({ ...ana, text: "ask @on-call." });
  const { deliveries } = await control.wire();
  const [typed] = deliveries.map(({ payload }) => JSON.parse(payload) as { text: string });
  expect(typed?.text).toBe("ask <!subteam^S0CALL|@on-call> and <@U0BEN|ben>");
  expect((await control.state()).messages).toMatchObject([{ text: "ask <!subteam^S0CALL>." }]);
});

test("only the manifest's commands are there", async () => {
  const { control } = sandbox;
  const typed = { userId: "U0ANA", channelId: "C0GENERAL", text: "/other" };
  expect(await control.command(typed)).toMatchObject({
    status: "failed",
    error: expect.stringContaining("/other is not a valid command"),
  });
});

test("a person's zone is told by its name, its words and its offset of the day", async () => {
  const { users } = clientOf(sandbox);
  const zoneOf = async (user: string) => {
    const { tz, tz_label, tz_offset } = (await users.info({ user })).user ?? {};
    return [tz, tz_label, tz_offset];
  };
  await sandbox.control.setClock({ now: "2026-01-15T12:00:00Z" });
  expect(await zoneOf("U0ANA")).toEqual(["Etc/UTC", "Coordinated Universal Time", 0]);
  expect(await zoneOf("U0BEN")).toEqual(["America/New_York", "Eastern Standard Time", -18_000]);
  await sandbox.control.setClock({ now: "2026-07-15T12:00:00Z" });
  expect(await zoneOf("U0BEN")).toEqual(["America/New_York", "Eastern Daylight Time", -14_400]);
});

test("everybody knows the team, its people and groups, and what the app offers", async () => {
  const facts = await sandbox.control.workspace();
  expect(facts).toMatchObject({
    team: { id: "T0TEAM", name: "Example" },
    bot: { userId: "U0BOT", name: "bot" },
    groups: [{ handle: "on-call" }, { handle: "nobody" }],
    commands: [{ command: "/incident", description: "Incidents", usageHint: "help" }],
    shortcuts: [{ callbackId: "declare", type: "global", name: "declare", description: "" }],
    hasHome: true,
  });
  expect(facts.people.map(({ name }) => name)).toEqual(["ana", "ben", "gus", "dan", "eva"]);
  expect(facts.people[1]?.timeZone).toBe("America/New_York");
});
