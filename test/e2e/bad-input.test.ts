// Goal: whatever people type, press or send twice, nothing is lost, nothing is doubled, nobody without
// the right changes anything, and everybody is told in a sentence what to do.
// Method: the whole app over signed HTTP, people of one workspace in the sandbox; a tap between the two
// sends requests again, byte for byte or changed. What counts is the database, Slack's store and GitHub's.

import { expect, test } from "vitest";
import { parse } from "yaml";
import { subcommands } from "#commands/index.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { liveParts } from "#test/documents/hostile.ts";
import { testBot } from "#test/support/bot.ts";
import { type DeclaredIncident, deskOf, expectNothingDoubled, said, shown } from "./desk.ts";
import { frontMatterOf, hostileText, liveMrkdwn, withoutOurs } from "./hostile.ts";
import { aLever, anAction, countRows, recordLever } from "./records.ts";
import { textsIn, walkThrough } from "./walk.ts";
import { inputsOf, tapWire } from "./wiretap.ts";

const bot = await testBot("http");
const { control, world, database } = bot;
const { db } = database;
const desk = deskOf(bot);
const wire = await tapWire(bot);

const title = "Answers follow the old rule";
const open: DeclaredIncident = await desk.declare("declarer", { title });

test("a mistyped subcommand gets the nearest one and all that can be typed", async () => {
  const words = said(await desk.type("declarer", "stablize"));
  expect(words).toContain("Did you mean “/incident stabilize”?");
  for (const { usage } of subcommands) expect(words).toContain(`/incident ${usage}`);
});

test("a subcommand that is near to nothing gets all that can be typed, and mentions nobody", async () => {
  const { ephemerals } = await desk.type("declarer", "<!channel>");
  expect(shown(ephemerals[0]!)).toContain(
    "There is no “/incident <!channel>”. This is what you can type:",
  );
  expect(liveMrkdwn(ephemerals)).toEqual([]);
});

test("without a subcommand the channel's incident is told, and elsewhere those that are open", async () => {
  const inside = said(await desk.type("declarer", "", open.channelId));
  expect(inside).toContain("Evidence board: 0 of 6 layers answered");
  const outside = said(await desk.type("declarer", ""));
  expect(outside).toContain("1 incident open.");
  expect(outside).toContain(title);
});

test.for([
  ["evidence", "add-evidence"],
  ["stabilize", "stabilize"],
  ["checklist", "checklist"],
  ["action", "add-action"],
  ["close", "close-incident"],
] as const)(
  "%s typed outside an incident's channel asks which incident, and the choice opens its form",
  async ([subcommand, form]) => {
    const { ephemerals, view } = await desk.type("declarer", subcommand);
    expect(view?.callback_id).not.toBe(form);
    const question = ephemerals[0]!;
    expect(shown(question)).toContain(`Which incident is “${subcommand}” about?`);
    const opened = await control.act({
      userId: desk.id("declarer"),
      in: { channelId: world.generalChannelId, ts: question.ts },
      actionId: "pick-incident",
      value: "1",
    });
    expect(opened.view?.callback_id).toBe(form);
  },
);

test("a required field that holds nothing visible is refused at the field, and the form stays filled", async () => {
  const impact = "Three people were paid by the old rule";
  await desk.open("declarer", "declare");
  const declared = await desk.submit("declarer", {
    title: " \u200B\t ",
    severity: "SEV3",
    user_impact: impact,
  });
  expect(declared.fieldErrors).toEqual({ title: "Say in a few words what is wrong." });
  expect(declared.view?.values).toMatchObject({ severity: "SEV3", user_impact: impact });

  await desk.open("declarer", "evidence", open.channelId);
  const seen = await desk.submit("declarer", {
    kind: "E9",
    what: "\u3000 \n",
    supports: ["model"],
  });
  expect(seen.fieldErrors).toEqual({ what: "Say what it shows." });
  expect(seen.view?.values).toMatchObject({ kind: "E9", supports: ["model"] });

  await desk.open("declarer", "stabilize", open.channelId);
  const lever = await desk.submit("declarer", {
    lever: "disable_feature",
    authorizer: desk.id("approver"),
    tradeoff: " ",
    revert_condition: "\u2060",
    scope: "everybody",
  });
  expect(lever.fieldErrors).toEqual({
    tradeoff: "Say what you give up; “nothing” counts.",
    revert_condition: "Say when it is taken back.",
  });
  expect(lever.view?.values).toMatchObject({ lever: "disable_feature", scope: "everybody" });
});

/** Every form about an incident, and where it is opened. */
const openForms: Record<string, () => Promise<unknown>> = {
  "declare-incident": () => desk.open("declarer", "declare"),
  "add-evidence": () => desk.open("declarer", "evidence", open.channelId),
  stabilize: () => desk.open("declarer", "stabilize", open.channelId),
  "add-action": () => desk.open("declarer", "action", open.channelId),
  "close-incident": () => desk.open("declarer", "close", open.channelId),
  "answer-layers": async () =>
    desk.press("declarer", await desk.panel(open.channelId), "answer-layers"),
  "answer-rows": () => openFromChecklist("answer-rows"),
  "set-verdict": () => openFromChecklist("set-verdict"),
  "end-lever": async () => {
    const use = await recordLever(desk, open);
    return desk.press("declarer", use, "end-lever");
  },
};

