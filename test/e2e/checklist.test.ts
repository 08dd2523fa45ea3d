// Goal: a split that is suggested, a press that rules a layer out, and a claim with all that it may say work as
// people see them in Slack. Method: the whole app over signed HTTP; one incident, each form from the button
// that leads to it.

import { expect, test } from "vitest";
import { layerIds } from "#src/domain/layers/index.ts";
import { testBot } from "#test/support/bot.ts";
import { deskOf, type FormValues, said, shown } from "./desk.ts";

const bot = await testBot("http");
const { control } = bot;
const desk = deskOf(bot);

test("a split is accepted and another declined, a layer is ruled out by one press, and a claim says for which part, why and where", async () => {
  const { channelId } = await desk.declare("declarer", { title: "Answers follow the old rule" });
  await desk.settle();
  for (const handle of ["coordinator", "owner_model"]) {
    await control.join({ userId: desk.id(handle), channelId });
  }
  await desk.settle();
  const record = async (kind: string, values: FormValues) => {
    await desk.open("declarer", "evidence", channelId);
    await desk.actInForm("declarer", "kind", { value: kind });
    const taken = await desk.submit("declarer", values);
    expect(taken.fieldErrors).toBeUndefined();
    await desk.settle();
  };
  const reportOther = async (number: number, what: string, where: FormValues = {}) => {
    await record("E10", { what, other_failure: ["other"], ...where });
    const message = await desk.message(channelId, `evidence:EV${number}`);
    const heard = await desk.pressAndHear("coordinator", message, "verify-report");
    expect(heard).toContain("may be more than one failure");
    await desk.settle();
  };

  // a report of another failure: the checklist asks first, and the strand is split
  await reportOther(1, "it refused to answer at all");
  const asking = await desk.open("coordinator", "checklist", channelId);
  expect(shown({ blocks: asking.blocks.slice(0, 1) })).toMatch(/^Next: say whether this is one/);
  await desk.actInForm("coordinator", "answer-split");
  const nameless = await desk.submit("coordinator", { answer: "split" });
  expect(nameless.fieldErrors).toMatchObject({ "name:1": expect.any(String) });
  const split = await desk.submit("coordinator", { answer: "split", "name:1": "Refusals" });
  expect(said(split)).toContain("Split: strand 2 “Refusals” is looked at apart from strand 1.");
  await desk.settle();
  expect(shown(await desk.message(channelId, "strand:S2"))).toContain("it refused to answer");

  // another one: until somebody has answered, no verdict is taken; it is one failure
  await reportOther(2, "half of the answer came in another language", { strands: ["1"] });
  await desk.open("coordinator", "checklist", channelId);
  await desk.actInForm("coordinator", "set-verdict", { blockId: "layer:S1:model" });
  const early = await desk.submit("coordinator", { verdict: "implicated" });
  expect(early.view?.blocks[0]?.block_id).toBe("refusal:R10:split_answer");
  const panel = await desk.panel(channelId);
  expect(shown(panel)).toContain("Next: say whether strand 1 is one failure or more");
  await desk.press("coordinator", panel, "answer-split");
  await desk.submit("coordinator", { answer: "one", why: "both came with the same trace" });
  await desk.settle();
  expect(shown(await desk.panel(channelId))).toContain("Next: ask for an answer for Model");

  // everybody answers; evidence clears three layers, and one press rules one out
  await desk.press("coordinator", await desk.panel(channelId), "answer-layers");
  await desk.submit(
    "coordinator",
    Object.fromEntries(
      layerIds.flatMap((layer): [string, string | string[]][] => [
        [`change:${layer}`, "no_change"],
        [`certainty:${layer}`, ["source_complete", "all_questions"]],
      ]),
    ),
  );
  await desk.settle();
  await record("E1", {
    what: "model, prompt and snapshot are equal across the pools",
    clears: ["model", "prompt_policy", "retrieval_data"],
  });
  await desk.open("owner_model", "checklist", channelId);
  await desk.actInForm("owner_model", "clear-layer", { blockId: "layer:S1:model" });
  await desk.settle();
  const cleared = await desk.message(channelId, "verdict:S1:model");
  expect(shown(cleared)).toContain("Ruled out");
  expect(shown(cleared)).toContain(desk.id("owner_model"));
  expect(shown((await desk.form("owner_model"))!)).toMatch(/Model: .*Ruled out/);
  // from an older message, by somebody else: nothing is recorded twice
  const again = await control.act({
    userId: desk.id("coordinator"),
    in: { viewId: (await desk.open("coordinator", "checklist", channelId)).id },
    actionId: "clear-layer",
    blockId: "layer:S1:prompt_policy",
  });
  expect(again.status).toBe("acked");

  // a claim on two supporting items: the form says what is missing, then takes it
  await record("E3", { what: "the trace went through pool b", supports: ["infrastructure"] });
  await record("E9", { what: "pool b serves an old build", supports: ["infrastructure"] });
  await desk.open("coordinator", "checklist", channelId);
  await desk.actInForm("coordinator", "answer-rows", { blockId: "layer:S1:infrastructure" });
  await desk.submit(
    "coordinator",
    Object.fromEntries(
      ["IN1", "IN2"].flatMap((row): [string, string | string[]][] => [
        [`row:${row}`, "rules_out"],
        [`sentence:${row}`, "the pins are equal"],
        [`evidence:${row}`, ["3"]],
      ]),
    ),
  );
  await desk.settle();
  await desk.open("coordinator", "checklist", channelId);
  await desk.actInForm("coordinator", "set-verdict", { blockId: "layer:S1:infrastructure" });
  const drawn = (await desk.form("coordinator"))!;
  expect(shown(drawn)).toContain("Suspected: can be set now, with somebody who approves it.");
  const claim = {
    verdict: "proximate",
    confidence: "probable",
    scope: "region: eu-1",
    contribution: "One pool served an old build.",
    locus: "provider",
    approver: desk.id("approver"),
  };
  const refused = await desk.submit("coordinator", claim);
  expect(refused.view?.blocks[0]?.block_id).toBe("refusal:R5:reason");
  expect((await desk.form("coordinator"))?.values).toMatchObject({ locus: "provider" });
  await desk.submit("coordinator", { reason: "The provider does not let us choose the pool." });
  await desk.settle();
  const verdict = shown(await desk.message(channelId, "verdict:S1:infrastructure"));
  for (const words of [
    "Infrastructure in strand 1: Broke first, probable, for a part of it",
    "For region eu-1.",
    "It lies with a provider.",
    "One pool served an old build.",
    "Why nothing decisive can be had: The provider does not let us choose the pool.",
    "is named as approver",
  ]) {
    expect(verdict).toContain(words);
  }

  // the failure type follows it, until a person says otherwise
  await desk.open("coordinator", "strand", channelId);
  await desk.actInForm("coordinator", "edit-strand", { blockId: "strand-buttons:S1" });
  expect((await desk.form("coordinator"))?.values).toMatchObject({ failure_type: "follows" });
  await desk.submit("coordinator", { failure_type: "combination" });
  await desk.settle();
  const strand = shown(await desk.message(channelId, "strand:S1"));
  expect(strand).toContain("Kind of failure: Combination of several, says");
}, 60_000);
