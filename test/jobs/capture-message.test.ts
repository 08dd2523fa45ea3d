// Goal: the timeline says what stands on a message: one entry while somebody's pushpin is on it, whoever pins it,
// in whatever order the events come, and also while somebody adds it by its menu.
// Method: the handler on a real PostgreSQL, against a Slack in memory.
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { beforeAll, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { savePeople } from "#src/db/people.ts";
import { findBrokenEntry, listTimeline } from "#src/db/timeline.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import { standingEntries } from "#src/domain/timeline-fold.ts";
import { personOf as factsOf } from "#src/jobs/look-up-person.ts";
import { createLog } from "#src/lib/log.ts";
import { toPost } from "#src/slack/slack-post.ts";
import { addToTimeline } from "#src/usecases/add-to-timeline.ts";
import { testDatabase } from "#test/support/database.ts";
import { handling, personOf } from "./handling.ts";
import { OutsideSlack } from "./outside.ts";
import { ada, bo, effectRows, incidentIn, team, write } from "./support.ts";

const { db, url } = await testDatabase();
const { drain } = handling(db);
const ts = "1773047520.000100";

beforeAll(async () => {
  await prepareJobs(url, createLog("silent"));
  await savePeople(db, team, [factsOf(personOf(ada, "ada"), team)]);
});

async function channelOf(incidentId: IncidentId): Promise<string> {
  const row = await db
    .selectFrom("incident")
    .select("channelId")
    .where("id", "=", incidentId)
    .executeTakeFirstOrThrow();
  return row.channelId!;
}

/** A Slack in which this message stands, with the pushpins of these people. */
function slackWith(channelId: string, pinners: UserId[], rawText = "3 % of answers"): OutsideSlack {
  const slack = new OutsideSlack();
  const reactions = [{ name: "pushpin", userIds: pinners, count: pinners.length }];
  slack.written.set(`${channelId}:${ts}`, {
    ts,
    userId: bo,
    appName: null,
    botId: null,
    rawText,
    files: [],
    reactions: pinners.length > 0 ? reactions : [],
  });
  slack.users.set(bo, personOf(bo, "bo"));
  return slack;
}

async function standing(incidentId: IncidentId) {
  expect(await findBrokenEntry(db, incidentId)).toBeUndefined();
  const all = standingEntries(await listTimeline(db, incidentId));
  return all.filter(({ kind }) => kind === "message_pinned");
}

const capture = (incidentId: IncidentId, channelId: string, userId: UserId, isKept: boolean) => ({
  name: "capture-message" as const,
  incidentId,
  channelId,
  ts,
  userId,
  isKept,
});

test("events that come twice, late and in another order leave what stands on the message", async () => {
  const incidentId = await incidentIn(db);
  const channelId = await channelOf(incidentId);
  const pinned = slackWith(channelId, [ada], "Ask <@UBO> &amp; co");
  for (const isKept of [false, true, true]) {
    await write(db, capture(incidentId, channelId, ada, isKept));
    await drain(pinned);
  }
  const [entry, ...others] = await standing(incidentId);
  expect(others).toEqual([]);
  expect(entry!.data).toMatchObject({ text: "Ask @bo & co", author: bo });

  const unpinned = slackWith(channelId, []);
  for (const isKept of [true, false, false]) {
    await write(db, capture(incidentId, channelId, ada, isKept));
    await drain(unpinned);
  }
  expect(await standing(incidentId)).toEqual([]);
  expect([...pinned.told, ...unpinned.told]).toEqual([]);
  // an event that says otherwise than the message is passed over, not tried again
  const outcomes = (await effectRows(db, "capture-message")).map(({ state, outcome }) => ({
    state,
    ...(outcome as object),
  }));
  const source = `${channelId}:${ts}`;
  expect(outcomes).toEqual([
    { state: "done", skipped: "changed_meanwhile" },
    { state: "done", captured: source },
    { state: "done", captured: source },
    { state: "done", skipped: "changed_meanwhile" },
    { state: "done", withdrawn: source },
    { state: "done", withdrawn: source },
  ]);
});

test("pinned and added by its menu at the same moment, a message is in the timeline once", async () => {
  const incidentId = await incidentIn(db);
  const channelId = await channelOf(incidentId);
  await write(db, capture(incidentId, channelId, ada, true));
  const asking = (nth: number) => ({
    db,
    actor: { teamId: team, userId: ada },
    now: new Date(),
    requestKey: `trigger:${incidentId}:${nth}`,
    log: createLog("silent"),
    settings: { slashCommand: "/incident", ledger: noLedgerSettings, gitHub: { hasAccess: false } },
  });
  const message = {
    channelId,
    ts,
    author: bo,
    authorName: null,
    text: "3 % of answers",
    files: [],
    link: null,
  };
  await Promise.all([
    drain(slackWith(channelId, [ada])),
    ...[1, 2, 3].map((nth) => addToTimeline(asking(nth), { incidentId, message })),
  ]);
  expect(await standing(incidentId)).toHaveLength(1);
});

test("a pushpin of somebody who only just joined counts, one of another workspace does not, and they are told", async () => {
  const incidentId = await incidentIn(db);
  const channelId = await channelOf(incidentId);
  const joined = "UJOINED" as UserId;
  const foreign = "UFOREIGN" as UserId;
  const slack = slackWith(channelId, [joined, foreign]);
  slack.users.set(joined, personOf(joined, "joined"));
  slack.users.set(foreign, { ...personOf(foreign, "foreign"), teamId: "T0OTHER" });
  slack.invited.push(joined, foreign);
  await write(db, capture(incidentId, channelId, foreign, true));
  await drain(slack);
  expect(await standing(incidentId)).toEqual([]);
  expect(slack.told).toEqual([
    { userId: foreign, text: "Only full members of this workspace can add to the timeline." },
  ]);
  await write(db, capture(incidentId, channelId, joined, true));
  await drain(slack);
  expect(await standing(incidentId)).toMatchObject([{ actor: joined }]);
});

test("what an app says in attachments or blocks is read, and an app without a user has its name", () => {
  const app = { ts, bot_id: "B1", username: "Alerts" };
  const attached = {
    ...app,
    text: "",
    attachments: [{ title: "Error rate", text: "3 %" }, { fallback: "See it" }],
  };
  expect(toPost(attached)).toMatchObject({
    rawText: "Error rate\n3 %\nSee it",
    userId: null,
    appName: "Alerts",
  });
  const inBlocks = {
    ...app,
    blocks: [
      { type: "header", text: { type: "plain_text", text: "Alert" } },
      { type: "section", fields: [{ type: "mrkdwn", text: "*p99* 3 s" }] },
      {
        type: "rich_text",
        elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "now" }] }],
      },
    ],
  };
  expect(toPost(inBlocks)?.rawText).toBe("Alert\n*p99* 3 s\nnow");
  expect(toPost({ text: "no ts" })).toBeUndefined();
});
