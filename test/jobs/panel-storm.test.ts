/**
 * Goal: however much happens at once, the panel is written at most once a second, and it is true at the end.
 * Method: 200 decisions as fast as the database takes them, a worker with its pacing on, and a Slack in
 * memory that notes when the panel was written.
 */
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { beforeAll, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { getIncidentState, lockIncident } from "#src/db/incidents.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import { updatePanel } from "#src/domain/channel-effects.ts";
import { handlers } from "#src/jobs/index.ts";
import { defaultPacing } from "#src/jobs/pacing.ts";
import { startWorker } from "#src/jobs/worker.ts";
import { systemClock } from "#src/lib/clock.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";
import { OutsideSlack } from "./outside.ts";
import { effectRows, incidentIn, team } from "./support.ts";

const { db, url } = await testDatabase();
const log = createLog("silent");
const decisions = 200;

beforeAll(() => prepareJobs(url, log));

test("a storm of 200 decisions writes the panel at most once a second, and it is true at the end", async () => {
  const slack = new OutsideSlack();
  const writtenAt: number[] = [];
  slack.trouble = (method) => {
    if (method === "postMessage" || method === "updateMessage") writtenAt.push(performance.now());
    return undefined;
  };
  const incidentId = await incidentIn(db);
  const worker = await startWorker({
    url,
    context: {
      db,
      slack,
      github: undefined,
      clock: systemClock,
      log,
      settings: {
        teamId: team,
        postmortemPath: "postmortems",
        command: "/incident",
        ledger: noLedgerSettings,
      },
    },
    handlers,
    pacing: defaultPacing,
  });
  for (let nth = 1; nth <= decisions; nth += 1) {
    await db.transaction().execute(async (trx) => {
      await lockIncident(trx, incidentId);
      await saveDecision(trx, {
        incidentId,
        changes: { incident: { userImpact: `Impact as of decision ${nth}` } },
        timeline: [],
        effects: [updatePanel(incidentId)],
        now: new Date(),
      });
    });
  }
  const unfinished = async () =>
    (await effectRows(db)).filter((row) => row.state !== "done").length;
  await expect.poll(unfinished, { timeout: 20_000 }).toBe(0);
  await worker.stop(1_000);

  const pauses = writtenAt.slice(1).map((at, index) => at - writtenAt[index]!);
  expect(writtenAt.length).toBeGreaterThan(1);
  // the token is taken a moment before the call, which a busy machine makes longer: two calls can be
  // closer than their tokens by that much, all of them together cannot
  for (const pause of pauses) expect(pause).toBeGreaterThan(700);
  const wholeMs = pauses.reduce((sum, pause) => sum + pause, 0);
  expect(wholeMs).toBeGreaterThan(pauses.length * 1_000 - 300);
  expect(await effectRows(db)).toHaveLength(writtenAt.length);
  expect(slack.posts).toHaveLength(1);
  const { incident } = await getIncidentState(db, incidentId);
  expect(incident.userImpact).toBe(`Impact as of decision ${decisions}`);
  expect(JSON.stringify(slack.posts[0]!.blocks)).toContain(`Impact as of decision ${decisions}`);
});
