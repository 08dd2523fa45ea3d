// Goal: strands, reports, single questions, disagreement and two people at once work as people see them in
// Slack. Method: the whole app over signed HTTP; one incident from its first report to a disputed verdict.

import { expect, test } from "vitest";
import { testBot } from "#test/support/bot.ts";
import { deskOf, said, shown } from "./desk.ts";

const bot = await testBot("http");
const { control } = bot;
const desk = deskOf(bot);

test("a report, a second strand, single questions, two people at once, and a verdict that somebody disputes", async () => {
  const { channelId } = await desk.declare("declarer", { title: "Answers follow the old rule" });
  await desk.settle();
  for (const handle of ["coordinator", "owner_model"]) {
    await control.join({ userId: desk.id(handle), channelId });
  }
  await desk.settle();

  // a report is weak, and counts once somebody has verified it
  const recorded = await desk.record("declarer", "evidence", channelId, {
    kind: "E10",
    what: "it told me the old rate",
    source: "a customer's message",
    slice: "region: eu-1",
  });
  expect(JSON.stringify(recorded.view?.blocks)).toMatch(
    /weak evidence.*until somebody has verified/,
  );
  await desk.settle();
  const report = await desk.message(channelId, "evidence:EV1");
  expect(shown(report)).toContain("A report does not count");
  expect(await desk.pressAndHear("coordinator", report, "verify-report")).toContain(
    "Evidence 1 is verified",
  );
  await desk.settle();
  expect(shown(await desk.message(channelId, "evidence:EV1"))).toContain("It counts.");

  // a strand, added and named anew from the list
  const added = await desk.record("coordinator", "strand Refusals in eu-1", channelId, {
    slice: "region: eu-1",
  });
  expect(JSON.stringify(added.view?.blocks)).toContain("Added strand 2. Still asked for it");
  await desk.open("coordinator", "strand", channelId);
  await desk.actInForm("coordinator", "edit-strand", { blockId: "strand-buttons:S2" });
  await desk.submit("coordinator", { name: "Refusals in region eu-1" });
  await desk.settle();
  const strand = await desk.message(channelId, "strand:S2");
  expect(shown(strand)).toContain("Strand 2: Refusals in region eu-1");

  // the short answer, then the layer's questions; the tick says what it still takes
  await desk.open("owner_model", "checklist", channelId);
  await desk.actInForm("owner_model", "answer-layers", { blockId: "layer:S1:model" });
  const answered = await desk.submit("owner_model", {
    "change:model": "no_change",
    "certainty:model": ["source_complete", "rules_out"],
  });
  const receipt = JSON.stringify(answered.view?.blocks);
  expect(receipt).toMatch(/insufficient:R2:model/);
  expect(receipt).toMatch(/5 of its 5 questions have no answer/);
  await desk.actInForm("owner_model", "answer-questions");
  await desk.submit("owner_model", { "question:2": "No notice from the provider." });
  await desk.settle();
  expect(shown(await desk.message(channelId, "strand:S2"))).toContain("Model: no change");

  // two people at once: the second one sees who was faster, and nothing is lost
  const open = async (handle: string) => {
    await desk.open(handle, "checklist", channelId);
    await desk.actInForm(handle, "answer-layers", { blockId: "layer:S1:infrastructure" });
  };
  await open("declarer");
  await open("coordinator");
  await desk.submit("declarer", {
    "change:infrastructure": "changed",
    "certainty:infrastructure": ["all_questions"],
  });
  const second = await desk.submit("coordinator", {
    "change:infrastructure": "no_change",
    "sentence:infrastructure": "no deploy since Monday",
    "certainty:infrastructure": ["all_questions"],
  });
  expect(second.view?.callback_id).toBe("answer-layers");
  const redrawn = JSON.stringify(second.view?.blocks);
  expect(redrawn).toContain(`<@${desk.id("declarer")}> answered “It changed” for Infrastructure`);
  expect(redrawn).toContain("Recorded now: it changed");
  expect((await desk.form("coordinator"))?.values).toMatchObject({
    "change:infrastructure": "no_change",
    "sentence:infrastructure": "no deploy since Monday",
  });
  await desk.submit("coordinator", {});
  await desk.settle();
  expect(shown(await desk.panel(channelId))).toMatch(/Infrastructure.*no change/);

  // a verdict, and who disagrees with it, beside it
  await desk.open("coordinator", "checklist", channelId);
  await desk.actInForm("coordinator", "set-verdict", { blockId: "layer:S2:model" });
  await desk.submit("coordinator", { verdict: "implicated", scope: "region: eu-1" });
  await desk.settle();
  const verdict = await desk.message(channelId, "verdict:S2:model");
  await desk.press("owner_model", verdict, "dissent");
  await desk.submit("owner_model", { statement: "One trace is thin." });
  await desk.settle();
  expect(shown(await desk.message(channelId, "verdict:S2:model"))).toMatch(
    /disagrees.*One trace is thin/s,
  );
  const checklist = await desk.open("declarer", "checklist", channelId);
  expect(JSON.stringify(checklist.blocks)).toMatch(/disagrees: One trace is thin/);
  expect(said(await desk.type("declarer", "status", channelId))).not.toBe("");
}, 60_000);
