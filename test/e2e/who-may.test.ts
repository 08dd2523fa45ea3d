// Goal: full members in an incident's channel do everything, the named authorizer alone confirms a lever,
// and everybody else changes nothing and gets one sentence; what can be done once is done once.
// Method: the whole app over signed HTTP, with a guest, a deactivated person and one of another team; a tap
// sends what Slack's own client would not let them send. What counts is the database.

import { expect, test } from "vitest";
import { testBot } from "#test/support/bot.ts";
import { countRows, recordLever } from "./records.ts";
import { type DeclaredIncident, deskOf, said } from "./desk.ts";
import { tapWire } from "./wiretap.ts";

const guest = "U0GUEST";
const gone = "U0GONE";
const foreigner = "U0FOREIGN";

const bot = await testBot("http", {
  changeWorld(world) {
    const person = (id: string) => ({
      id,
      name: id.toLowerCase(),
      realName: id,
      email: `${id}@example.com`,
    });
    world.seed.users.push(
      { ...person(guest), isGuest: true },
      { ...person(gone), isDeactivated: true },
      { ...person(foreigner), teamId: "T0ELSEWHERE" },
    );
    world.seed.channels
      .find(({ id }) => id === world.generalChannelId)!
      .memberIds.push(guest, foreigner);
    return world;
  },
});
const { control, world, database } = bot;
const { db } = database;
const desk = deskOf(bot);
const wire = await tapWire(bot);

const open = await desk.declare("declarer", { title: "Answers follow the old rule" });

test("who is not in the channel is told to join, and the same form is taken once they have", async () => {
  const what = "The source was replaced on 1 March";
  await pickFromElsewhere("approver", "evidence", open.number);
  const refused = await desk.submit("approver", { kind: "E9", what });
  const [sentence] = Object.values(refused.fieldErrors ?? {});
  expect(sentence).toBe(`Join #${open.channelName} first, then try again.`);
  expect(refused.view?.values).toMatchObject({ what });
  expect(await countRows(db, "evidenceItem", { what: what })).toBe(0);

  await control.join({ userId: desk.id("approver"), channelId: open.channelId });
  await desk.settle();
  const taken = await desk.submit("approver", {});
  expect(taken.fieldErrors).toBeUndefined();
  expect(await countRows(db, "evidenceItem", { what: what })).toBe(1);
});

test("a guest gets one sentence, wherever they try", async () => {
  const sentence = "Guests cannot take part in incidents here.";
  expect(said(await desk.type(guest, "list"))).toContain(sentence);
  expect(said(await desk.type(guest, "status"))).toContain(sentence);
  await desk.open(guest, "declare");
  const declared = await desk.submit(guest, { title: "By a guest", severity: "SEV3" });
  expect(declared.fieldErrors?.["title"]).toContain(sentence);
  await control.join({ userId: guest, channelId: open.channelId });
  await desk.settle();
  expect(said(await desk.type(guest, "evidence", open.channelId))).toContain(sentence);
  const panel = await desk.panel(open.channelId);
  expect(await desk.pressAndHear(guest, panel, "stabilize")).toContain(sentence);
  expect(await countRows(db, "incident", { title: "By a guest" })).toBe(0);
});

test("somebody whose account is deactivated gets one sentence", async () => {
  const sentence = "Your Slack account is deactivated here.";
  await desk.type("declarer", "list");
  const asGone = await wire.resend(wire.last(), (fields) => {
    fields.user_id = gone;
  });
  expect(asGone.body?.text).toContain(sentence);
  await desk.open("declarer", "evidence", open.channelId);
  const sent = await wire.withheld(() =>
    desk.submit("declarer", { kind: "E9", what: "By somebody gone" }),
  );
  const refused = await wire.resend(sent, (payload) => {
    payload.user.id = gone;
  });
  expect(Object.values(refused.body?.errors ?? {}).join()).toContain(sentence);
  expect(await countRows(db, "evidenceItem", { what: "By somebody gone" })).toBe(0);
});

