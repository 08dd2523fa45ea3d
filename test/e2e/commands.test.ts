// Goal: what is typed and pressed shows what is true: status, list, help, prefilled forms, several layers
// in one answer, corrections, the form that follows its lever, and the panel after each step.
// Method: the whole app over signed HTTP; the panel is read block by block as people see it.

import { expect, test } from "vitest";
import { subcommands } from "#commands/index.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { levers } from "#src/domain/lever.ts";
import { testBot } from "#test/support/bot.ts";
import { type DeclaredIncident, deskOf, labelsOf, said, shown } from "./desk.ts";
import { recordProof, suspected } from "./proof.ts";
import { aLever, anAction, countRows } from "./records.ts";

const bot = await testBot("http");
const { control, world, database } = bot;
const { db } = database;
const desk = deskOf(bot);

test("before the first incident the list says that there is none, and offers to declare one", async () => {
  const answer = await desk.type("declarer", "list");
  expect(said(answer)).toContain("No incident is open.");
  expect(labelsOf(answer.ephemerals[0]!)).toEqual(["Declare an incident"]);
  const opened = await desk.press("declarer", answer.ephemerals[0]!, "declare-incident");
  expect(opened.view?.callback_id).toBe("declare-incident");
  expect(said(await desk.type("declarer", "stabilize"))).toBe(
    "There is no open incident. `/incident declare` opens one.",
  );
});

test("help tells every subcommand with its sentence", async () => {
  const words = said(await desk.type("declarer", "HELP"));
  for (const { usage, summary } of subcommands) {
    expect(words).toContain(`/incident ${usage}`);
    expect(words).toContain(summary);
  }
});

test("--private is refused with a sentence, and nothing is opened", async () => {
  const answer = await desk.type("declarer", "declare Leak of contracts --private");
  expect(answer.ephemerals.map(({ text }) => text)).toEqual([
    "Private incidents are not possible yet, so nothing was opened. Leave out `--private` to declare in a public channel.",
  ]);
  expect(await countRows(db, "incident", {})).toBe(0);
});

test("--drill is taken out of the title, and the incident says everywhere that it is a drill", async () => {
  const view = await desk.open("declarer", "declare Answers --drill in French");
  expect(view.title.text).toBe("Declare a drill");
  expect(view.values).toMatchObject({ title: "Answers in French" });
  const incident = await desk.declare("declarer", { title: "Answers in French" });
  await desk.record("declarer", "declare Rollback rehearsed --drill", world.generalChannelId, {
    severity: "SEV4",
  });
  await desk.settle();
  const { channels } = await control.state();
  const channel = channels.find(({ name }) => name.endsWith("rollback-rehearsed"))!;
  for (const words of [
    shown(await desk.panel(channel.id)),
    said(await desk.type("declarer", "status", channel.id)),
    channel.topic,
  ]) {
    expect(words).toMatch(/drill/i);
  }
  expect(shown(await desk.panel(incident.channelId))).not.toMatch(/drill/i);
  const listed = said(await desk.type("declarer", "list"));
  expect(listed).toContain("1 incident open.");
  expect(listed).toContain("1 drill not listed.");
});

test.for([
  ["evidence", "what"],
  ["action", "title"],
] as const)(
  "what is typed behind %s stands in the form's field already",
  async ([subcommand, field]) => {
    const incident = await desk.declare("declarer", { title: `Typed behind ${subcommand}` });
    const typed = '36 of 40 answers & <b>quotes</b> follow the "old" rule';
    const view = await desk.open("declarer", `${subcommand}   ${typed}`, incident.channelId);
    expect(view.values).toMatchObject({ [field]: typed });
  },
);