test.for(Object.keys(openForms))(
  "%s sent with nothing in it says at each required field what to fill in",
  async (formId) => {
    await openForms[formId]!();
    const view = (await desk.form("declarer"))!;
    expect(view.callback_id).toBe(formId);
    const answer = await wire.submit("declarer", view, (element) => ({ type: element.type }));
    const required = inputsOf(view).filter(({ optional }) => !optional);
    const asked = required.map((block) => block.block_id);
    // these take as many answers as one likes, but not none
    const oneAtLeast = { "answer-layers": "change:model", "answer-rows": "row:RD1" }[formId];
    expect(answer.body).toMatchObject({ response_action: "errors" });
    const refused = new Set(Object.keys(answer.body!.errors!));
    expect(refused).toEqual(new Set([...asked, ...(oneAtLeast ? [oneAtLeast] : [])]));
  },
);

test.for(Object.keys(openForms).filter((formId) => formId !== "close-incident"))(
  "%s names the limit of each field in which 3,001 characters were sent",
  async (formId) => {
    await openForms[formId]!();
    const view = (await desk.form("declarer"))!;
    const long = "https://example.com/".padEnd(3001, "x");
    const answer = await wire.submit("declarer", view, (element) => ({
      type: element.type,
      ...(element.type === "plain_text_input" ? { value: long } : {}),
      // what is asked only of an answer that was given
      ...(/^(change|row):/.test(element.action_id ?? "")
        ? { selected_option: { value: "cannot_tell" } }
        : {}),
    }));
    const texts = inputsOf(view)
      .filter(({ element }) => element.type === "plain_text_input")
      .map((block) => block.block_id!);
    for (const blockId of texts) {
      expect(answer.body?.errors?.[blockId], blockId).toMatch(
        /^At most (150|1,000|2,000|3,000) characters; this has 3,001\.$|, at most 39 characters\.$/,
      );
    }
  },
);

test("a title of 151 characters is refused with the limit in Slack's own form, which keeps it", async () => {
  await desk.open("declarer", "declare");
  const long = "x".repeat(151);
  const { fieldErrors, view } = await desk.submit("declarer", { title: long, severity: "SEV3" });
  expect(fieldErrors).toEqual({ title: "At most 150 characters; this has 151." });
  expect(view?.values).toMatchObject({ title: long });
});

test("a form sent again byte for byte says that it is recorded, and records nothing", async () => {
  await desk.record("declarer", "evidence", open.channelId, { kind: "E9", what: "Sent again" });
  const again = await wire.replay(wire.last());
  expect(again).toMatchObject({ status: 200, body: { response_action: "update" } });
  expect(shown(again.body!.view as never)).toContain("Already recorded. Recorded evidence");
  expect(await countRows(db, "evidenceItem", { what: "Sent again" })).toBe(1);
  expect(await countRows(db, "timelineEntry", { kind: "evidence_recorded" })).toBe(1);
});