test("people of another team get one sentence, by command, button and form", async () => {
  const sentence = "Only full members of this workspace can do this.";
  const foreign = "T0ELSEWHERE";
  await control.join({ userId: foreigner, channelId: open.channelId });
  await desk.settle();
  const panel = await desk.panel(open.channelId);
  expect(await desk.pressAndHear(foreigner, panel, "add-evidence")).toBe(sentence);

  await desk.type("declarer", "list");
  const typed = await wire.resend(wire.last(), (fields) => {
    fields.user_id = foreigner;
    fields.team_id = foreign;
  });
  expect(typed.body?.text).toBe(sentence);

  await desk.open("declarer", "evidence", open.channelId);
  const sent = await wire.withheld(() =>
    desk.submit("declarer", { kind: "E9", what: "From elsewhere" }),
  );
  const refused = await wire.resend(sent, (payload) => {
    payload.user = { ...payload.user, id: foreigner, team_id: foreign };
  });
  expect(Object.values(refused.body?.errors ?? {})).toEqual([sentence]);
  expect(await countRows(db, "evidenceItem", { what: "From elsewhere" })).toBe(0);
});

test("only the named authorizer confirms a lever, and once", async () => {
  const incident = await desk.declare("declarer", { title: "A lever to confirm" });
  const asked = await recordLever(desk, incident);
  expect(await desk.pressAndHear("declarer", asked, "confirm-lever")).toContain(
    "Only the person who is named as having authorized this lever can confirm or decline it.",
  );
  expect(await leverState(incident)).toMatchObject({ state: "claimed", answeredAt: null });

  expect(await desk.pressAndHear("authorizer_business", asked, "confirm-lever")).toContain(
    "Recorded that you authorized",
  );
  const press = wire.last();
  // the very same request again
  expect(await desk.hears("authorizer_business", () => wire.replay(press))).toContain(
    "Already recorded. Recorded that you authorized",
  );
  // a second press, on a screen that is not up to date
  const pressed = (actionId: string) => () =>
    wire.resend(press, (payload) => {
      payload.trigger_id = `1.2.${actionId}`;
      payload.actions[0].action_id = actionId;
    });
  for (const actionId of ["confirm-lever", "decline-lever"]) {
    expect(await desk.hears("authorizer_business", pressed(actionId))).toContain(
      "You confirmed “Restrict triggering for a topic or cohort” already. That stands.",
    );
  }
  expect(await leverState(incident)).toMatchObject({ state: "confirmed" });
});

test("a lever is taken back once, and whoever comes second is told", async () => {
  const incident = await desk.declare("declarer", { title: "A lever to take back" });
  const use = await recordLever(desk, incident);
  const late = ["owner_model", "owner_infrastructure"];
  for (const handle of ["declarer", ...late]) await desk.press(handle, use, "end-lever");
  const values = { ended_how: "taken_back", why: "The index is rebuilt" };
  const first = await desk.submit("declarer", values);
  expect(first.fieldErrors).toBeUndefined();
  for (const handle of late) {
    const second = await desk.submit(handle, { ...values, ended_how: "kept" });
    expect(Object.values(second.fieldErrors ?? {})).toEqual([
      "“Restrict triggering for a topic or cohort” was taken back already by somebody else; its message in the channel says who.",
    ]);
  }
  expect(await leverState(incident)).toMatchObject({ endedHow: "taken_back" });
});

test("two people take a lever back at the same moment: one does, the other is told", async () => {
  const incident = await desk.declare("declarer", { title: "A lever at once" });
  const use = await recordLever(desk, incident);
  const sent = [];
  for (const handle of ["declarer", "owner_model"]) {
    await desk.press(handle, use, "end-lever");
    const values = { ended_how: "taken_back", why: `Says ${handle}` };
    sent.push(await wire.withheld(() => desk.submit(handle, values)));
  }
  const answers = await Promise.all(sent.map((one) => wire.replay(one)));
  const refused = answers.flatMap(({ body }) => Object.values(body?.errors ?? {}));
  expect(refused).toEqual([expect.stringContaining("was taken back already by somebody else")]);
  await desk.settle();
  expect(
    await countRows(db, "timelineEntry", { kind: "lever_ended", incidentId: incident.number }),
  ).toBe(1);
});

function leverState({ number }: DeclaredIncident) {
  return db
    .selectFrom("leverUse")
    .select(["state", "answeredAt", "endedHow"])
    .where("incidentId", "=", number)
    .executeTakeFirstOrThrow();
}

/** Types a subcommand elsewhere, and chooses this incident. */
async function pickFromElsewhere(
  handle: string,
  subcommand: string,
  number: number,
): Promise<void> {
  const { ephemerals } = await desk.type(handle, subcommand);
  await control.act({
    userId: desk.id(handle),
    in: { channelId: world.generalChannelId, ts: ephemerals[0]!.ts },
    actionId: "pick-incident",
    value: String(number),
  });
}
