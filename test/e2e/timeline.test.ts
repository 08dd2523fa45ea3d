// Goal: people put messages and notes into the timeline from Slack, correct them, and take them out; nothing
// is doubled or lost, and R12's offer is taken with one press.
// Method: the whole app over signed HTTP; what people see in Slack, and the timeline's rows beneath it.

import { expect, test } from "vitest";
import { findBrokenEntry, listTimeline } from "#src/db/timeline.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { standingEntries } from "#src/domain/timeline-fold.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import { testBot } from "#test/support/bot.ts";
import { type DeclaredIncident, deskOf, labelsOf, said, shown } from "./desk.ts";

const guest = "U0GUEST";
const bot = await testBot("http", {
  changeWorld: (world) => ({
    ...world,
    seed: {
      ...world.seed,
      users: [
        ...world.seed.users,
        { id: guest, name: "guest", realName: "Guest", email: "guest@example.com", isGuest: true },
        {
          id: "U0ALERTS",
          name: "alerts",
          realName: "Alerts",
          email: "alerts@example.com",
          bot: "webhook" as const,
        },
      ],
      channels: world.seed.channels.map((channel) => ({
        ...channel,
        memberIds: [...channel.memberIds, "U0ALERTS"],
      })),
    },
  }),
});
const { control, world, database } = bot;
const { db } = database;
const desk = deskOf(bot);

const refused = "The model hallucinated a rule at 09:10";

async function incidentIdOf({ number }: DeclaredIncident): Promise<IncidentId> {
  const { id } = await db
    .selectFrom("incident")
    .select("id")
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  return id as IncidentId;
}

/** What stands in the timeline of notes and pinned messages, in the order in which it happened. */
async function kept(incident: DeclaredIncident): Promise<TimelineEntry[]> {
  await desk.settle();
  const entries = await listTimeline(db, await incidentIdOf(incident));
  return standingEntries(entries).filter(
    ({ kind }) => kind === "note_added" || kind === "message_pinned",
  );
}

test("a pushpin puts a message into the timeline once, at its own time, and the last one taken back takes it out", async () => {
  const incident = await desk.declare("declarer", { title: "Pinned once" });
  const { channelId } = incident;
  const author = desk.id("owner_model");
  for (const handle of ["owner_model", "owner_infrastructure"]) {
    await control.join({ userId: desk.id(handle), channelId });
  }
  const { name } = world.seed.users.find(({ id }) => id === desk.id("declarer"))!;
  const text = `Error rate <b>3 %</b> & rising, says @${name}`;
  const { ts } = await control.say({ userId: author, channelId, text });
  const pin = (handle: string) =>
    control.react({ userId: desk.id(handle), channelId, ts, name: "pushpin" });
  const unpin = (handle: string) =>
    control.unreact({ userId: desk.id(handle), channelId, ts, name: "pushpin" });

  await pin("declarer");
  await pin("owner_infrastructure");
  const [entry, ...others] = await kept(incident);
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    kind: "message_pinned",
    happenedAt: new Date(Number(ts) * 1_000),
    data: { author, source: `${channelId}:${ts}`, files: [] },
  });
  // told by name, never by id
  expect(entry!.data["text"]).toMatch(/^Error rate <b>3 %<\/b> & rising, says @[^<]+$/);
  expect(entry!.data["text"]).not.toContain(desk.id("declarer"));
  expect(entry!.data["link"]).toContain(`/archives/${channelId}/p${ts.replace(".", "")}`);

  await unpin("declarer");
  expect(await kept(incident)).toHaveLength(1);
  await unpin("owner_infrastructure");
  expect(await kept(incident)).toEqual([]);
  await pin("declarer");
  expect(await kept(incident)).toHaveLength(1);
  expect(await findBrokenEntry(db, await incidentIdOf(incident))).toBeUndefined();
});

test("a reply with an image is captured itself, not the message before it", async () => {
  const incident = await desk.declare("declarer", { title: "Replies count" });
  const { channelId } = incident;
  const userId = desk.id("declarer");
  const head = await control.say({ userId, channelId, text: "What do users see?" });
  const reply = await control.say({
    userId,
    channelId,
    text: "",
    threadTs: head.ts,
    files: [{ name: "wrong-answer.png", mimetype: "image/png", content: "png" }],
  });
  await control.settled();
  await control.react({ userId, channelId, ts: reply.ts, name: "round_pushpin" });
  const [entry] = await kept(incident);
  expect(entry!.data).toMatchObject({ text: "", files: ["wrong-answer.png"] });
  expect(entry!.data["link"]).toContain("thread_ts=");
});

