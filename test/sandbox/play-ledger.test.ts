/**
 * Goal: the player looks at changes, records one and marks a record complete as people do, reads what is shown
 * in the scenario's ids, and is not thrown by a step that says things it does not know.
 * Method: a short play in S2's world over signed HTTP, with steps that none of our scenarios has.
 */
import { expect, test } from "vitest";
import { playScenario } from "#sandbox/play/play.ts";
import type { Expectation, Scenario, Step, StepData } from "#sandbox/scenario.ts";
import { testBot } from "#test/support/bot.ts";

const bot = await testBot("http", { scenario: "s2" });

const accepted: Expectation = { result: "accepted" };
const shown = (includes: string[], excludes: string[]): Expectation => ({
  result: "shown",
  includes,
  excludes,
});

function playOf(...steps: [string, StepData, Expectation][]): Scenario {
  const [declaration] = bot.scenario.steps as [Step];
  return {
    ...bot.scenario,
    steps: [
      declaration,
      ...steps.map(([kind, data, expect], index): Step => ({
        n: index + 2,
        actor: "coordinator",
        do: kind,
        with: data,
        expect,
      })),
    ],
  };
}

test("changes are recorded, found by their words, and the scan is widened, all through Slack", async () => {
  const scenario = playOf(
    // the change of 4 March is recorded by a person in this play: nothing has declared it before
    ["show_changes", { scan: "default" }, shown(["CP2", "CP3"], ["CP1", "CP4"])],
    ["add_change", { change_ids: ["CP1"] }, accepted],
    ["show_changes", { scan: "default" }, shown(["CP1", "CP2", "CP3"], ["CP4"])],
    ["show_changes", { scan: "since_lkg" }, shown(["CP1", "CP2", "CP3"], ["CP4"])],
    ["show_changes", { scan: "since_lkg" }, shown(["CP1"], ["CP4"])],
    ["mark_source_complete", { layers: ["model", "infrastructure"] }, accepted],
    ["mark_source_complete", { layer: "retrieval_data", text: "The index job's log" }, accepted],
    ["add_change", { text: "cache cleared", kind: "magic", moon: "full" }, accepted],
    ["show_changes", { scan: "default" }, shown(["CP1"], [])],
  );
  const { steps } = await playScenario({
    control: bot.control,
    scenario,
    botUrl: `http://127.0.0.1:${bot.service.port}`,
    patienceMs: 10_000,
  });
  const [, , , , , , , , odd] = steps;
  // a time and a layer are asked for by the form itself
  expect(odd).toMatchObject({ ok: false, got: { result: "refused", rules: ["Q0"] } });
  expect(steps.filter((step) => !step.ok && step !== odd)).toEqual([]);
}, 60_000);