test("the panel is true after each step of an incident", async () => {
  const incident = await desk.declare("declarer", {
    title: "Travel rule of last year",
    severity: "SEV3",
    user_impact: "Three people were paid wrongly",
  });
  const { channelId } = incident;
  const panel = async (): Promise<string> => {
    await desk.settle();
    return shown(await desk.panel(channelId));
  };
  const declared = await panel();
  expect(declared).toContain("What users see: Three people were paid wrongly");
  expect(declared).toContain("Evidence board: 0 of 6 layers answered, 0 items of evidence");
  expect(declared.match(/not answered yet/g)).toHaveLength(6);

  await desk.record("owner_infrastructure", "evidence", channelId, {
    kind: "E5",
    what: "36 of 40 against 1 of 40",
    supports: ["retrieval_data"],
  });
  expect(await panel()).toContain("0 of 6 layers answered, 1 item of evidence");

  await recordProof(desk, "declarer", channelId);
  await answerAll(incident);
  const answered = await panel();
  expect(answered).toContain("6 of 6 layers answered");
  expect(answered).not.toContain("not answered yet");
  expect(answered).toMatch(/Retrieval & data.*: it changed/);

  await desk.record("declarer", "stabilize", channelId, aLever(desk));
  expect(await panel()).toContain(
    "Lever 1 is in force to limit the harm: Restrict triggering for a topic or cohort. Claimed:",
  );
  const asked = (await desk.direct("authorizer_business")).at(-1)!;
  await desk.press("authorizer_business", asked, "confirm-lever");
  expect(await panel()).toContain(
    "Lever 1 is in force to limit the harm: Restrict triggering for a topic or cohort. Authorized by",
  );
  await desk.press("owner_model", await desk.message(channelId, "lever:LV1"), "end-lever");
  await desk.submit("owner_model", { ended_how: "kept", why: "The feature goes" });
  expect(await panel()).not.toContain("is in force");

  await desk.open("declarer", "checklist", channelId);
  await desk.actInForm("declarer", "set-verdict", { blockId: "layer:S1:retrieval_data" });
  const refused = await desk.submit("declarer", { verdict: "proximate", confidence: "probable" });
  expect(shown(refused.view!)).toContain(
    "Retrieval & data cannot be named yet. First answer “Were the right documents retrieved but ignored?”",
  );
  expect(await panel()).not.toContain("Broke first");

  await desk.open("declarer", "checklist", channelId);
  await desk.actInForm("declarer", "answer-rows", { blockId: "layer:S1:retrieval_data" });
  const rows = ["RD1", "RD2", "RD3", "RD4", "RD5"].flatMap((row) => [
    [`row:${row}`, "rules_out"],
    [`sentence:${row}`, "Shown by the trace"],
    [`evidence:${row}`, ["1"]],
  ]);
  await desk.submit("declarer", Object.fromEntries(rows));
  await desk.open("declarer", "checklist", channelId);
  await desk.actInForm("declarer", "set-verdict", { blockId: "layer:S1:retrieval_data" });
  const named = await desk.submit("declarer", suspected(desk));
  expect(named.fieldErrors).toBeUndefined();
  expect(await panel()).toMatch(/Retrieval & data.*Broke first, suspected/);

  await desk.record("declarer", "action", channelId, anAction(desk));
  expect(await panel()).toContain("close");
  await desk.record("declarer", "close", channelId, { close_as: "attributed" });
  const closed = await panel();
  expect(closed).toContain("Closed");
  expect(closed).toMatch(/postmortem/i);
  expect(labelsOf(await desk.panel(channelId))).toEqual([]);
  expect(said(await desk.type("declarer", "list"))).not.toContain("Travel rule of last year");
});

test("an owner of several layers answers for them in one go, and leaves one out", async () => {
  const { channelId, number } = await desk.declare("declarer", { title: "Two layers, one owner" });
  const asked = (await desk.direct("owner_model")).at(-1)!;
  expect(shown(asked)).toContain("Please answer for Model and Prompt & policy.");
  const { view } = await desk.press("owner_model", asked, "answer-layers");
  expect(view!.title.text).toBe("Answer for your layers");
  expect(view!.blocks.map((block) => block.block_id)).toEqual(
    expect.arrayContaining(["change:model", "change:prompt_policy"]),
  );
  await desk.submit("owner_model", {
    "change:model": "no_change",
    "certainty:model": ["source_complete", "rules_out"],
    "sentence:model": "The same snapshot since January",
    "change:prompt_policy": "cannot_tell",
  });
  await desk.settle();
  expect(await answersOf(number)).toMatchObject([
    { layer: "model", change: "no_change", isSourceComplete: true, author: desk.id("owner_model") },
    { layer: "prompt_policy", change: "cannot_tell" },
  ]);
  expect(shown(await desk.panel(channelId))).toContain("2 of 6 layers answered");

  await desk.press(
    "owner_orchestration_tools",
    (await desk.direct("owner_orchestration_tools")).at(-1)!,
    "answer-layers",
  );
  await desk.submit("owner_orchestration_tools", { "change:integration_ui": "not_applicable" });
  await desk.settle();
  expect(shown(await desk.panel(channelId))).toContain("3 of 6 layers answered");
});

