// Goal: what GitHub sends becomes declared changes, each once, in the layer and service that it is of;
// what is not GitHub's, not whole or too much changes nothing, and the next delivery is taken.
// Method: signed deliveries over HTTP to a server of the test's own, on a real PostgreSQL.

import { once } from "node:events";
import { createServer, type IncomingMessage, request as startRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { sign } from "@octokit/webhooks-methods";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import { BodyReader } from "#src/github/webhook-body.ts";
import { createWebhooks } from "#src/github/webhooks.ts";
import { TransientError } from "#src/lib/errors.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";
import { teamId } from "#test/usecases/support.ts";

const { db, url } = await testDatabase();
const log = createLog("silent");
const secret = "a secret of the test";
const now = new Date("2026-03-09T12:00:00Z");
const settings: LedgerSettings = {
  pinKeys: {},
  paths: [{ pattern: "src/templates/**", layer: "prompt_policy", kind: "prompt" }],
  services: [
    {
      name: "assistant",
      telemetryNames: [],
      repositories: ["acme/Assistant"],
      announcesUndeclared: false,
    },
  ],
};
let isDatabaseAway = false;
const context = async () => {
  if (isDatabaseAway) throw new TransientError("db_away", "the database does not answer now");
  return { db, teamId, now, log, settings };
};
const open = createWebhooks({ secret, context, log });
const shut = createWebhooks({ secret: undefined, context, log });
const server = createServer((request, response) => {
  const isTaken = request.headers["x-shut"] ? shut(request, response) : open(request, response);
  if (!isTaken) response.writeHead(418).end();
});
let address = "";

beforeAll(async () => {
  await prepareJobs(url, log);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/github/webhooks`;
});
beforeEach(async () => {
  isDatabaseAway = false;
  await db.deleteFrom("declaredChange").execute();
  await db.deleteFrom("request").execute();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let deliveries = 0;

/** Sends a delivery as GitHub does, signed over exactly these bytes; what is given otherwise wins. */
async function deliver(event: string, payload: unknown, headers: Record<string, string> = {}) {
  deliveries += 1;
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const response = await fetch(address, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": `d-${deliveries}`,
      "x-hub-signature-256": await sign(secret, body === "" ? "-" : body),
      ...headers,
    },
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { code: response.status, ...answer };
}

const kept = () => db.selectFrom("declaredChange").selectAll().orderBy("key").execute();

const commit = (facts: object = {}) => ({
  id: "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c",
  message: "Shorten the refund answer\n\nCo-authored-by: somebody",
  timestamp: "2026-03-09T10:20:00+01:00",
  added: [],
  removed: [],
  modified: ["prompts/refund.md"],
  ...facts,
});
const repository = {
  full_name: "acme/assistant",
  html_url: "https://github.com/acme/assistant",
  default_branch: "main",
  pushed_at: 1773048000,
};
const push = (facts: object = {}) => ({
  ref: "refs/heads/main",
  before: "9049f1265b7d61be4a8904a9a27120d2064dab3b",
  after: "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c",
  deleted: false,
  compare: "https://github.com/acme/assistant/compare/9049f1265b7d...0d1a26e67d8f",
  commits: [commit()],
  head_commit: commit(),
  repository,
  sender: { login: "octo-ada" },
  ...facts,
});

test("a push of documentation and tests alone is no change", async () => {
  const commits = [commit({ modified: ["README.md", "tests/prompts/refund.txt"] })];
  expect(await deliver("push", push({ commits }))).toEqual({
    code: 200,
    status: expect.stringContaining("nothing but documentation and tests"),
  });
  expect(await kept()).toEqual([]);
});

test("a push of a prompt is a change of the prompt, of the service that the repository makes", async () => {
  expect(await deliver("push", push())).toEqual({
    code: 201,
    recorded: 1,
    updated: 0,
    known: 0,
    keys: ["github:push:acme/assistant:9049f1265b7d..0d1a26e67d8f:prompt_policy"],
  });
  expect(await kept()).toMatchObject([
    {
      service: "assistant",
      at: new Date("2026-03-09T09:20:00Z"),
      kind: "prompt",
      layer: "prompt_policy",
      summary: "Shorten the refund answer (1 file)",
      link: "https://github.com/acme/assistant/compare/9049f1265b7d...0d1a26e67d8f",
      source: "github",
      declaredBy: "octo-ada",
    },
  ]);
});

test("a push that touches several layers is a change in each, with how many of its files", async () => {
  const commits = [
    commit({ added: ["src/templates/a.hbs", "apps/x/prompts/b.md"], modified: [] }),
    commit({ removed: ["infra/main.tf"], modified: ["src/app.ts", "README.md"] }),
    commit({ modified: ["agents/.config/loop.ts", "guardrails/rules.yaml", "src/app.ts"] }),
  ];
  await deliver("push", push({ commits }));
  const rows = await kept();
  expect(rows.map(({ layer, kind, summary }) => [layer, kind, summary.split("(")[1]])).toEqual([
    ["infrastructure", "config", "1 of 7 files)"],
    ["integration_ui", "code_merge", "1 of 7 files)"],
    ["orchestration_tools", "code_merge", "1 of 7 files)"],
    ["prompt_policy", "prompt", "3 of 7 files)"],
  ]);
});

test("the same delivery is taken once, and the same push under another delivery is the same change", async () => {
  await deliver("push", push(), { "x-github-delivery": "one" });
  expect(await deliver("push", push({ after: "ffff" }), { "x-github-delivery": "one" })).toEqual({
    code: 200,
    status: "seen",
  });
  expect(await deliver("push", push())).toMatchObject({ code: 200, known: 1, recorded: 0 });
  const twice = await Promise.all(
    [1, 2].map(() => deliver("push", push({ after: "eeee" }), { "x-github-delivery": "two" })),
  );
  expect(twice.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([200, 201]);
  expect(await kept()).toHaveLength(2);
});

test("a push back to an earlier commit is a change of its own beside the one that first brought it", async () => {
  const [first, second] = ["1".repeat(40), "2".repeat(40)];
  await deliver("push", push({ before: "0".repeat(40), after: first }));
  await deliver("push", push({ before: first, after: second }));
  const back = push({ before: second, after: first, forced: true, commits: [] });
  expect(await deliver("push", back)).toMatchObject({ code: 201, recorded: 1, updated: 0 });
  expect(await deliver("push", back)).toMatchObject({ code: 200, known: 1 });
  expect(await kept()).toHaveLength(3);
});

test("a push of old commits happened when it was pushed, and nothing happened later than now", async () => {
  const old = commit({ timestamp: "2026-02-01T10:00:00Z" });
  await deliver("push", push({ head_commit: old, commits: [], after: "a1" }));
  await deliver(
    "push",
    push({ head_commit: commit({ timestamp: "2026-03-10T00:00:00Z" }), after: "a2" }),
  );
  expect((await kept()).map(({ at }) => at.toISOString())).toEqual([
    "2026-03-09T09:20:00.000Z",
    "2026-03-09T12:00:00.000Z",
  ]);
});

test("other branches, deleted branches and other events are heard and not kept", async () => {
  const answers = [
    await deliver("ping", { zen: "Keep it logically awesome.", hook_id: 1 }),
    await deliver("push", push({ ref: "refs/heads/try" })),
    await deliver("push", push({ ref: "refs/tags/main" })),
    await deliver("push", push({ deleted: true, head_commit: null, commits: [] })),
    await deliver("issues", { action: "opened" }),
  ];
  expect(answers.map(({ code }) => code)).toEqual([200, 200, 200, 200, 200]);
  expect(await kept()).toEqual([]);
});

test("a release that is published, and a deployment to production, are changes", async () => {
  const release = {
    action: "published",
    release: {
      id: 7,
      tag_name: "v1.2",
      name: "Spring",
      html_url: "https://github.com/acme/assistant/releases/tag/v1.2",
      published_at: "2026-03-09T08:00:00Z",
    },
    repository,
    sender: { login: "octo-ada" },
  };
  expect(await deliver("release", release)).toMatchObject({ code: 201 });
  expect(await deliver("release", { ...release, action: "created" })).toMatchObject({ code: 200 });
  const deployment = {
    deployment: {
      id: 9,
      ref: "main",
      sha: "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c",
      environment: "prod-eu",
      created_at: "2026-03-09T08:30:00Z",
      creator: { login: "octo-bo" },
    },
    repository,
  };
  const status = (facts: object) => ({
    ...deployment,
    deployment_status: { id: 11, state: "success", created_at: "2026-03-09T08:40:00Z", ...facts },
  });
  expect(await deliver("deployment", deployment)).toMatchObject({ code: 201 });
  expect(await deliver("deployment_status", status({}))).toMatchObject({ code: 200, known: 1 });
  const failed = { ...deployment.deployment, id: 13 };
  expect(
    await deliver("deployment_status", { ...status({ state: "failure" }), deployment: failed }),
  ).toMatchObject({ code: 200 });
  const again = status({ id: 12, created_at: "2026-03-20T08:40:00Z" });
  expect(await deliver("deployment_status", again)).toMatchObject({ code: 201 });
  for (const environment of ["staging", "pre-prod", "product-demo"]) {
    const other = { ...deployment, deployment: { ...deployment.deployment, id: 10, environment } };
    expect(await deliver("deployment", other)).toMatchObject({ code: 200 });
  }
  expect((await kept()).map(({ key, kind, at, summary }) => [key, kind, at, summary])).toEqual([
    [
      "github:deployment:acme/assistant:9",
      "deploy",
      new Date("2026-03-09T08:30:00Z"),
      "Deployed main (0d1a26e) to prod-eu",
    ],
    [
      "github:deployment:acme/assistant:9:12",
      "deploy",
      now,
      "Deployed main (0d1a26e) to prod-eu again",
    ],
    [
      "github:release:acme/assistant:7",
      "release",
      new Date("2026-03-09T08:00:00Z"),
      "Release v1.2: Spring",
    ],
  ]);
});

test("people's words in a commit are one line of bounded length", async () => {
  const message = `\u0007Fix <!channel> ${"x".repeat(3_000)}\nmore`;
  await deliver("push", push({ head_commit: commit({ message }) }));
  const [row] = await kept();
  expect(row?.summary).toMatch(/^Fix <!channel> x+… \(1 file\)$/);
  expect(row?.summary.length).toBeLessThanOrEqual(500);
});

test("a delivery that nobody signed, or somebody else did, is turned away before it is parsed", async () => {
  const body = JSON.stringify(push());
  const wrong = [
    { "x-hub-signature-256": "" },
    { "x-hub-signature-256": "sha256=abc" },
    { "x-hub-signature-256": await sign("another", body) },
    { "x-hub-signature-256": await sign(secret, `${body} `) },
  ];
  for (const headers of wrong)
    expect(await deliver("push", body, headers)).toMatchObject({ code: 401 });
  expect(await deliver("push", "")).toMatchObject({ code: 401 });
  expect(
    await deliver("push", body, { "content-type": "application/x-www-form-urlencoded" }),
  ).toMatchObject({ code: 415 });
  expect(await deliver("push", body, { "x-github-delivery": "a b" })).toMatchObject({ code: 400 });
  expect(await deliver("push", body, { "x-shut": "1" })).toMatchObject({ code: 404 });
  expect((await fetch(address)).status).toBe(405);
  expect((await fetch(`${address}/more`)).status).toBe(418);
  expect(await kept()).toEqual([]);
});

test("a payload of another shape is a 400 that names the place, and the database away a 503", async () => {
  expect(await deliver("push", "{")).toMatchObject({ code: 400, status: "The body is no JSON." });
  expect(await deliver("push", "null")).toMatchObject({ code: 400 });
  expect(
    await deliver("push", push({ repository: { ...repository, full_name: "acme" } })),
  ).toMatchObject({
    code: 400,
    status: expect.stringMatching(/repository\.full_name/),
  });
  isDatabaseAway = true;
  expect(await deliver("push", push())).toMatchObject({ code: 503 });
  isDatabaseAway = false;
  expect(await deliver("push", push())).toMatchObject({ code: 201 });
});

test("a body that is too large is turned away, and one that GitHub may send is taken", async () => {
  const started = startRequest(address, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "content-length": "25000001",
      "x-github-event": "push",
      "x-github-delivery": "too-large",
      "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
    },
  });
  const answered = once(started, "response");
  started.flushHeaders();
  const [response] = (await answered) as [IncomingMessage];
  expect(response.statusCode).toBe(413);
  started.on("error", () => undefined).destroy();
  const large = push({ after: "b1", filler: "x".repeat(2_000_000) });
  expect(await deliver("push", large)).toMatchObject({ code: 201 });
});

test("of bodies above a megabyte one is held at a time, and small ones find room beside it", async () => {
  const reader = new BodyReader();
  const first = body();
  const reading = reader.read(first.request);
  await first.send(1_500_000);
  const second = body();
  const refused = reader.read(second.request);
  await second.send(1_500_000);
  expect(await refused).toEqual({ isRead: false, status: 503 });
  expect(await reader.read(body({ "content-length": "2000000" }).request)).toEqual({
    isRead: false,
    status: 503,
  });
  const small = body();
  const readingSmall = reader.read(small.request);
  await small.send(10);
  small.request.push(null);
  expect(await readingSmall).toMatchObject({ isRead: true });
  first.request.push(null);
  const read = await reading;
  if (read.isRead) read.release();
  const third = body();
  const readingThird = reader.read(third.request);
  await third.send(1_500_000);
  third.request.push(null);
  expect(await readingThird).toMatchObject({ isRead: true });
});

test("a body that grows beyond what GitHub sends, or whose sender hangs up, gives its room back", async () => {
  const reader = new BodyReader();
  const endless = body();
  const reading = reader.read(endless.request);
  for (let sent = 0; sent < 26; sent += 1) await endless.send(1_000_000);
  expect(await reading).toEqual({ isRead: false, status: 413 });
  const cut = body();
  const cutReading = reader.read(cut.request);
  cut.request.destroy();
  await expect(cutReading).rejects.toThrow("hung up");
  const many = Array.from({ length: 16 }, () => body());
  const all = many.map(({ request }) => reader.read(request));
  expect(await reader.read(body().request)).toEqual({ isRead: false, status: 503 });
  for (const { request } of many) request.push(null);
  expect((await Promise.all(all)).filter(({ isRead }) => isRead)).toHaveLength(16);
});

/** A request whose body comes as the test sends it. */
function body(headers: Record<string, string> = {}) {
  const stream = Object.assign(new Readable({ read() {} }), { headers });
  const send = async (bytes: number): Promise<void> => {
    const taken = once(stream, "data");
    stream.push(Buffer.alloc(bytes));
    await taken;
  };
  return { request: stream as unknown as IncomingMessage & Readable, send };
}
