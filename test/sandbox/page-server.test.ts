// Goal: the page's server gives its own page the page, what its person may see and what they may do, and
// nobody else anything.
// Method: a real server before a sandbox in this process, asked by HTTP and by tabs as a browser opens them.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectSandbox } from "#sandbox/client.ts";
import { type Page, startPage } from "#sandbox/page-server/page.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import { s0World } from "#test/support/bot.ts";
import { openTab, type Tab } from "./page-tab.ts";

const { scenario, world } = await s0World();
const [ana = "", ben = ""] = [...world.userIds.values()];
const seed = {
  ...world.seed,
  channels: [
    ...world.seed.channels,
    { id: "C0SECRET", name: "secret", memberIds: [ana], isPrivate: true },
  ],
};

let folder: string;
let page: Page;
let sandbox: Sandbox;
const tabs: Tab[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "faultline-page-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>Page</title>");
  await writeFile(join(folder, "assets", "app-1.js"), "export {};");
  await writeFile(join(folder, "assets", "app-1.css"), "body {}");
  sandbox = await startSandbox(seed);
  const transport = "http" as const;
  page = await startPage({ scenario, world, transport, port: 0, folder: Promise.resolve(folder) });
});
afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.close();
  await page.close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

/** From here on the page has its sandbox, over the network as always. */
const useSandbox = () => page.useSandbox(connectSandbox(sandbox.addresses.controlUrl));
async function tabOf(as: string): Promise<Tab> {
  const tab = await openTab(page.url, as);
  tabs.push(tab);
  return tab;
}
async function post(path: string, body: unknown, type = "application/json") {
  const response = await fetch(`${page.url}${path}`, {
    method: "POST",
    headers: { "content-type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}
/** As it is spelled, and with whatever headers. */
function rawGet(path: string, headers: Record<string, string> = {}): Promise<number> {
  const { port } = new URL(page.url);
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}
const textsOf = (tab: Tab) => Object.values(tab.lists.messages ?? {}).map(({ text }) => text);

test("the page comes with its types, and a policy by which foreign text can do nothing", async () => {
  const html = await fetch(`${page.url}/?as=${ana}`);
  expect(await html.text()).toContain("<title>Page</title>");
  expect(html.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(html.headers.get("cache-control")).toBe("no-store");
  expect(html.headers.get("x-content-type-options")).toBe("nosniff");
  const policy = html.headers.get("content-security-policy")?.split("; ");
  expect(policy).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${page.url.replace("http", "ws")}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  const types = await Promise.all(
    ["app-1.js", "app-1.css"].map(async (name) => {
      const { headers } = await fetch(`${page.url}/assets/${name}`);
      return [headers.get("content-type"), headers.get("cache-control")];
    }),
  );
  const forever = "public, max-age=31536000, immutable";
  expect(types).toEqual([
    ["text/javascript; charset=utf-8", forever],
    ["text/css; charset=utf-8", forever],
  ]);
});

test("no path leads out of the page's folder", async () => {
  const paths = [
    "/nothing",
    "/../../etc/passwd",
    "/assets/..%2f..%2fetc%2fpasswd",
    "//",
    "/assets",
  ];
  expect(await Promise.all(paths.map((path) => rawGet(path)))).toEqual(paths.map(() => 404));
  expect((await fetch(`${page.url}/`, { method: "DELETE" })).status).toBe(405);
});

test("other sites, and other names for this machine, get nothing", async () => {
  useSandbox();
  const host = new URL(page.url).host;
  expect(await rawGet("/", { host: "evil.example" })).toBe(403);
  expect(await rawGet("/", { host, origin: "http://evil.example" })).toBe(403);
  expect(await rawGet("/", { host, "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await rawGet("/", { host, origin: page.url })).toBe(200);
  await expect(openTab(page.url, ana, "http://evil.example")).rejects.toThrow("403");
});

test("people do what people can do, and nothing else of the sandbox's control", async () => {
  const said = { userId: ana, channelId: "C0GENERAL", text: "Hello" };
  expect((await post("/control/say", said)).status).toBe(503);
  useSandbox();
  expect(await post("/control/say", said)).toMatchObject({
    status: 200,
    body: { ts: expect.any(String) },
  });
  expect(await post("/control/leave", { userId: ana, channelId: "C0NONE" })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining("C0NONE") },
  });
  for (const method of ["state", "setFaults", "setClock", "wire", "changeUser", "constructor"]) {
    expect(await post(`/control/${method}`, null)).toMatchObject({ status: 404 });
  }
  for (const odd of [null, {}, { ...said, text: 5 }, { ...said, threadTs: {} }]) {
    expect(await post("/control/say", odd)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("not asked like this") },
    });
  }
  expect((await fetch(`${page.url}/control/say`)).status).toBe(405);
  expect((await post("/control/say", "{", "application/json")).status).toBe(400);
  expect((await post("/control/say", JSON.stringify(said), "text/plain")).status).toBe(415);
});

test("a huge paste is refused in words", async () => {
  useSandbox();
  const text = "x".repeat(4 * 1024 * 1024);
  const { status, body } = await post("/control/say", {
    userId: ana,
    channelId: "C0GENERAL",
    text,
  });
  expect(status).toBe(413);
  expect(body).toEqual({ error: expect.stringContaining("4 MB") });
});

test("two tabs are told the same change, each only what its person may see", async () => {
  useSandbox();
  const [first, second] = [await tabOf(ana), await tabOf(ben)];
  expect(first.ones.me).toBe(ana);
  await first.shows((tab) => tab.lists.channels?.["C0SECRET"]);
  expect(Object.keys(second.lists.channels ?? {})).toEqual(["C0GENERAL", "C0INCIDENTS"]);

  await post("/control/say", { userId: ana, channelId: "C0SECRET", text: "between us" });
  await post("/control/say", { userId: ana, channelId: "C0GENERAL", text: "for all" });
  await first.shows((tab) => textsOf(tab).length === 2);
  await second.shows((tab) => textsOf(tab).length === 1);
  expect(textsOf(second)).toEqual(["for all"]);
  expect(JSON.stringify(second.patches)).not.toMatch(/between us|C0SECRET/);
  // only what is new is sent: the people and the commands came once
  expect(second.patches.filter(({ one }) => one?.workspace)).toHaveLength(1);

  await post("/control/invite", { userId: ana, channelId: "C0SECRET", invitedId: ben });
  await second.shows((tab) => textsOf(tab).includes("between us"));
  await post("/control/leave", { userId: ben, channelId: "C0SECRET" });
  await second.shows((tab) => !tab.lists.channels?.["C0SECRET"]);
  expect(textsOf(second)).toEqual(["for all"]);
});

test("a tab that has chosen nobody is told who there is, and nothing else", async () => {
  const waiting = await tabOf("");
  expect(waiting.ones).toEqual({ bot: { state: "starting", transport: "http" } });
  useSandbox();
  await waiting.shows((tab) => tab.ones.workspace?.people.length === scenario.people.length);
  expect(Object.keys(waiting.ones).toSorted()).toEqual(["bot", "script", "workspace"]);
  expect(waiting.lists).toEqual({});
});

test("a tab of nobody, or of somebody who may not act any more, is closed with the reason", async () => {
  useSandbox();
  expect(await (await tabOf("U0NOBODY")).closed).toEqual({
    code: 4_003,
    reason: "there is no user U0NOBODY",
  });
  const long = await (await tabOf(encodeURIComponent("\u{1f642}".repeat(100)))).closed;
  expect(long.reason).toMatch(/^there is no user \u{1f642}+/u);
  const [stays, goes] = [await tabOf(ana), await tabOf(ben)];
  await sandbox.control.changeUser({ userId: ben, isDeactivated: true });
  expect(await goes.closed).toMatchObject({
    code: 4_003,
    reason: expect.stringContaining("deactivated"),
  });
  await post("/control/say", { userId: ana, channelId: "C0GENERAL", text: "still here" });
  await stays.shows((tab) => textsOf(tab).includes("still here"));
});

test("what is told of both sides and of the wire comes by itself; the clock only when it was set", async () => {
  useSandbox();
  const tab = await tabOf(ana);
  expect(tab.ones).toMatchObject({
    bot: { state: "starting", transport: "http" },
    script: { state: "idle", title: scenario.title },
    switches: { slackDown: false },
    forms: [],
    home: null,
  });
  await post("/control/command", { userId: ana, channelId: "C0GENERAL", text: "/incident" });
  await tab.shows(({ lists }) => Object.values(lists.deliveries ?? {})[0]?.outcome === "failed");
  const told = () => tab.patches.filter(({ one }) => one?.clock).length;
  const before = told();
  await sandbox.control.setClock({ now: "2026-03-09T09:20:00.000Z", isRunning: true });
  await tab.shows(({ ones }) => ones.clock?.now.startsWith("2026-03-09T09:20"));
  await post("/control/say", { userId: ana, channelId: "C0GENERAL", text: "later" });
  await tab.shows(() => textsOf(tab).includes("later"));
  expect(told()).toBe(before + 1);
});

test("a sandbox that is gone is told to every tab, and to whoever does something", async () => {
  useSandbox();
  const tab = await tabOf(ana);
  await sandbox.close();
  await tab.shows(({ ones }) => ones.bot?.lastWords?.includes("npm run sandbox"));
  const answer = await post("/control/say", {
    userId: ana,
    channelId: "C0GENERAL",
    text: "Hello?",
  });
  expect(answer).toMatchObject({ status: 502, body: { error: expect.stringContaining("ended") } });
  // whoever comes now sees what was there last
  await (await tabOf(ana)).shows((late) => late.lists.channels?.["C0GENERAL"]);
});
