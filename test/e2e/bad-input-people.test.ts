// Goal: whoever is named, whatever is pinned and however late a form comes: one clear sentence, nothing lost.
// Method: the whole app over signed HTTP with guests, deactivated people and other apps, as an administrator
// makes them; forms that stay open while the incident ends; two people with the same form.

import { expect, test } from "vitest";
import { getIncidentState } from "#src/db/incidents.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { testBot } from "#test/support/bot.ts";
import { fillerOf, guest, otherApp, webhook, withOnlookers } from "./crawler-world.ts";
import { type DeclaredIncident, deskOf, type FormValues, shown } from "./desk.ts";
import { aLever, anAction } from "./records.ts";

const bot = await testBot("http", {
  changeWorld: withOnlookers,
  // a deactivated owner cannot be reached, which is told in the channel
  logLevel: "silent",
});
const { control, world, database } = bot;
const { db } = database;
const desk = deskOf(bot);
const fill = fillerOf(bot, desk, () => ({
  people: [desk.id("approver")],
  channelId: world.generalChannelId,
  now: Math.floor(Date.now() / 1_000),
}));
const open = await desk.declare("declarer", { title: "Answers follow the old rule" });
const { channelId } = open;

// an administrator deactivates this one while the incident runs
const gone = "owner_orchestration_tools";
await control.changeUser({ userId: desk.id(gone), isDeactivated: true });
await desk.settle();

/** Every field of a form in which somebody is named for something that only a full member can do. */
const namings: [command: string, field: string, values: () => FormValues, task: string][] = [
  ["action", "owner", () => anAction(desk), "take it on"],
  ["stabilize", "authorizer", () => aRestriction(), "confirm it"],
  ["role", "person", () => ({ role: "scribe" }), "take part in the incident"],
  ["role", "stand_in", () => ({ role: "model" }), "take part in the incident"],
  ["close", "approver", () => ({ close_as: "undetermined" }), "approve it"],
];

test.for(namings)(
  "%s with a guest or a deactivated person as %s says so at the field and keeps what was typed",
  async ([command, field, values, task]) => {
    for (const [person, what] of [
      [guest, "This person is a guest here or of another workspace"],
      [desk.id(gone), "This person is deactivated here"],
    ] as const) {
      await desk.open("declarer", command, channelId);
      const typed = { ...values(), [field]: person };
      const answer = await desk.submit("declarer", typed);
      expect(answer.fieldErrors).toEqual({
        [field]: `${what} and could not ${task}. Name a full member.`,
      });
      expect(answer.view?.values).toMatchObject(typed);
    }
  },
);

test("a service takes no guest or deactivated person as the owner of a layer, and keeps the others", async () => {
  await desk.open("declarer", "owners");
  await desk.actInForm("declarer", "show-service");
  await desk.actInForm("declarer", "edit-owners");
  const view = (await desk.form("declarer"))!;
  const [first, second] = view.blocks
    .filter((block) => "element" in block && block.element.type === "users_select")
    .map((block) => block.block_id!);
  const typed = { [first!]: guest, [second!]: desk.id("approver") };
  const answer = await desk.submit("declarer", typed);
  expect(Object.keys(answer.fieldErrors ?? {})).toEqual([first]);
  expect(Object.values(answer.fieldErrors!)[0]).toMatch(
    /guest here or of another workspace.*Name a full member\.$/,
  );
  expect(answer.view?.values).toMatchObject(typed);
});

test("an owner who is deactivated is told of once, with what to do", async () => {
  const incident = await desk.declare("declarer", { title: "An owner has left" });
  const told = (await desk.messages(incident.channelId)).map(shown);
  const about = told.filter((words) => words.includes(gone));
  expect(about).toHaveLength(1);
  expect(about[0]).toContain(`${gone} is not active in Slack: name somebody else.`);
});

test("a GitHub login that cannot be assigned files the issue without it and says so once", async () => {
  await desk.record("declarer", "action", channelId, {
    ...anAction(desk),
    owner: desk.id("approver"),
    owner_login: "nobody-of-that-name",
    // filed at once, though no layer is examined
    immediate_safety: ["now"],
  });
  await desk.settle();
  const { issues } = await control.state();
  const filed = issues.find(({ body }) => body.includes("The nightly index job exits non-zero"));
  expect(filed).toMatchObject({ assignees: [] });
  const told = (await desk.messages(channelId)).map(shown);
  const about = told.filter((words) => words.includes("nobody-of-that-name"));
  expect(about).toHaveLength(1);
  expect(about[0]).toContain("Give access there and assign it, or assign somebody else.");
});