test("a correction stands, and what was said before stays in the record", async () => {
  const { channelId, number } = await desk.declare("declarer", { title: "An answer is corrected" });
  const direct = async () => (await desk.direct("owner_infrastructure")).at(-1)!;
  await desk.press("owner_infrastructure", await direct(), "answer-layers");
  await desk.submit("owner_infrastructure", {
    "change:infrastructure": "no_change",
    "sentence:infrastructure": "No deploy",
  });
  await desk.settle();

  const { view } = await desk.press("owner_infrastructure", await direct(), "answer-layers");
  expect(view?.values).toMatchObject({
    "change:infrastructure": "no_change",
    "sentence:infrastructure": "No deploy",
  });
  await desk.submit("owner_infrastructure", {
    "change:infrastructure": "degraded",
    "sentence:infrastructure": "A pool was drained",
  });
  await desk.settle();
  expect(await answersOf(number)).toMatchObject([
    { revision: 1, isCurrent: false, change: "no_change", sentence: "No deploy" },
    { revision: 2, isCurrent: true, change: "degraded", sentence: "A pool was drained" },
  ]);
  const panel = shown(await desk.panel(channelId));
  expect(panel).toMatch(/Infrastructure.*degraded/);
  expect(panel).toContain("1 of 6 layers answered");
});

test("the form for a lever asks the chosen lever's own question and keeps what was filled in", async () => {
  const { channelId } = await desk.declare("declarer", { title: "A lever is chosen" });
  await desk.open("declarer", "stabilize", channelId);
  const typed = {
    tradeoff: "Sixty questions a day",
    revert_condition: "When ten are right",
    scope: "Travel",
  };
  // what is typed is with Slack once something in the form is pressed or sent
  await desk.submit("declarer", { ...typed, lever: null });
  for (const lever of ["disable_feature", "other", "restrict_triggering"] as const) {
    const before = (await desk.form("declarer"))!;
    await desk.actInForm("declarer", "lever", { blockId: "lever", value: lever });
    const view = await expect
      .poll(async () => desk.form("declarer"))
      .toSatisfy((now) => now.hash !== before.hash)
      .then(() => desk.form("declarer"));
    expect(view!.id).toBe(before.id);
    expect(shown(view!)).toContain(levers[lever].tradeoffQuestion);
    expect(shown(view!)).toContain(
      `Before you use it, save ${levers[lever].saveFirst}: this lever can destroy what shows the cause.`,
    );
    expect(view!.values).toMatchObject({ ...typed, lever });
    expect(view!.blocks.some((block) => block.block_id === "own_words")).toBe(lever === "other");
  }
  const taken = await desk.submit("declarer", { authorizer: desk.id("authorizer_business") });
  expect(taken.fieldErrors).toBeUndefined();
  await desk.settle();
  expect(shown(await desk.message(channelId, "lever:LV1"))).toContain(
    "What we give up: Sixty questions a day",
  );
});

/** Answers for all layers, in one go. */
async function answerAll({ channelId }: DeclaredIncident): Promise<void> {
  await desk.press("declarer", await desk.panel(channelId), "answer-layers");
  const changes = layerIds.map((layer) => [
    `change:${layer}`,
    layer === "retrieval_data" ? "changed" : "no_change",
  ]);
  const answer = await desk.submit("declarer", Object.fromEntries(changes));
  expect(answer.fieldErrors).toBeUndefined();
}

function answersOf(incidentId: number) {
  return db
    .selectFrom("answer")
    .selectAll()
    .where("incidentId", "=", incidentId)
    .orderBy("layer")
    .orderBy("revision")
    .execute();
}
