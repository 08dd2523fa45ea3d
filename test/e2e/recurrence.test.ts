// Goal: what came back is known again: the next incident of the same kind finds the first one with its open
// actions, is linked with it, opens it again, and the first belief is kept beside what broke first (R13).
// Method: the whole app over signed HTTP; one incident from declaration to close, then others like it and
// unlike it.

import { expect, test } from "vitest";
import { buttonsOf } from "#sandbox/play/blocks.ts";
import { layerIds, layers } from "#src/domain/layers/index.ts";
import { testBot } from "#test/support/bot.ts";
import { deskOf, labelsOf, said, shown } from "./desk.ts";
import { recordProof, suspected } from "./proof.ts";
import { anAction } from "./records.ts";

const bot = await testBot("http");
const { control, database } = bot;
const desk = deskOf(bot);

const { channelId } = await desk.declare("declarer", {
  title: "Assistant cites the old travel reimbursement rule",
  user_impact: "Answers follow the rule that was replaced on 1 March",
});
const first = { number: 1, channelId };
await attributeAndClose();

/** Retrieval & data broke first, two actions are filed, and the response ends. */
async function attributeAndClose(): Promise<void> {
  const who = "declarer";
  await recordProof(desk, who, channelId);
  await desk.press(who, await desk.panel(channelId), "answer-layers");
  const answers = layerIds.flatMap((layer) => [
    [`change:${layer}`, layer === "retrieval_data" ? "changed" : "no_change"],
    [`certainty:${layer}`, ["source_complete", "all_questions"]],
  ]);
  await desk.submit(who, Object.fromEntries(answers));
  await desk.settle();
  await desk.open(who, "checklist", channelId);
  await desk.actInForm(who, "answer-rows", { blockId: "layer:S1:retrieval_data" });
  const rows = layers.retrieval_data.opposing.flatMap(({ id }) => [
    [`row:${id}`, "rules_out"],
    [`sentence:${id}`, "Shown by the trace"],
    [`evidence:${id}`, ["1", "2", "3"]],
  ]);
  await desk.submit(who, Object.fromEntries(rows));
  await desk.open(who, "checklist", channelId);
  await desk.actInForm(who, "set-verdict", { blockId: "layer:S1:retrieval_data" });
  const named = await desk.submit(who, {
    ...suspected(desk),
    contribution: "The nightly index job skipped documents with a field it did not know",
  });
  expect(JSON.stringify(named.view?.blocks ?? [])).not.toContain("refusal:");
  await desk.settle();
  for (const title of [
    "Index job fails when it skips a document",
    "Alert when the newest document is older than a day",
  ]) {
    await desk.record(who, "action", channelId, { ...anAction(desk), title });
  }
  await desk.record(who, "close", channelId, { close_as: "attributed" });
  await desk.settle();
}

/** The messages about other incidents in this channel. */
const similarIn = async (channelId: string) =>
  (await desk.messages(channelId)).filter(({ blocks }) =>
    blocks.some(({ block_id: id }) => id?.startsWith("similar:")),
  );

test("R13: an incident that comes back finds the closed one, is linked with it, and opens it again", async () => {
  expect(await similarIn(first.channelId)).toEqual([]);
  // looked for at the declaration and at the verdict
  const searches = database.db.selectFrom("effect").select("state");
  expect(await searches.where("name", "=", "find-similar").execute()).toEqual([
    { state: "done" },
    { state: "done" },
  ]);
  const again = await desk.declare("coordinator", {
    title: "Assistant quotes an outdated travel reimbursement rule",
  });
  const found = () => desk.message(again.channelId, `similar:${first.number}`);
  const message = await found();
  expect(shown(message)).toMatch(
    new RegExp(`This looks like incident ${first.number}.*closed.*the same symptom`, "s"),
  );
  expect(shown(message)).toContain("Retrieval & data broke first there");
  expect(shown(message)).toMatch(/It has 2 open actions:.*Action 1.*Index job fails.*Action 2/s);
  expect(labelsOf(message)).toEqual(["Link it", `Reopen incident ${first.number}`, "Not the same"]);

  // whoever is not in the channel changes nothing
  expect(await desk.pressAndHear("approver", message, "link-similar")).toContain("Join #inc-");
  expect(await desk.pressAndHear("coordinator", message, "link-similar")).toContain(
    `Linked with incident ${first.number}.`,
  );
  await desk.settle();
  const linked = await found();
  expect(shown(linked)).toContain(`linked this with incident ${first.number}`);
  expect(await desk.pressAndHear("coordinator", linked, "dismiss-similar")).toContain(
    "is not the same",
  );
  await desk.settle();
  expect(labelsOf(await found())).toEqual(["Link it"]);
  await desk.pressAndHear("coordinator", await found(), "link-similar");
  await desk.settle();

  // the reason is filled in; who reopens takes part there
  await control.join({ userId: desk.id("coordinator"), channelId: first.channelId });
  await desk.settle();
  await desk.press("coordinator", await found(), "reopen-similar");
  const form = await desk.form("coordinator");
  expect(form).toMatchObject({ callback_id: "reopen-incident" });
  expect(form?.values["why"]).toBe(`Incident ${again.number} shows the same symptom.`);
  await desk.submit("coordinator", {});
  await desk.settle();
  expect(said(await desk.type("declarer", "status", first.channelId))).toMatch(/diagnosing|open/i);
  const reopened = await found();
  expect(shown(reopened)).toContain(`reopened incident ${first.number}`);
  expect(buttonsOf(reopened.blocks)).toEqual([]);

  const { kinds } = await database.db
    .selectFrom("timelineEntry")
    .select((eb) => eb.fn.agg<string[]>("array_agg", ["kind"]).as("kinds"))
    .where("incidentId", "=", 2)
    .where("kind", "=", "similar_answered")
    .executeTakeFirstOrThrow();
  expect(kinds).toHaveLength(4);
}, 60_000);

