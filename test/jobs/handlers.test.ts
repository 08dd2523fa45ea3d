// Goal: each handler does its one thing outside once, whatever answers are lost, records what came of it,
// and writes what must follow.
// Method: the real handlers, drained over a real database, against a Slack and a GitHub kept in memory.
import { afterEach, beforeAll, expect, test } from "vitest";
import { prepareJobs } from "#src/db/effects.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { findMessage } from "#src/db/messages.ts";
import { findPeople, savePeople } from "#src/db/people.ts";
import { listTimeline } from "#src/db/timeline.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import { PermanentError } from "#src/lib/errors.ts";
import { createLog } from "#src/lib/log.ts";
import { testDatabase } from "#test/support/database.ts";
import { cut, OutsideSlack } from "./outside.ts";
import { handling, personOf } from "./handling.ts";
import { ada, bo, effectRows, incidentIn, team, write } from "./support.ts";
import { plainOwner } from "#test/support/not-yet.ts";

const { db, url } = await testDatabase();
const log = createLog("silent");
const { drain, change } = handling(db);

beforeAll(() => prepareJobs(url, log));
afterEach(async () => {
  const unfinished = (await effectRows(db)).filter((row) => !["done", "dead"].includes(row.state));
  await db.deleteFrom("effect").execute();
  expect(unfinished.map((row) => row.name)).toEqual([]);
});

test("opening the channel leads to a topic, a pinned panel, invited people, questions and an announcement", async () => {
  const slack = new OutsideSlack();
  slack.users.set(ada, personOf(ada, "owner_model"));
  const incidentId = await incidentIn(db, {
    channelId: null,
    owners: [
      { layer: "model", userId: bo, groupId: null, ...plainOwner },
      { layer: "infrastructure", userId: bo, groupId: null, ...plainOwner },
    ],
  });
  await write(db, { name: "create-channel", incidentId });
  await drain(slack, { announceChannel: "CALL" });
  const { incident, memberIds } = await getIncidentState(db, incidentId);
  expect(incident).toMatchObject({ channelId: "C1", channelName: slack.channels[0]!.name });
  expect(slack.topics.get("C1")).toBe(
    `Incident ${incident.number} · SEV2 · open · owner_model leads · Old rule`,
  );
  // the panel, the questions, and which layers nobody is named for
  expect(slack.posts.map((post) => post.channelId).toSorted()).toEqual([
    "C1",
    "C1",
    "C1",
    "CALL",
    `D${bo}`,
  ]);
  expect(slack.calls.indexOf("joinChannel")).toBeGreaterThan(-1);
  expect(slack.pins).toEqual([(await findMessage(db, incidentId, { kind: "panel" }))!.ts]);
  expect(slack.invited.toSorted()).toEqual([ada, bo]);
  expect(memberIds.toSorted()).toEqual([ada, bo]);
  expect((await listTimeline(db, incidentId)).map((entry) => entry.kind)).toEqual([
    "channel_opened",
  ]);
});

test("a topic fits into Slack's 250 characters, and keeps who leads", async () => {
  const slack = new OutsideSlack();
  const lead = "ULEAD" as UserId;
  slack.users.set(lead, personOf(lead, `Lead & ${"x".repeat(300)}`));
  const incidentId = await incidentIn(db, { declaredBy: lead, title: "<!channel> ".repeat(18) });
  await write(db, { name: "set-topic", incidentId });
  await drain(slack);
  const [topic] = slack.topics.values();
  expect(topic).toMatch(/^Incident \d+ · SEV2 · open · Lead &amp; x+… leads · &lt;!channel&gt; /);
  expect(topic!.length).toBeLessThanOrEqual(250);
});

test("a channel whose making was answered to nobody is taken over, not made a second time", async () => {
  const slack = new OutsideSlack();
  slack.trouble = (method, call) =>
    method === "createChannel" && call === 1 ? { after: cut() } : undefined;
  const incidentId = await incidentIn(db, { channelId: null });
  await write(db, { name: "create-channel", incidentId });
  await drain(slack);
  expect(slack.channels).toHaveLength(1);
  expect((await getIncidentState(db, incidentId)).incident.channelId).toBe("C1");
});

test("a name that somebody else has gets a number behind it", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db, { channelId: null });
  const { channelName } = (await getIncidentState(db, incidentId)).incident;
  const before = new Date(0);
  slack.channels.push(
    { channelId: "COLD", name: channelName, createdAt: before, isOurs: true },
    { channelId: "COTHER", name: `${channelName}-2`, createdAt: new Date(), isOurs: false },
  );
  await write(db, { name: "create-channel", incidentId });
  await drain(slack);
  const { incident } = await getIncidentState(db, incidentId);
  expect(incident.channelName).toBe(`${channelName}-3`);
  expect(incident.channelId).toBe("C3");
});