test("a pushpin counts in threads and on other apps' messages, and nowhere else", async () => {
  const userId = desk.id("declarer");
  const react = (ts: string, where = channelId) =>
    control.react({ userId, channelId: where, ts, name: "pushpin" });
  await control.join({ userId: otherApp, channelId });
  await control.join({ userId: webhook, channelId });
  const say = async (who: string, text: string, threadTs?: string) =>
    (
      await control.say({
        userId: who,
        channelId,
        text,
        ...(threadTs === undefined ? {} : { threadTs }),
      })
    ).ts;
  const parent = await say(userId, "The parent of a thread");
  await react(await say(desk.id("owner_model"), "Said in a thread", parent));
  await react(await say(otherApp, "Deploy 41 is out"));
  await react(await say(webhook, "The error rate is back to normal"));
  await react((await desk.panel(channelId)).ts);
  const elsewhere = await control.say({
    userId,
    channelId: world.generalChannelId,
    text: "Said where no incident is",
  });
  await react(elsewhere.ts, world.generalChannelId);
  await desk.settle();
  expect((await pinned()).toSorted()).toEqual([
    "Deploy 41 is out",
    "Said in a thread",
    "The error rate is back to normal",
  ]);
});

test("a message that is deleted right after the pushpin is told of to whoever pinned it", async () => {
  const userId = desk.id("declarer");
  const { ts } = await control.say({ userId, channelId, text: "Gone in a moment" });
  const before = await pinned();
  const told = await desk.hears("declarer", async () => {
    // both before the bot can look
    await Promise.all([
      control.react({ userId, channelId, ts, name: "pushpin" }),
      control.deleteMessage({ userId, channelId, ts }),
    ]);
    await desk.settle();
  });
  expect(told).toMatch(
    /^The message you pinned was deleted before it could be read, so it is not in the timeline\./,
  );
  expect(await pinned()).toEqual(before);
});

test.for(["a person", "another app", "a webhook"] as const)(
  "each shortcut works on a message of %s, and on one of ours says what to do",
  async (author) => {
    const userId = {
      "a person": desk.id("declarer"),
      "another app": otherApp,
      "a webhook": webhook,
    }[author];
    const { ts } = await control.say({
      userId,
      channelId: world.generalChannelId,
      text: `A sign of trouble by ${author}`,
    });
    const use = (callbackId: string) =>
      control.shortcut({
        userId: desk.id("owner_model"),
        callbackId,
        in: { channelId: world.generalChannelId, ts },
      });
    const declared = await use("declare-from-message");
    expect(declared.view?.callback_id).toBe("declare-incident");
    expect(JSON.stringify(declared.view?.values)).toContain(`A sign of trouble by ${author}`);
    expect((await use("add-to-timeline")).view?.callback_id).toBe("choose-incident");
    expect((await use("attach-evidence")).view?.callback_id).toBe("choose-incident");
  },
);

