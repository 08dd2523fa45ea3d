/**
 * Goal: the player plays every step that the product has, and names the others with the reason.
 * Method: our scenarios, and steps changed by hand.
 */
import { expect, test } from "vitest";
import { whyNotPlayed } from "#sandbox/play/builds-on.ts";
import { deeds } from "#sandbox/play/deeds.ts";
import { pathOfScenario, readScenario, type Scenario, type Step } from "#sandbox/scenario.ts";

const read = await readScenario("scenarios/s0-stale-index.yaml");
if (!read.ok) throw new Error(read.error.join("\n"));
const scenario = read.value;

function reasons(of: Scenario): Map<number, string> {
  const notPlayed = new Map<number, string>();
  for (const step of of.steps) {
    const done = new Set(notPlayed.keys());
    const why = whyNotPlayed(step, of, (kind) => Object.hasOwn(deeds, kind), done);
    if (why !== undefined) notPlayed.set(step.n, why);
  }
  return notPlayed;
}

test("26 of the 28 steps of the demo are played, the others are named with the reason", () => {
  expect(Object.fromEntries(reasons(scenario))).toEqual({
    21: "set_criterion comes with a later version",
    22: "observe_recovery comes with a later version",
  });
});

test("of the public incidents only the steps of recovery, and what builds on them, are not played", async () => {
  const left = async (name: string) => {
    const found = await readScenario(await pathOfScenario(name));
    if (!found.ok) throw new Error(found.error.join("\n"));
    const { steps } = found.value;
    return [steps.length, [...reasons(found.value).keys()].map((n) => [n, steps[n - 1]?.do])];
  };
  expect(await left("s1")).toEqual([
    64,
    [
      [49, "set_criterion"],
      [50, "change_phase"],
      [53, "observe_recovery"],
      [54, "close"],
      [55, "observe_recovery"],
    ],
  ]);
  expect(await left("s2")).toEqual([
    58,
    [
      [48, "set_criterion"],
      [55, "observe_recovery"],
    ],
  ]);
  expect(await left("s3")).toEqual([
    43,
    [
      [29, "set_criterion"],
      [30, "observe_recovery"],
    ],
  ]);
});

test("a step that looks at a change which another step records builds on it", () => {
  const [first, second, ...others] = scenario.steps as [Step, Step, ...Step[]];
  const recording: Step = {
    ...first,
    do: "add_change",
    with: { change_ids: ["CP2"] },
    expect: { result: "refused", rule: "B7", missing: [] },
  };
  const looking: Step = {
    ...second,
    do: "show_changes",
    with: { scan: "default" },
    expect: { result: "shown", includes: ["CP2"] },
  };
  expect(reasons({ ...scenario, steps: [recording, looking, ...others] }).get(second.n)).toBe(
    `builds on step ${first.n}, which is not played`,
  );
});

test("a step that builds on one that is not played is not played", () => {
  const steps = structuredClone(scenario.steps).map((step) =>
    step.n === 4 ? { ...step, expect: { ...step.expect, rule: "B7" } } : step,
  );
  expect(
    [...reasons({ ...scenario, steps })].filter(([n]) => [4, 5, 23, 24, 28].includes(n)),
  ).toEqual([
    [4, "rule B7 comes with a later version"],
    [5, "builds on step 4, which is not played"],
    [23, "builds on step 4, which is not played"],
    [24, "builds on step 4, which is not played"],
    [28, "builds on step 4, which is not played"],
  ]);
});

test("a claim builds on the answers and rows of its strand, and on the items that carry it", () => {
  const without = (n: number) => ({
    ...scenario,
    steps: scenario.steps.map((step) =>
      step.n === n
        ? { ...step, expect: { result: "refused" as const, rule: "B7", missing: [] } }
        : step,
    ),
  });
  expect(reasons(without(10)).get(12)).toBe("builds on step 10, which is not played");
  expect(reasons(without(15)).get(16)).toBe("builds on step 15, which is not played");
  expect(reasons(without(13)).get(16)).toBe("builds on step 13, which is not played");
});
