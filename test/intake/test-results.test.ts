// Goal: a run that CI sends is kept once, with its counts and versions and none of its words; a run that was
// not made with what its sender says is refused with the difference.
// Method: the route on a real PostgreSQL, with the files that promptfoo and JUnit wrote.

import { beforeEach, expect, test } from "vitest";
import { findGoldenRuns } from "#src/db/golden-runs.ts";
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { shortHash } from "#src/domain/test-results/check-arm.ts";
import { testResults } from "#src/intake/test-results.ts";
import { createLog } from "#src/lib/log.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { testDatabase } from "#test/support/database.ts";
import { teamId } from "#test/usecases/support.ts";
import { bent, sampleText } from "./formats/samples.ts";

const { db } = await testDatabase();
const log = createLog("silent");
const now = new Date("2026-03-09T09:20:00Z");

beforeEach(async () => {
  await db.deleteFrom("goldenRun").execute();
});

/** Sends a body with a query, and reads the answer. */
async function send(
  body: string | Buffer,
  query: Record<string, string> = { service: "support" },
  clock = now,
) {
  const answer = await testResults.answer(
    { db, teamId, now: clock, log, settings: noLedgerSettings },
    {
      body: Buffer.from(body),
      contentType: "application/json",
      query: new URLSearchParams(query),
    },
  );
  return { status: answer.status, ...(JSON.parse(String(answer.body)) as Record<string, unknown>) };
}
const kept = () => db.selectFrom("goldenRun").selectAll().orderBy("id").execute();

const fail = sampleText("promptfoo/promptfoo-fail.json");
const pass = sampleText("promptfoo/promptfoo-pass.json");
const at = (ranAt: string) => ({ service: "support", ran_at: ranAt });

test("a run is kept with its totals, its cases by golden id and the versions it ran on", async () => {
  const link = "https://ci.example/runs/7";
  expect(await send(fail, { ...at("2026-03-01T10:00:00+02:00"), link })).toEqual({
    status: 201,
    run: "recorded",
    service: "support",
    format: "promptfoo",
    ran_at: "2026-03-01T08:00:00.000Z",
    total: 3,
    failed: 3,
    errors: 0,
    skipped: 0,
    cases: [{ id: "gp-017", n: 3, fails: 3 }],
    pins: [
      {
        pin: "model.requested",
        layer: "model",
        value: "fake:support-model@2026-10-01",
        derived: false,
      },
      {
        pin: "prompt",
        layer: "prompt_policy",
        value: shortHash(sha256("Policy context: {{context}}\nQ: {{q}}")),
        derived: true,
      },
      { pin: "index", layer: "retrieval_data", value: "idx-2026-10-30", derived: false },
    ],
    notes: [],
  });
  const [row] = await kept();
  expect(row).toMatchObject({ teamId, service: "support", total: 3, failed: 3, link });
});

test("no word that anybody said or a model answered is in what is kept", async () => {
  await send(fail);
  const text = JSON.stringify(await kept());
  for (const said of ["bereavement fare", "snapshot A", "after travel", "{{q}}"]) {
    expect(text).not.toContain(said);
  }
});

test("the same body again is the same run; another service's is another one", async () => {
  await send(fail);
  expect(await send(fail)).toMatchObject({ status: 200, run: "known" });
  expect(await send(fail, { service: "search" })).toMatchObject({ status: 201 });
  expect(await kept()).toHaveLength(2);
});