test("pins that cannot count are told to who pinned, or are none of ours", async () => {
  const incident = await desk.declare("declarer", { title: "Pins that do not count" });
  const { channelId } = incident;
  const userId = desk.id("declarer");
  const say = () => control.say({ userId, channelId, text: "Something to pin" });

  const deleted = await say();
  const told = await desk.hears("declarer", async () => {
    await control.react({ userId, channelId, ts: deleted.ts, name: "pushpin" });
    await control.deleteMessage({ userId, channelId, ts: deleted.ts });
    await desk.settle();
  });
  expect(told).toContain("was deleted before it could be read");

  await control.invite({ userId, channelId, invitedId: guest });
  const { ts } = await say();
  const guestTold = await desk.hears(guest, async () => {
    await control.react({ userId: guest, channelId, ts, name: "pushpin" });
    await desk.settle();
  });
  expect(guestTold).toContain("Guests cannot take part in incidents here.");

  // another emoji, our own panel, a channel without an incident
  await control.react({ userId, channelId, ts, name: "eyes" });
  const panel = await desk.panel(channelId);
  await control.react({ userId, channelId, ts: panel.ts, name: "pushpin" });
  const elsewhere = await control.say({
    userId,
    channelId: world.generalChannelId,
    text: "Not about an incident",
  });
  const { ts: other } = elsewhere;
  await control.react({ userId, channelId: world.generalChannelId, ts: other, name: "pushpin" });
  expect(await kept(incident)).toEqual([]);
});

test("R12: a refused note is taken with one press, or reworded in the form with what was typed", async () => {
  const incident = await desk.declare("declarer", { title: "Notes in other words" });
  const { channelId } = incident;
  const long = "Seen in every region. ".repeat(200);
  const tooLong = said(await desk.type("declarer", `note ${long}`, channelId));
  expect(tooLong).toContain("A note takes at most 3,000 characters");
  expect(tooLong).toContain(long.slice(0, 1_000));
  const answer = await desk.type("declarer", `note ${refused}`, channelId);
  const offer = answer.ephemerals[0]!;
  expect(offer.blocks.map((block) => block.block_id)).toContain("refusal:R12:rewrite");
  expect(labelsOf(offer)).toEqual(["Use this wording", "Reword"]);
  expect(await kept(incident)).toEqual([]);

  const reworded = await desk.press("declarer", offer, "add-note");
  expect(reworded.view?.values).toMatchObject({ text: refused });
  expect(await desk.pressAndHear("declarer", offer, "use-wording")).toContain("Added your note");
  expect(await desk.pressAndHear("declarer", offer, "use-wording")).toContain("Already recorded.");
  const [note, ...more] = await kept(incident);
  expect(more).toEqual([]);
  expect(note!.data["text"]).not.toMatch(/hallucinated/i);
  const message = await desk.message(channelId, `entry:${note!.sequence}`);
  expect(shown(message)).toContain(String(note!.data["text"]));

  const all = await listTimeline(db, await incidentIdOf(incident));
  expect(all.map(({ kind }) => kind)).toContain("statement_refused");
  expect(JSON.stringify(all)).not.toContain(refused);
});

test("R12: in a form the offered words go into their field with one press, and nothing else is lost", async () => {
  const incident = await desk.declare("declarer", { title: "Forms in other words" });
  const { channelId } = incident;
  await desk.open("declarer", "note", channelId);
  const happened = String(Math.floor(Date.parse("2026-03-09T08:00:00Z") / 1_000));
  const sent = { text: refused, lane: "detection", happened_at: happened };
  const { view } = await desk.submit("declarer", sent);
  expect(view!.blocks[0]!.block_id).toBe("refusal:R12:rewrite");
  expect(view!.values).toMatchObject(sent);

  await desk.actInForm("declarer", "use-wording");
  const drawn = await expect
    .poll(async () => (await desk.form("declarer"))!, { timeout: 5_000 })
    .toSatisfy((form) => !JSON.stringify(form.values).includes("hallucinated"))
    .then(() => desk.form("declarer"));
  expect(drawn!.blocks[0]!.block_id).not.toContain("refusal");
  expect(drawn!.values).toMatchObject({ lane: "detection", happened_at: happened });
  const done = await desk.submit("declarer", {});
  expect(done).toMatchObject({ status: "acked" });
  const [note] = await kept(incident);
  expect(note).toMatchObject({ lane: "detection", happenedAt: new Date(Number(happened) * 1_000) });
});