test("a form sent twice at the same moment is recorded once", async () => {
  await desk.open("declarer", "evidence", open.channelId);
  const sent = await wire.withheld(() =>
    desk.submit("declarer", { kind: "E9", what: "Sent twice at once" }),
  );
  const answers = await Promise.all([wire.replay(sent), wire.replay(sent), wire.replay(sent)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const told = answers
    .filter(({ body }) => body?.view)
    .map(({ body }) => shown(body!.view as never));
  expect(told).toHaveLength(2);
  expect(told[0]).toContain("Already recorded.");
  expect(await countRows(db, "evidenceItem", { what: "Sent twice at once" })).toBe(1);
});

test("a declaration that is typed, sent and sent again is one incident with one channel", async () => {
  await desk.open("declarer", "declare Declared twice");
  const typed = wire.last();
  const sent = await wire.withheld(() => desk.submit("declarer", { severity: "SEV4" }));
  const answers = await Promise.all([wire.replay(sent), wire.replay(sent)]);
  const told = answers.map(({ body }) => shown(body!.view as never));
  expect(told.filter((sentence) => sentence.startsWith("Declared incident"))).toHaveLength(1);
  expect(told.filter((sentence) => sentence.startsWith("Already recorded."))).toHaveLength(1);
  // the command itself again: its trigger is used up, and the person is told
  const again = await wire.replay(typed);
  expect(again.body?.text).toContain("Slack did not open the form");
  await desk.settle();
  expect(await countRows(db, "incident", { title: "Declared twice" })).toBe(1);
  const { channels, messages } = await control.state();
  expect(channels.filter(({ name }) => name.endsWith("-declared-twice"))).toHaveLength(1);
  expectNothingDoubled(messages, world.seed.bot.userId);
});

test("buttons and forms of an older version say so", async () => {
  const panel = await desk.panel(open.channelId);
  await desk.press("declarer", panel, "checklist");
  const press = wire.last();
  const older = "This button is from an older version. Use the buttons of the pinned panel.";
  const changes = [{ action_id: "observe-recovery" }, { value: "41" }, { value: '{"i":"one"}' }];
  for (const change of changes) {
    const pressed = () =>
      wire.resend(press, (payload) => {
        Object.assign(payload.actions[0], change);
      });
    expect(await desk.hears("declarer", pressed)).toBe(older);
  }
  await desk.open("declarer", "evidence", open.channelId);
  const sent = await wire.withheld(() => desk.submit("declarer", { kind: "E9", what: "Old form" }));
  const answer = await wire.resend(sent, (payload) => {
    payload.view.callback_id = "observe-recovery";
  });
  expect(Object.values(answer.body?.errors ?? {})).toEqual([
    "This form is from an older version. Close it and open it again.",
  ]);
});

test("a form for an incident that was closed meanwhile says so and keeps what was typed", async () => {
  const incident = await desk.declare("declarer", { title: "Closed meanwhile" });
  const { channelId, number } = incident;
  await desk.record("declarer", "action", channelId, {
    ...anAction(desk),
    constraint_kind: "observability",
  });
  await desk.settle();
  const panel = await desk.panel(channelId);
  await desk.press("declarer", panel, "add-evidence");
  const oldPress = wire.last();

  const forms: [handle: string, subcommand: string, values: Record<string, string | string[]>][] = [
    ["owner_model", "evidence", { kind: "E9", what: "Too late" }],
    ["owner_infrastructure", "action", anAction(desk)],
    ["owner_retrieval_data", "stabilize", aLever(desk)],
    ["owner_orchestration_tools", "close", { close_as: "attributed" }],
  ];
  for (const [handle, subcommand] of forms) await desk.open(handle, subcommand, channelId);
  await desk.record("declarer", "close", channelId, {
    close_as: "undetermined",
    approver: desk.id("approver"),
  });
  await desk.settle();
  const before = await getIncidentState(db, number as IncidentId);
  for (const [handle, subcommand, values] of forms) {
    const answer = await desk.submit(handle, values);
    expect(Object.values(answer.fieldErrors ?? {}), subcommand).toEqual([
      `Incident ${number} is closed, so nothing was recorded. Copy what you wrote and post it in its channel.`,
    ]);
    expect(answer.view?.values).toMatchObject(values);
    expect(said(await desk.type(handle, subcommand, channelId))).toBe(
      `Incident ${number} is closed, so nothing more can be recorded in it.`,
    );
  }
  const pressed = () =>
    wire.resend(oldPress, (payload) => {
      payload.trigger_id = "1.2.late";
    });
  expect(await desk.hears("declarer", pressed)).toContain(`Incident ${number} is closed`);
  await desk.settle();
  expect(await getIncidentState(db, number as IncidentId)).toEqual(before);
  expect(said(await desk.type("declarer", "status", channelId))).toContain("Closed");
});

test("what people type into every field is stored as it is and acts nowhere, in Slack or on GitHub", async () => {
  const incident = await walkThrough(desk, hostileText);
  const { typed, number, channelId } = incident;
  expect(Object.keys(typed).length).toBeGreaterThan(25);
  expect(textsIn(await getIncidentState(db, number as IncidentId))).toEqual(typed);

  const { messages, ephemerals, issues, pullRequests } = await control.state();
  const ofBot = messages.filter((one) => one.user === world.seed.bot.userId && one.metadata);
  expect(liveMrkdwn([...ofBot, ...ephemerals])).toEqual([]);
  const words = ofBot
    .filter((one) => one.channel === channelId)
    .map((one) => JSON.stringify(one.blocks));
  expect(words.join()).toContain(JSON.stringify(typed["evidence.what"]).slice(1, -1));

  const files = pullRequests.flatMap((pull) => Object.entries(pull.files));
  const ending = (end: string) =>
    files.filter(([path]) => path.endsWith(end)).map(([, text]) => text);
  const documents = [
    ...issues.filter(({ title }) => title.startsWith("Start")).map(({ body }) => body),
    ...pullRequests.map(({ body }) => body),
    ...ending(".md"),
  ];
  expect(documents.length).toBeGreaterThanOrEqual(4);
  for (const document of documents) expect(liveParts(withoutOurs(document))).toEqual([]);
  const data = ending(".attribution.json");
  expect(data.length).toBeGreaterThan(0);
  for (const text of [...documents, ...data]) {
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  }
  const postmortem = ending(".md").at(-1)!;
  // a mention reads as the name of whom it means, or as the id of whom nobody knows
  const title = typed["declare.title"]?.replace("<@U0MENTIONED>", "U0MENTIONED");
  expect(parse(frontMatterOf(postmortem))).toMatchObject({
    title,
    strands: [{ name: title }],
  });
});

test("the numbers of incidents have no gap, whatever was refused between them", async () => {
  const rows = await db.selectFrom("incident").select("number").orderBy("number").execute();
  expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  expect(rows.length).toBeGreaterThanOrEqual(4);
});

async function openFromChecklist(actionId: string): Promise<void> {
  await desk.open("declarer", "checklist", open.channelId);
  await desk.actInForm("declarer", actionId, { blockId: "layer:S1:retrieval_data" });
}