test("with other pins or another time the same body is another run; the same again is answered with what is kept", async () => {
  const xml = '<testsuite name="a"><testcase name="one"/></testsuite>';
  const sent = (pins: object, more: Record<string, string> = {}) =>
    send(xml, { service: "support", pins: JSON.stringify(pins), ...more });
  expect(await sent({ index: "a", region: "x" })).toMatchObject({ status: 201 });
  expect(await sent({ region: "x", index: "a" }, { link: "https://ci.example/2" })).toMatchObject({
    status: 200,
    run: "known",
    ran_at: now.toISOString(),
  });
  expect(await sent({ index: "b", region: "x" })).toMatchObject({ status: 201 });
  const ranAt = "2026-03-01T00:00:00.000Z";
  expect(await sent({ index: "b", region: "x" }, { ran_at: ranAt })).toMatchObject({ status: 201 });
  expect(await sent({ index: "b", region: "x" }, { ran_at: ranAt })).toMatchObject({
    status: 200,
    ran_at: ranAt,
    pins: [{ value: "b" }, { value: "x" }],
  });
  expect((await kept()).map(({ pins }) => pins)).toMatchObject([
    [{ value: "a" }, { value: "x" }],
    [{ value: "b" }, { value: "x" }],
    [{ value: "b" }, { value: "x" }],
  ]);
  await db
    .updateTable("goldenRun")
    .set({ ranAt: new Date("2026-03-02T00:00:00Z") })
    .execute();
  expect(await sent({ index: "a", region: "x" })).toMatchObject({
    status: 200,
    ran_at: "2026-03-02T00:00:00.000Z",
  });
});

test("C3: a pin that contradicts the file under another name is a 422 with both values", async () => {
  expect(await send(fail, { service: "support", pins: '{"index":"idx-WRONG"}' })).toMatchObject({
    status: 422,
    error: expect.stringMatching(
      /index_version is idx-2026-10-30 in all 3 rows, and pins, as index, says idx-WRONG/,
    ) as string,
  });
  expect(await kept()).toEqual([]);
});

test("a body that nests 200,000 deep is a 400", async () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  const answer = await send(`{"success":true,"testIdx":1,"vars":{"deep":${deep}}}`);
  expect(answer).toMatchObject({
    status: 400,
    error: expect.stringMatching(/^It nests deeper than 200.* Nothing was recorded\.$/) as string,
  });
});

test("sent many times at once it is kept once", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(pass)));
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
    ...Array(7).fill(200),
    201,
  ]);
  expect(await kept()).toHaveLength(1);
});

test("C3: a run that was not made with what its sender says is refused with the difference", async () => {
  const answer = await send(sampleText("promptfoo/promptfoo-filter-failing-trap.json"), {
    service: "support",
    pins: JSON.stringify({ index_version: "idx-2026-11-06", context: "snapshot B" }),
  });
  expect(answer).toMatchObject({
    status: 422,
    error: expect.stringMatching(
      /^The run was not made with what pins says\. index_version is idx-2026-10-30 in the only row, and pins says idx-2026-11-06: .*--filter-failing.* Nothing was recorded\.$/,
    ) as string,
    differences: { length: 2 },
  });
  expect(await kept()).toEqual([]);
});

test("JUnit with pins beside it; without any it says that none were found", async () => {
  const xml = '<testsuite name="a"><testcase name="one"/></testsuite>';
  expect(await send(xml, { service: "support", pins: '{"index_version":"idx-1"}' })).toMatchObject({
    status: 201,
    pins: [{ pin: "index", value: "idx-1" }],
    ran_at: now.toISOString(),
  });
  expect(await send(xml, { service: "search" })).toMatchObject({
    pins: [],
    notes: ["No version was found in it, so it cannot say what it ran on. Send them as pins={…}."],
  });
});

test("4.17: the newest run, and the newest in which all passed, of all names of a service", async () => {
  const errors = bent("promptfoo/promptfoo-fail.json", ({ results }) => {
    for (const row of results.results) row.failureReason = 2;
  });
  await send(pass, at("2026-03-01T00:00:00Z"));
  await send(fail, at("2026-03-05T00:00:00Z"));
  await send(errors, { service: "support-api", ran_at: "2026-03-06T00:00:00Z" });
  await send(pass, { service: "search", ran_at: "2026-03-08T00:00:00Z" });
  const found = await findGoldenRuns(db, { teamId, names: ["support", "support-api"] });
  expect(found.goldenRun).toMatchObject({ service: "support-api", failed: 0, errors: 3 });
  expect(found.baseline).toMatchObject({
    ranAt: new Date("2026-03-01T00:00:00Z"),
    failed: 0,
    cases: [{ id: "gp-017", n: 3, fails: 0 }],
  });
  const before = new Date("2026-03-05T12:00:00Z");
  const then = await findGoldenRuns(db, { teamId, names: ["support", "support-api"], before });
  expect(then.goldenRun).toMatchObject({ failed: 3 });
  expect(await findGoldenRuns(db, { teamId, names: ["nobody"] })).toEqual({
    goldenRun: null,
    baseline: null,
  });
});