test("a channel that may not be opened is told to the coordinator by direct message", async () => {
  const slack = new OutsideSlack();
  slack.trouble = (method) =>
    method === "createChannel"
      ? { before: new PermanentError("restricted_action", "the workspace lets nobody do that") }
      : undefined;
  const incidentId = await incidentIn(db, { channelId: null });
  await write(db, { name: "create-channel", incidentId });
  await drain(slack);
  expect(slack.posts.map((post) => post.channelId)).toEqual([`D${ada}`]);
  expect(slack.posts[0]!.text).toContain(
    "I could not open the incident's channel. Slack refused: the workspace lets nobody do that.",
  );
});

test("whoever got a role while the channel was being opened is invited into it", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db, { channelId: null });
  slack.trouble = async (method) => {
    if (method === "createChannel") await change(incidentId, { incident: { coordinator: bo } });
    return undefined;
  };
  await write(db, { name: "create-channel", incidentId });
  await drain(slack);
  expect(slack.invited).toContain(bo);
});

test("guests and people Slack turns down are named in the channel, and the others come in", async () => {
  const slack = new OutsideSlack();
  const [guest, gone] = ["UGUEST" as UserId, "UGONE" as UserId];
  const person = { displayName: "Gus", isGuest: true, isDeactivated: false, isBot: false };
  await savePeople(db, team, [{ ...person, userId: guest }]);
  slack.uninvitable.set(gone, "user_disabled");
  const incidentId = await incidentIn(db);
  await write(db, { name: "invite-people", incidentId, userIds: [bo, guest, gone] });
  await drain(slack);
  expect(slack.invited).toEqual([bo]);
  expect((await getIncidentState(db, incidentId)).memberIds).toEqual([bo]);
  expect(slack.posts).toHaveLength(1);
  expect(slack.posts[0]!.text).toContain("I could not invite Gus and UGONE to the channel.");
  expect(slack.posts[0]!.text).toContain("Gus is a guest");
  expect(slack.posts[0]!.text).toContain("UGONE is not active in Slack");
});

test("somebody of another workspace is remembered as no full member, and neither they nor a guest are told to answer", async () => {
  const slack = new OutsideSlack();
  const [foreign, guest, full] = ["UELSEWHERE", "UVISITOR", "UFULL"] as UserId[];
  slack.users.set(foreign!, { ...personOf(foreign!, "eve"), teamId: "T0ELSEWHERE" });
  slack.users.set(guest!, { ...personOf(guest!, "gus"), isGuest: true });
  slack.users.set(full!, personOf(full!, "fay"));
  const incidentId = await incidentIn(db);
  for (const userId of [foreign!, guest!, full!]) {
    await write(db, { name: "post-message", incidentId, message: { kind: "catch-up", userId } });
  }
  await drain(slack);
  expect(slack.posts.map(({ channelId }) => channelId)).toEqual([`D${full}`]);
  const people = await findPeople(db, team, [foreign!, full!]);
  expect(people.get(foreign!)).toMatchObject({ isGuest: true });
  expect(people.get(full!)).toMatchObject({ isGuest: false });
});

test("a message is posted once and then brought up to date in place, and posted anew where it was deleted", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const panel: Effect = { name: "post-message", incidentId, message: { kind: "panel" } };
  await write(db, panel);
  await drain(slack);
  await change(incidentId, { incident: { title: "Older rule" } });
  await write(db, panel);
  await drain(slack);
  expect(slack.posts).toMatchObject([{ updates: 1, text: expect.stringContaining("Older rule") }]);
  slack.posts = [];
  await write(db, panel);
  await drain(slack);
  expect(slack.posts).toHaveLength(1);
  expect((await findMessage(db, incidentId, { kind: "panel" }))!.ts).toBe(slack.posts[0]!.ts);
});

test("a message that was deleted is posted anew once, although the answer was lost", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const panel: Effect = { name: "post-message", incidentId, message: { kind: "panel" } };
  await write(db, panel);
  await drain(slack);
  slack.posts = [];
  slack.trouble = (method, call) =>
    method === "postMessage" && call === 2 ? { after: cut() } : undefined;
  await write(db, panel);
  await drain(slack);
  expect(slack.posts).toHaveLength(1);
  expect((await findMessage(db, incidentId, { kind: "panel" }))!.ts).toBe(slack.posts[0]!.ts);
});

test("an update whose answer was lost is sent again, and nothing is posted", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const panel: Effect = { name: "post-message", incidentId, message: { kind: "panel" } };
  await write(db, panel);
  await drain(slack);
  slack.trouble = (method, call) =>
    method === "updateMessage" && call === 1 ? { after: cut() } : undefined;
  await write(db, panel);
  await drain(slack);
  expect(slack.posts).toMatchObject([{ updates: 2 }]);
});

test("what only brings a message up to date posts none, and edits the one that stands", async () => {
  const slack = new OutsideSlack();
  const incidentId = await incidentIn(db);
  const message = { kind: "strand", strandNumber: 1 } as const;
  const update: Effect = { name: "post-message", incidentId, message, isUpdateOnly: true };
  await write(db, update);
  await drain(slack);
  expect(slack.posts).toEqual([]);
  expect((await effectRows(db)).map((row) => row.outcome)).toContainEqual({
    skipped: "never_posted",
  });
  await write(db, { name: "post-message", incidentId, message }, update);
  await drain(slack);
  expect(slack.posts).toMatchObject([{ updates: 1 }]);
});

