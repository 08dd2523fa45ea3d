// Goal: in the middle of an incident the plan of a replay follows what was recorded, and the checklist of a known
// failure is found, computes, and leads on to the record.
// Method: the whole app over signed HTTP; everything read as people see it.

import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { World } from "#sandbox/play/world.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { testBot } from "#test/support/bot.ts";
import { deskOf, said, shown } from "./desk.ts";
import { countRows } from "./records.ts";

const bot = await testBot("http", { changeWorld: withObjective });
const desk = deskOf(bot);
const { db } = bot.database;

/** The service answers within five seconds, says its file. */
function withObjective(world: World): World {
  const file = parse(world.servicesFile) as { services: Record<string, unknown>[] };
  if (file.services[0]) file.services[0]["latency_objective_ms"] = 5000;
  return { ...world, servicesFile: stringify(file) };
}

test("the plan begins with the baseline, leaves out what is known not to have changed, and ends with the reverse arm", async () => {
  const { channelId } = await desk.declare("declarer", { title: "Wrong totals" });
  const plan = async () => said(await desk.type("declarer", "replay plan", channelId));
  expect(await plan()).toContain("First the baseline, 20 runs. Then 7 arms, 20 runs each");

  for (const layer of layerIds.filter((id) => !id.startsWith("prompt") && !id.startsWith("orch"))) {
    await desk.open("declarer", "checklist", channelId);
    await desk.actInForm("declarer", "answer-layers", { blockId: `layer:S1:${layer}` });
    const answered = await desk.submit("declarer", {
      [`change:${layer}`]: "no_change",
      [`certainty:${layer}`]: ["source_complete"],
    });
    expect(answered.fieldErrors).toBeUndefined();
  }
  const fewer = await plan();
  expect(fewer).toContain("Then 3 arms, 20 runs each");
  expect(fewer).toContain("No arm for Model (no change, known for sure)");
  expect(fewer).toContain("npx promptfoo@0.123.1 eval -c replay.yaml --repeat 20 --no-cache");

  const record = (arms: string) =>
    desk.record("owner_model", "replay the wrong total", channelId, { arms });
  await record(
    [
      "Baseline (baseline): 16 of 20",
      "Prompt & policy set back (override, Prompt & policy): 0 of 20",
      "Orchestration & tools set back (override, Orchestration & tools): 15 of 20",
      "All set back (all last known good): 0 of 20",
    ].join("\n"),
  );
  const reverse = await plan();
  expect(reverse).toContain("1 arm is left, 10 runs: about 10 requests");
  expect(reverse).toContain("All but Prompt & policy set back");
  expect(reverse).toContain("Add them to item 1");
});

test("the plan of a strand that is not there says so", async () => {
  const { channelId } = await desk.declare("declarer", { title: "Wrong dates" });
  expect(said(await desk.type("declarer", "replay plan 7", channelId))).toContain("no strand 7");
});

test("a cascade is offered by its words, compared with the service's objective, and recorded as evidence", async () => {
  const { channelId } = await desk.declare("declarer", { title: "Booking tool times out" });
  const answer = await desk.type("declarer", "patterns", channelId);
  expect(said(answer)).toContain("1 checklist fits what is recorded: Tool cascade.");
  expect(said(answer)).toContain("Offered because the title says “times out”.");
  const opened = await desk.press(
    "declarer",
    answer.ephemerals[0]!,
    "pattern",
    "pattern:tool_cascade",
  );
  expect(opened.view).toMatchObject({ callback_id: "pattern", values: { objective: "5000" } });

  const wrong = await desk.submit("declarer", { timeout: "4.5", retries: "2" });
  expect(wrong.fieldErrors).toHaveProperty("timeout");
  const compared = await desk.submit("declarer", { timeout: "4000", retries: "2" });
  expect(shown(compared.view!)).toContain(
    "3 attempts of 4 s take up to 12 s; the objective is 5 s: users give up first",
  );
  // comparing records nothing
  const before = await countRows(db, "evidenceItem", {});

  await desk.actInForm("declarer", "record-cascade");
  expect(await desk.form("declarer")).toMatchObject({
    callback_id: "add-evidence",
    values: { what: expect.stringContaining("take up to 12 s") },
  });
  const saved = await desk.submit("declarer", { kind: "E1", supports: ["orchestration_tools"] });
  expect(saved.fieldErrors).toBeUndefined();
  expect(await countRows(db, "evidenceItem", {})).toBe(before + 1);
});

test("a question of a checklist opens the form for its kind of evidence, and its layer's answer", async () => {
  const { channelId } = await desk.declare("declarer", { title: "Stale prices" });
  const answer = await desk.type("declarer", "patterns", channelId);
  await desk.press("declarer", answer.ephemerals[0]!, "pattern", "pattern:corpus_drift");
  await desk.actInForm("declarer", "add-evidence", { blockId: "pattern-question:1" });
  expect(await desk.form("declarer")).toMatchObject({
    callback_id: "add-evidence",
    values: { kind: "E9" },
  });
});