test("a run that is still to come is refused, whoever says so; a clock that is a little ahead counts as now", async () => {
  const suite = (timestamp: string) =>
    `<testsuite name="a" timestamp="${timestamp}"><testcase name="one"/></testsuite>`;
  const service = "support";
  for (const answer of [
    await send(fail, at("2999-01-01T00:00:00Z")),
    await send(suite("2999-01-01T00:00:00Z"), { service, pins: "{}" }),
  ]) {
    expect(answer).toMatchObject({
      status: 422,
      error:
        "The run is of 2999-01-01T00:00:00.000Z, which is still to come. Set the clock of the machine that ran it, or send the time at which it ran as ran_at. Nothing was recorded.",
    });
  }
  expect(await kept()).toEqual([]);
  const soon = new Date(Date.now() + 300_000).toISOString();
  expect(await send(fail, at(soon))).toMatchObject({ status: 201 });
  const [row] = await kept();
  expect(row?.ranAt.getTime()).toBeLessThanOrEqual(Date.now());
});

test("in a replay of what is to come its own time counts", async () => {
  const replayed = new Date("2999-01-01T00:00:00Z");
  expect(await send(fail, at("2998-12-31T23:00:00Z"), replayed)).toMatchObject({
    status: 201,
    ran_at: "2998-12-31T23:00:00.000Z",
  });
  expect(await send(fail, at("2999-01-01T00:20:00Z"), replayed)).toMatchObject({ status: 422 });
});

test.each<[string, string | Buffer, Record<string, string>, RegExp]>([
  ["no service", fail, {}, /Say whose run it is/],
  ["a service of two lines", fail, { service: "a\nb" }, /Say whose run it is/],
  ["a query that nobody knows", fail, { service: "a", pin: "{}" }, /I do not know “pin” here/],
  ["pins that are a list", fail, { service: "a", pins: "[1]" }, /pins must be a JSON object/],
  ["pins that are no JSON", fail, { service: "a", pins: "index=1" }, /pins must be a JSON object/],
  [
    "pins by the hundred",
    fail,
    {
      service: "a",
      pins: JSON.stringify(
        Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`p${at}`, 1])),
      ),
    },
    /pins must be a JSON object of short texts, 50 at most/,
  ],
  ["a pin of no layer", fail, { service: "a", pins: '{"mood":"good"}' }, /mood is no version/],
  ["a time without its offset", fail, at("2026-03-01T10:00:00"), /ran_at must be a time/],
  [
    "a link that runs",
    fail,
    { service: "a", link: "javascript:alert(1)" },
    /link must be an address/,
  ],
  ["another file", '{"spans":[]}', { service: "a" }, /no test run that I know/],
  ["an old file", '{"results":{"version":2,"table":{}}}', { service: "a" }, /version 2/],
  ["no test", '<testsuite name="a"/>', { service: "a" }, /no test in it that ran/],
  ["bytes that are no text", Buffer.from([0x7b, 0xff]), { service: "a" }, /not UTF-8/],
  [
    "an entity",
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite/>',
    { service: "a" },
    /DOCTYPE/,
  ],
])("%s is a 400 that says what to do, and nothing is kept", async (_, body, query, says) => {
  const answer = await send(body, query);
  expect(answer).toMatchObject({ status: 400, error: expect.stringMatching(says) as string });
  expect(answer).toMatchObject({
    error: expect.stringMatching(/ Nothing was recorded\.$/) as string,
  });
  expect(await kept()).toEqual([]);
});