test("whoever was never asked for an answer is not told that none is needed; whoever was, is", async () => {
  const slack = new OutsideSlack();
  const owner = { layer: "model" as const, userId: bo, groupId: null, ...plainOwner };
  const incidentId = await incidentIn(db, { owners: [owner] });
  const ask = (userId: UserId): Effect => ({
    name: "post-message",
    incidentId,
    message: { kind: "evidence-request-dm", userId },
  });
  await write(db, ask(bo), ask(ada));
  await drain(slack);
  expect(slack.posts.map((post) => post.channelId)).toEqual([`D${bo}`]);
  expect((await effectRows(db)).map((row) => row.outcome)).toContainEqual({
    skipped: "nothing_to_ask",
  });
  // somebody else is named: the one who was asked reads it in the same message
  await change(incidentId, { owners: [{ ...owner, userId: ada }] });
  await write(db, ask(bo), ask(ada));
  await drain(slack);
  expect(slack.posts).toMatchObject([
    { channelId: `D${bo}`, updates: 1 },
    { channelId: `D${ada}`, updates: 0 },
  ]);
});

test("whoever is asked anew gets one new message, whatever answers are lost, and the one before says so", async () => {
  for (const lost of ["", "postMessage", "updateMessage"]) {
    const slack = new OutsideSlack();
    const incidentId = await incidentIn(db, {
      owners: [{ layer: "model", userId: bo, groupId: null, ...plainOwner }],
    });
    const message = { kind: "evidence-request-dm", userId: bo } as const;
    const ask: Effect = { name: "post-message", incidentId, message };
    await write(db, ask);
    await drain(slack);
    let isLost = false;
    slack.trouble = (method) => {
      if (method !== lost || isLost) return undefined;
      isLost = true;
      return { after: cut() };
    };
    await write(db, ask, { ...ask, isAnew: true });
    await drain(slack);
    const [first, second, ...more] = slack.posts;
    expect(more).toEqual([]);
    expect(first!.text).toContain("asked again in a newer message");
    expect(second!.text).toContain("Please answer for Model");
    expect((await findMessage(db, incidentId, message))?.ts).toBe(second!.ts);
    // where nothing is asked any more, nothing is posted
    await change(incidentId, {
      owners: [{ layer: "model", userId: ada, groupId: null, ...plainOwner }],
    });
    await write(db, { ...ask, isAnew: true });
    await drain(slack);
    expect(slack.posts).toHaveLength(2);
    expect(second!.text).toContain("No answer of yours is needed any more");
  }
});

test("with every answer of a post lost once, each message stands exactly once", async () => {
  const slack = new OutsideSlack();
  slack.trouble = (method, call) =>
    method === "postMessage" && call % 2 === 1 ? { after: cut() } : undefined;
  const incidentId = await incidentIn(db, {
    owners: [{ layer: "model", userId: bo, groupId: null, ...plainOwner }],
  });
  const kinds = ["panel", "evidence-request", "announcement"] as const;
  await write(
    db,
    ...kinds.map((kind): Effect => ({ name: "post-message", incidentId, message: { kind } })),
    { name: "post-message", incidentId, message: { kind: "evidence-request-dm", userId: bo } },
  );
  await drain(slack, { announceChannel: "CALL" });
  expect(slack.posts.map((post) => post.channelId).toSorted()).toEqual([
    `C-OF-${(await getIncidentState(db, incidentId)).incident.number}`,
    `C-OF-${(await getIncidentState(db, incidentId)).incident.number}`,
    "CALL",
    `D${bo}`,
  ]);
});

test("without a channel for announcements none is made, and a private incident is never announced", async () => {
  const slack = new OutsideSlack();
  const open = await incidentIn(db);
  const secret = await incidentIn(db);
  await change(secret, { incident: { isPrivate: true } });
  const announce = (incidentId: IncidentId): Effect => ({
    name: "post-message",
    incidentId,
    message: { kind: "announcement" },
  });
  await write(db, announce(open));
  await drain(slack);
  await write(db, announce(secret));
  await drain(slack, { announceChannel: "CALL" });
  expect(slack.posts).toEqual([]);
  expect((await effectRows(db)).map((row) => row.outcome)).toEqual([
    { skipped: "no_channel" },
    { skipped: "private" },
  ]);
});

test("Slack is asked who is in the channel and who somebody is, and it is remembered", async () => {
  const slack = new OutsideSlack();
  slack.invited = [ada, bo];
  slack.users.set(bo, personOf(bo, "owner_model"));
  const incidentId = await incidentIn(db);
  await write(
    db,
    { name: "sync-members", incidentId },
    { name: "look-up-person", incidentId: null, userId: bo },
    { name: "look-up-person", incidentId: null, userId: "UNOBODY" as UserId },
  );
  await drain(slack);
  expect((await getIncidentState(db, incidentId)).memberIds.toSorted()).toEqual(
    [ada, bo, "UBOT"].toSorted(),
  );
  const people = await findPeople(db, team, [bo, "UNOBODY" as UserId]);
  expect([...people.values()]).toMatchObject([{ userId: bo, displayName: "owner_model" }]);
});
