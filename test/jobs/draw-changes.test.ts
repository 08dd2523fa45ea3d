// Goal: the picture of changes comes into the channel once, whatever answers are lost, with all it says as text,
// and not at all where the incident is over by then.
// Method: the real handler over a real database, against a Slack kept in memory.
import { afterEach, beforeAll, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";
import { handling } from "./handling.ts";
import { cut, OutsideSlack } from "./outside.ts";
import { ada, effectRows, incidentIn, write } from "./support.ts";
import { change as found } from "#test/pictures/scenario-state.ts";

const { db, url } = await testDatabase();
const { drain, change } = handling(db);

beforeAll(() => prepareJobs(url, createLog("silent")));
afterEach(() => db.deleteFrom("effect").execute());

async function withChange() {
  const incidentId = await incidentIn(db);
  const happenedAt = new Date(Date.now() - 3_600_000);
  await change(incidentId, {
    ledgerChanges: [found(1, { happenedAt, isDeclared: false, summary: "<gpt-4o> → gpt-4o-04" })],
  });
  return incidentId;
}

test("a picture is uploaded once although the answer was lost, with its text beside it and in it", async () => {
  const slack = new OutsideSlack();
  slack.trouble = (method, call) =>
    method === "uploadPicture" && call === 1 ? { after: cut() } : undefined;
  const incidentId = await withChange();
  const { incident } = await getIncidentState(db, incidentId);
  await write(db, { name: "draw-changes", incidentId, userId: ada });
  await drain(slack);
  expect(slack.pictures).toHaveLength(1);
  const [picture] = slack.pictures;
  expect(picture).toMatchObject({ channelId: incident.channelId });
  expect(picture!.filename).toMatch(
    new RegExp(`^inc-${incident.number}-changes-[0-9a-f]{8}\\.png$`),
  );
  expect(Buffer.from(picture!.bytes).subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(picture!.altText).toContain("undeclared: <gpt-4o> → gpt-4o-04");
  expect(picture!.comment).toContain("undeclared: &lt;gpt-4o&gt; → gpt-4o-04");
  expect(await effectRows(db, "draw-changes")).toMatchObject([
    { state: "done", outcome: { filename: picture!.filename } },
  ]);
});

test("asked again later there is a second picture of its own name", async () => {
  const slack = new OutsideSlack();
  const incidentId = await withChange();
  for (let asked = 0; asked < 2; asked += 1) {
    await write(db, { name: "draw-changes", incidentId, userId: ada });
    await drain(slack);
  }
  expect(new Set(slack.pictures.map(({ filename }) => filename)).size).toBe(2);
});

test.each([
  ["closed", { status: "closed", closedAs: "attributed" } as const],
  ["no_channel", { channelId: null }],
  ["removed_drill", { isDrill: true, status: "cancelled", hiddenAt: new Date() } as const],
])("nothing is drawn where by then it is %s", async (skipped, incident) => {
  const slack = new OutsideSlack();
  const incidentId = await withChange();
  await change(incidentId, { incident });
  await write(db, { name: "draw-changes", incidentId, userId: ada });
  await drain(slack);
  expect(slack.pictures).toEqual([]);
  expect(await effectRows(db, "draw-changes")).toMatchObject([
    { state: "done", outcome: { skipped } },
  ]);
});