test("the timeline opens by page and lane, and an entry is corrected and taken out with its history kept", async () => {
  const incident = await desk.declare("declarer", { title: "Put right afterwards" });
  const { channelId } = incident;
  for (let nth = 1; nth <= 16; nth += 1) {
    await desk.type("declarer", `note Observation ${nth}`, channelId);
  }
  const first = await desk.open("declarer", "timeline", channelId);
  expect(first.callback_id).toBe("timeline");
  expect(shown(first)).toContain("Page 1 of 2.");
  expect(shown(first)).toContain("The record is whole");
  expect(shown(first)).toContain("Observation 16");
  await desk.actInForm("declarer", "timeline-older");
  await expect.poll(async () => shown((await desk.form("declarer"))!)).toContain("Page 2 of 2.");
  await desk.actInForm("declarer", "timeline-filter", { value: "detection" });
  await expect.poll(async () => shown((await desk.form("declarer"))!)).not.toContain("Observation");

  await desk.actInForm("declarer", "timeline-filter", { value: "diagnosis" });
  await expect.poll(async () => shown((await desk.form("declarer"))!)).toContain("Observation 16");
  const [note] = await kept(incident);
  const entryBlock = `entry:${note!.sequence}`;
  await desk.actInForm("declarer", "timeline-older");
  await expect.poll(async () => shown((await desk.form("declarer"))!)).toContain("Observation 1”");
  await desk.actInForm("declarer", "correct-entry", { blockId: entryBlock });
  expect((await desk.form("declarer"))!.values).toMatchObject({ text: "Observation 1" });
  const happened = String(Math.floor(Date.parse("2026-03-09T08:00:00Z") / 1_000));
  await desk.submit("declarer", { text: "First observation", happened_at: happened });
  await expect
    .poll(async () => shown((await desk.form("declarer"))!))
    .toMatch(/corrected\n.*First observation/);
  const [corrected] = await kept(incident);
  expect(corrected!.data["text"]).toBe("First observation");
  expect(shown(await desk.message(channelId, entryBlock))).toMatch(
    /First observation[^]+corrected by/,
  );

  await desk.actInForm("declarer", "correct-entry", { blockId: entryBlock });
  expect(shown((await desk.form("declarer"))!)).toContain("Observation 1");
  await desk.submit("declarer", { withdraw: ["withdraw"] });
  expect(await kept(incident)).toHaveLength(15);
  expect(await findBrokenEntry(db, await incidentIdOf(incident))).toBeUndefined();
});

test("a message's menu declares, adds and attaches, in any channel and for messages of other apps", async () => {
  const { generalChannelId: channelId } = world;
  const userId = desk.id("declarer");
  const text = "Answers cite last year's rule\nThree customers wrote in";
  const { ts } = await control.say({ userId: "U0ALERTS", channelId, text });
  const on = { channelId, ts };
  const use = (callbackId: string) => control.shortcut({ userId, callbackId, in: on });

  const { view } = await use("declare-from-message");
  expect(view?.values).toMatchObject({
    title: "Answers cite last year's rule",
    user_impact: text,
  });
  await desk.submit("declarer", { severity: "SEV3" });
  await desk.settle();
  const heard = await desk.hears("declarer", () => use("declare-from-message"));
  expect(heard).toContain("was declared from this message already.");
  const { channels } = await control.state();
  const declared = channels.filter(({ name }) => name.endsWith("answers-cite-last-year-s-rule"));
  expect(declared).toHaveLength(1);
  const number = Number(declared[0]!.name.split("-")[1]);
  const incident = { number, channelId: declared[0]!.id, channelName: declared[0]!.name };

  const asked = await use("add-to-timeline");
  expect(asked.view?.callback_id).toBe("choose-incident");
  const id = String(await incidentIdOf(incident));
  const added = await desk.submit("declarer", { incident: id });
  expect(said(added)).toContain(`Added the message to the timeline of incident ${number}.`);
  await use("add-to-timeline");
  expect(said(await desk.submit("declarer", { incident: id }))).toContain(
    "in the timeline already",
  );
  const [entry, ...others] = await kept(incident);
  expect(others).toEqual([]);
  expect(entry!.data).toMatchObject({ text, author: null, authorName: "Alerts" });

  await use("attach-evidence");
  const { view: form } = await desk.submit("declarer", { incident: id });
  expect(form?.callback_id).toBe("add-evidence");
  expect(form?.values).toMatchObject({ kind: "E10", what: text });
  expect(form?.values["link"]).toContain(`/archives/${channelId}/p`);
  expect(await desk.submit("declarer", {})).toMatchObject({ status: "acked" });

  const global = await control.shortcut({ userId, callbackId: "declare-incident" });
  expect(global.view?.callback_id).toBe("declare-incident");
});