test("R13: one that only sounds like it is not shown, and is linked by its number", async () => {
  const other = await desk.declare("declarer", { title: "Assistant answers are slow since noon" });
  expect(await similarIn(other.channelId)).toEqual([]);
  expect(said(await desk.type("declarer", "link", other.channelId))).toContain("by its number");
  expect(said(await desk.type("declarer", "link 99", other.channelId))).toContain(
    "There is no incident 99",
  );
  expect(said(await desk.type("declarer", `link ${other.number}`, other.channelId))).toContain(
    "This is that incident",
  );
  expect(said(await desk.type("declarer", `link #${first.number}`, other.channelId))).toContain(
    `Linked with incident ${first.number}.`,
  );
  await desk.settle();
  expect(shown(await desk.message(other.channelId, `similar:${first.number}`))).toContain(
    "linked this with",
  );
  expect(said(await desk.type("declarer", `link ${first.number}`, other.channelId))).toContain(
    "linked already",
  );
}, 60_000);

test("B3: what somebody believes is written down, claimed and refused or by itself, and counted", async () => {
  const open = await desk.declare("declarer", { title: "Refusals of tax questions" });
  await desk.open("declarer", "checklist", open.channelId);
  await desk.actInForm("declarer", "set-verdict", { blockId: "layer:S1:model" });
  const refused = await desk.submit("declarer", { verdict: "proximate", confidence: "suspected" });
  expect(JSON.stringify(refused.view?.blocks)).toContain("refusal:R1");
  await desk.settle();

  await desk.open("declarer", "hypothesis The guardrail list grew", open.channelId);
  const blamed = await desk.submit("declarer", {
    layer: "prompt_policy",
    statement: "Ada forgot to review the guardrail list.",
  });
  expect(JSON.stringify(blamed.view?.blocks)).toContain("refusal:R12");
  await desk.submit("declarer", { statement: "The guardrail list grew on Friday" });
  await desk.settle();
  const message = await desk.message(open.channelId, "hypothesis:H2");
  expect(shown(message)).toMatch(/Prompt & policy broke first.*Nobody has decided yet/s);
  expect(shown(message)).toContain("No evidence bears on it yet.");
  await desk.record("declarer", "evidence", open.channelId, {
    kind: "E1",
    what: "the list is the same as two days ago",
    clears: ["prompt_policy"],
  });
  await desk.settle();
  expect(shown(await desk.message(open.channelId, "hypothesis:H2"))).toContain(
    "Evidence for it: none. Against it: 1.",
  );
  // the claim that was refused is listed where the next one is written down
  const form = await desk.open("declarer", "hypothesis", open.channelId);
  expect(JSON.stringify(form.blocks)).toContain("hypothesis:H1");

  const stats = said(await desk.type("approver", "stats"));
  expect(stats).toContain("The model was named first in 1 of 2 incidents");
  expect(stats).toContain("What broke first: Retrieval & data in 1 strand.");
  expect(said(await desk.type("approver", "stats yesterday"))).toContain("over how many days");
  expect(said(await desk.type("approver", "stats all"))).toContain("declared so far");
}, 60_000);