test("of two people who answer for a layer at once one is taken, and the other is shown what changed", async () => {
  const incident = await desk.declare("declarer", { title: "Both at once" });
  const both = ["declarer", "owner_model"];
  for (const handle of both) {
    await desk.press(handle, await desk.panel(incident.channelId), "answer-layers");
  }
  const layer = "model";
  const answers = await Promise.all(
    both.map((handle, index) =>
      desk.submit(handle, {
        [`change:${layer}`]: index === 0 ? "no_change" : "changed",
        ...(index === 0 ? {} : { [`sentence:${layer}`]: "The weights are new" }),
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(["acked", "acked"]);
  const state = await stateOf(incident);
  expect(state.answers.filter((one) => one.layer === layer)).toHaveLength(1);
  const overtaken = answers.filter(({ view }) => view?.callback_id === "answer-layers");
  expect(overtaken).toHaveLength(1);
  expect(shown(overtaken[0]!.view!)).toContain("answered");
});

/** How an incident can end while somebody has a form open, and what the form then says. */
const endings: [how: string, isDrill: boolean, end: (channel: string) => Promise<void>][] = [
  ["closed", false, closeIt],
  ["cancelled", false, (channel) => recordAlone("cancel", channel)],
  ["taken away", true, (channel) => recordAlone("drill", channel)],
];

test.for(endings)(
  "a form sent after the incident was %s keeps what was typed and says what to do",
  async ([, isDrill, end]) => {
    const incident = isDrill
      ? await declareDrill()
      : await desk.declare("declarer", { title: "Ends" });
    const forms: [handle: string, command: string, values: FormValues][] = [
      ["owner_model", "evidence", { kind: "E9", what: "Too late" }],
      ["owner_retrieval_data", "note", { text: "Too late" }],
      ["approver", "severity", { severity: "SEV1", reason: "It is worse" }],
    ];
    await control.join({ userId: desk.id("approver"), channelId: incident.channelId });
    await desk.settle();
    for (const [handle, command] of forms) await desk.open(handle, command, incident.channelId);
    await end(incident.channelId);
    await desk.settle();
    const before = await stateOf(incident);
    for (const [handle, command, values] of forms) {
      const answer = await desk.submit(handle, values);
      const words = Object.values(answer.fieldErrors ?? {}).join(" ");
      expect(words, command).toMatch(/nothing was recorded\..* [A-Z][^.]*\.$/);
      expect(answer.view?.values).toMatchObject(values);
    }
    expect(await stateOf(incident)).toEqual(before);
  },
);

test("a repair makes what is gone, and where the channel is archived tells who asked", async () => {
  const incident = await desk.declare("declarer", { title: "To be repaired" });
  const panel = await desk.panel(incident.channelId);
  const botId = world.seed.bot.userId;
  await control.deleteMessage({ userId: botId, channelId: incident.channelId, ts: panel.ts });
  await desk.type("declarer", "repair", incident.channelId);
  await desk.settle();
  const words = (await desk.messages(incident.channelId)).map(shown).join("\n");
  expect(words).toContain("Made anew: the panel, the panel's pin.");
  expect((await desk.panel(incident.channelId)).ts).not.toBe(panel.ts);

  await control.archive({ userId: desk.id("declarer"), channelId: incident.channelId });
  await desk.settle();
  const { ephemerals } = await desk.type("declarer", "repair");
  await control.act({
    userId: desk.id("declarer"),
    in: { channelId: world.generalChannelId, ts: ephemerals[0]!.ts },
    actionId: "pick-incident",
    value: String(incident.number),
  });
  await desk.settle();
  const told = (await desk.direct("declarer")).map(shown).join("\n");
  expect(told).toContain(`#${incident.channelName} is archived: ask an admin`);
});

test("a drill that was removed is not repaired", async () => {
  const drill = await declareDrill();
  await recordAlone("drill", drill.channelId);
  await desk.settle();
  const { messages } = await control.state();
  const { ephemerals } = await desk.type("declarer", "repair", drill.channelId);
  expect(ephemerals.map(shown)).toEqual([
    `Drill ${drill.number} was removed, so nothing of it is made again.`,
  ]);
  await desk.settle();
  expect((await control.state()).messages).toHaveLength(messages.length);
});

async function declareDrill(): Promise<DeclaredIncident> {
  const known = new Set((await control.state()).channels.map(({ id }) => id));
  await desk.open("declarer", "declare --drill A drill");
  await fill("declarer", {});
  await desk.settle();
  const { channels } = await control.state();
  const made = channels.find(({ id, isDirect }) => !known.has(id) && !isDirect)!;
  const number = Number(/\d+/.exec(made.name)?.[0]);
  return { number, channelId: made.id, channelName: made.name };
}

async function closeIt(channel: string): Promise<void> {
  await desk.open("declarer", "action", channel);
  await fill("declarer", { ...anAction(desk), constraint_kind: "observability" });
  await desk.open("declarer", "close", channel);
  await fill("declarer", { close_as: "undetermined", approver: desk.id("approver") });
}

/** `cancel`, or for a drill what takes it away: the button that the command's form or answer has. */
async function recordAlone(how: "cancel" | "drill", channel: string): Promise<void> {
  const { view } = await desk.type("declarer", "cancel", channel);
  if (how === "drill" && view?.callback_id !== "remove-drill") {
    await desk.actInForm("declarer", "remove-drill");
  }
  await fill("declarer", { why: "It was no incident" });
}

function aRestriction(): FormValues {
  return { ...aLever(desk), lever: "restrict_triggering", scope: "everybody" };
}

/** What was pinned, in the order in which it was recorded. */
async function pinned(): Promise<string[]> {
  const rows = await db
    .selectFrom("timelineEntry")
    .select("data")
    .where("incidentId", "=", open.number)
    .where("kind", "=", "message_pinned")
    .orderBy("sequence")
    .execute();
  return rows.map(({ data }) => (data as { text: string }).text);
}

function stateOf({ number }: DeclaredIncident) {
  return getIncidentState(db, number as IncidentId);
}
