/**
 * Goal: roles change hands by a line or a form, who comes late is told, the topic is put right, bookmarks
 * stand, updates are announced, asked for and put off, Home shows what waits and follows what is done.
 * Method: the whole app over signed HTTP; one incident from its opening on, looked at in Slack.
 */
import { expect, test } from "vitest";
import { testBot } from "#test/support/bot.ts";
import { deskOf, said, shown } from "./desk.ts";

const bot = await testBot();
const { control, world, database, service } = bot;
const { db } = database;
const desk = deskOf(bot);
const open = await desk.declare("declarer", {
  title: "Answers follow the old rule",
  severity: "SEV2",
});
const { channelId } = open;

test("a role is handed over in one line, the channel is told, and the form offers all ten", async () => {
  const approver = desk.id("approver");
  const answer = await desk.type("declarer", "role comms @approver", channelId);
  expect(said(answer)).toContain("Handed over: they are communications now");
  await desk.settle();
  expect(shown(await desk.panel(channelId))).toContain(`Communications: <@${approver}>.`);
  const lines = (await desk.messages(channelId)).map(shown).join("\n");
  expect(lines).toContain(`<@${approver}>`);
  const channel = await channelNow();
  expect(channel.memberIds).toContain(approver);

  const view = await desk.open("owner_model", "role", channelId);
  expect(JSON.stringify(view.blocks)).toContain("Owner of Infrastructure");
  await desk.submit("owner_model", { role: "scribe" });
  await desk.settle();
  expect(shown(await desk.panel(channelId))).toContain(`Scribe: <@${desk.id("owner_model")}>.`);
  expect(said(await desk.type("declarer", "role captain", channelId))).toContain(
    "There is no role “captain”.",
  );
});

test("who comes late is told by direct message once, and anybody again by the panel's button", async () => {
  const late = "authorizer_business";
  await control.join({ userId: desk.id(late), channelId });
  await desk.settle();
  const [told, ...more] = await desk.direct(late);
  expect(more).toEqual([]);
  expect(shown(told!)).toContain("What is known:");
  expect(told!.blocks.map(({ block_id: id }) => id)).toContain("strand:S1");
  const heard = await desk.pressAndHear("declarer", await desk.panel(channelId), "catch-up");
  expect(heard).toContain("0 of 6 layers are answered.");
});

test("a topic that somebody changes is put right, and the bookmarks stand", async () => {
  const { topic, bookmarks } = await channelNow();
  expect(topic).toContain("SEV2 · open");
  expect(bookmarks.map(({ title }) => title)).toEqual(["Panel", "Checklist and answers"]);
  await control.setTopic({ userId: desk.id("owner_model"), channelId, topic: "lunch at noon" });
  await desk.settle();
  expect((await channelNow()).topic).toBe(topic);
});

test("an update is asked for when it is due, put off, then written; the announcement is edited in place", async () => {
  await makeUpdateDue();
  const reminder = await desk.message(channelId, "update-reminder");
  expect(shown(reminder)).toContain(`<@${desk.id("approver")}>, please write the update`);
  expect(await desk.pressAndHear("declarer", reminder, "snooze-update")).toContain("30 minutes");

  await makeUpdateDue();
  const again = await desk.message(channelId, "update-reminder");
  // a new one, because an edit notifies nobody; the one before asks for nothing any more
  expect(again.ts).not.toBe(reminder.ts);
  const before = (await desk.messages(channelId)).find(({ ts }) => ts === reminder.ts);
  expect(shown(before!)).toContain("asked again in a newer message");
  await desk.press("approver", again, "post-update");
  const form = await desk.form("approver");
  expect(form!.values["text"]).toContain("0 of 6 parts of the system have been examined.");
  const text = "Travel questions go to the help desk for now.";
  const taken = await desk.submit("approver", { text });
  expect(taken.fieldErrors).toBeUndefined();
  await desk.settle();
  const announced = (await desk.messages(world.announceChannelId)).map(shown);
  expect(announced).toHaveLength(1);
  expect(announced[0]).toContain(text);
  const lines = (await desk.messages(channelId)).map(shown);
  expect(lines.some((line) => line.includes(text))).toBe(true);
  const stillOne = await desk.message(channelId, "update-reminder");
  expect(shown(stillOne)).toContain(`by <@${desk.id("approver")}>`);
});

test("Home shows what waits, opens the form, and follows what was done", async () => {
  const owner = { userId: desk.id("owner_model") };
  await control.openHome(owner);
  await desk.settle();
  const before = await control.home(owner);
  expect(shown(before!)).toContain("Answer for Model");
  await control.act({ ...owner, in: { homeOf: owner.userId }, actionId: "answer-layers" });
  const layers = (await desk.form("owner_model"))!.blocks.flatMap(({ block_id: id = "" }) =>
    id.startsWith("change:") ? [id] : [],
  );
  expect(layers).toContain("change:model");
  await desk.submit("owner_model", Object.fromEntries(layers.map((id) => [id, "no_change"])));
  await expect
    .poll(async () => {
      await desk.settle();
      return shown((await control.home(owner))!);
    })
    .not.toContain("Answer for Model");
});

test("the list pages through the open incidents and counts drills", async () => {
  for (let nth = 0; nth < 11; nth += 1) {
    await desk.record("declarer", `declare One of many ${nth}`, world.generalChannelId, {
      severity: "SEV4",
    });
  }
  await desk.record("declarer", "declare Rehearsed --drill", world.generalChannelId, {
    severity: "SEV4",
  });
  await desk.settle();
  const first = await desk.type("declarer", "list");
  expect(said(first)).toContain("12 incidents open. These are 1 to 10, the newest first.");
  expect(said(first)).toContain("1 drill not listed.");
});

async function channelNow() {
  const { channels } = await control.state();
  return channels.find(({ id }) => id === channelId)!;
}

/** The hour has passed: the reminder and the incident's own field stand a minute ago. */
async function makeUpdateDue(): Promise<void> {
  const dueAt = new Date(Date.now() - 60_000);
  await db
    .updateTable("incident")
    .set({ updateDueAt: dueAt })
    .where("number", "=", open.number)
    .execute();
  await db.updateTable("reminder").set({ dueAt }).where("key", "=", "update-due").execute();
  await service.drain();
  await desk.settle();
}
