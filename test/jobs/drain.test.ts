// Goal: tests and tools can run every effect to its end, in this process and without waiting, or learn what
// does not end.
// Method: real rows, no worker and no engine; a Slack kept in memory that refuses.
import { afterEach, beforeAll, expect, test } from "vitest";
import { claimEffect } from "#src/db/effect-claims.ts";
import { prepareJobs } from "#src/db/effects.ts";
import { createRunner } from "#src/jobs/worker.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";
import { cut, OutsideSlack, rateLimited } from "./outside.ts";
import { lookUp, optionsOf } from "./plain-handlers.ts";
import { effectRows, write } from "./support.ts";

const { db, url } = await testDatabase();
beforeAll(() => prepareJobs(url, createLog("silent")));
afterEach(async () => {
  await db.deleteFrom("effect").execute();
});

test("a drain without a worker runs everything that follows, waits for nothing, and ends", async () => {
  const slack = new OutsideSlack();
  slack.trouble = (_, call) => (call < 4 ? { before: rateLimited(3_600_000) } : undefined);
  await write(db, lookUp(1), lookUp(2));
  const runner = createRunner(optionsOf(db, slack));
  await runner.drain();
  expect((await effectRows(db)).map((row) => row.state)).toEqual(["done", "done"]);
});

test("a drain that cannot end says what is stuck", async () => {
  const slack = new OutsideSlack();
  slack.trouble = () => ({ before: cut() });
  await write(db, lookUp(1));
  const runner = createRunner(optionsOf(db, slack));
  await expect(runner.drain()).rejects.toThrow(
    "effects do not end: look-up-person (uncertain, network: the connection was cut)",
  );
});

test("a drain waits for what another worker holds, and takes it over when its lease has run out", async () => {
  const slack = new OutsideSlack();
  await write(db, lookUp(1));
  const id = (await effectRows(db))[0]!.id;
  await claimEffect(db, id, 100);
  await createRunner(optionsOf(db, slack)).drain();
  expect((await effectRows(db))[0]).toMatchObject({ state: "done", attempts: 2 });
});
