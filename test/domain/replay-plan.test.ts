// Goal: the plan names the arms still worth running and how often, never one that cannot show anything (B3.1).
// Method: a strand at each turn of a replay: nothing known, rates by cohort, too short, one layer, several,
// none alone, put back; and a property: what the plan says decides, decides.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { Arm } from "#src/domain/figures/figures.ts";
import { readReplay } from "#src/domain/figures/replay.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { type ArmsToRun, planReplay, type ReplayPlan } from "#src/domain/replay-plan.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { answer, evidenceItem, incidentState, strand, verdict } from "#test/support/factories.ts";

const baseline = (fails: number, n = 20) => arm("baseline", [], fails, n);
const override = (layer: LayerId, fails: number, n = 20) => arm("override", [layer], fails, n);
const allLkg = (fails: number, n = 20) => arm("all_lkg", [], fails, n);

function arm(role: Arm["role"], layers: LayerId[], fails: number, n: number): Arm {
  return { name: `${role} ${layers.join(" ")}`, role, layers, isLkg: true, n, fails };
}

function replay(arms: Arm[], overrides: Partial<EvidenceItem> = {}): EvidenceItem {
  return evidenceItem({ number: 2, kind: "E4", data: { arms }, supports: [], ...overrides });
}

/** Answered "no change, known for sure", but for these. */
function unchangedBut(...open: LayerId[]) {
  return layerIds.filter((layer) => !open.includes(layer)).map((layer) => answer(layer));
}

function planOf(evidence: EvidenceItem[], ...open: LayerId[]): ReplayPlan {
  return planReplay(incidentState({ evidence, answers: unchangedBut(...open) }), 1);
}

function runOf(plan: ReplayPlan): ArmsToRun {
  if (plan.kind !== "run") throw new Error(`nothing to run: ${plan.sentence}`);
  return plan;
}

const namesOf = (plan: ReplayPlan) => runOf(plan).arms.map(({ name }) => name);
const pp = "prompt_policy";
const tools = "orchestration_tools";

test("B3.1: with nothing known the baseline comes first, then one override each, then all together", () => {
  const plan = runOf(planReplay(incidentState(), null));
  expect(plan).toMatchObject({ base: null, addTo: null, runs: 20, failsNeeded: 7 });
  expect(plan.arms.map(({ role }) => role)).toEqual([
    "baseline",
    ...layerIds.map(() => "override"),
    "all_lkg",
  ]);
});

test("a layer that is ruled out, not applicable or known not to have changed has no arm, and the plan says why", () => {
  const plan = runOf(
    planReplay(
      incidentState({
        answers: [
          answer("model", { isSourceComplete: false }),
          answer("integration_ui", { change: "not_applicable" }),
          answer(tools, { change: "changed" }),
          answer("infrastructure"),
        ],
        verdicts: [verdict("retrieval_data")],
      }),
      1,
    ),
  );
  // what is said to have changed comes first
  expect(namesOf(plan)).toEqual([
    "Baseline",
    "Orchestration & tools set back",
    "Model set back",
    "Prompt & policy set back",
    "All set back",
  ]);
  expect(plan.leftOut).toEqual([
    { layer: "retrieval_data", why: "ruled out" },
    { layer: "integration_ui", why: "not applicable" },
    { layer: "infrastructure", why: "no change, known for sure" },
  ]);
  expect(plan.layers).toEqual(["model", pp, tools]);
});

test("B3.1: below ten percent it asks for rates by cohort, and says how many runs a replay would take", () => {
  const cohorts = [
    { group: "pool a", n: 1000, fails: 8 },
    { group: "pool b", n: 1000, fails: 1 },
  ];
  const rare = evidenceItem({ number: 4, kind: "E5", data: { cohorts } });
  expect(planOf([rare], pp)).toMatchObject({
    kind: "cohorts",
    sentence: expect.stringContaining(
      "8 of 1000 requests (item 4), too seldom for a replay. A replay would take about 625 runs",
    ),
  });
  expect(planOf([replay([baseline(1, 100)])], pp, tools)).toMatchObject({ kind: "cohorts" });
});

test("B3.1: the rate of the worst group sizes the arms before there is a baseline", () => {
  const cohorts = [
    { group: "pool a", n: 100, fails: 16 },
    { group: "pool b", n: 100, fails: 2 },
  ];
  const plan = runOf(planOf([evidenceItem({ kind: "E5", data: { cohorts } })], pp));
  expect(plan.base).toMatchObject({ n: 100, fails: 16, isBaseline: false });
  expect(plan.runs).toBe(40);
});

test("B13.11: a baseline that does not fail leads to cohorts, never to more arms", () => {
  expect(planOf([replay([baseline(0), override(pp, 0)])], pp)).toMatchObject({
    kind: "cohorts",
    sentence: expect.stringContaining("did not fail in 20 runs"),
  });
});

test("B3.1: where all last known good still fails no override is planned", () => {
  expect(planOf([replay([baseline(10), allLkg(9)])], pp, tools)).toMatchObject({
    kind: "nothing",
    sentence: expect.stringContaining("inputs that shifted"),
  });
  // so short that it could not have shown it
  expect(namesOf(planOf([replay([baseline(2, 4), allLkg(0, 4)])], pp))).toEqual([
    "Baseline",
    "All set back",
  ]);
});

test("layers without an arm are added to the recorded replay where its baseline is long enough", () => {
  const plan = runOf(planOf([replay([baseline(15, 20), override(pp, 14)])], pp, tools));
  expect(plan).toMatchObject({ addTo: 2, runs: 10 });
  expect(namesOf(plan)).toEqual(["Orchestration & tools set back", "All set back"]);
});

test("a replay that was too short runs again whole, longer than before", () => {
  const plan = runOf(planOf([replay([baseline(3, 10), override(pp, 1, 10)])], pp, tools));
  expect(plan.addTo).toBeNull();
  expect(plan.runs).toBeGreaterThan(10);
  expect(namesOf(plan)[0]).toBe("Baseline");
});

test("R5a: what recovers is put back alone; once it was, nothing is left", () => {
  const arms = [baseline(16), override(pp, 0), override(tools, 15), allLkg(0)];
  const plan = runOf(planOf([replay(arms)], pp, tools));
  expect(plan).toMatchObject({ addTo: 2, layers: [pp, tools] });
  expect(plan.arms).toEqual([
    { name: "All but Prompt & policy set back", role: "reverse", layers: [pp] },
  ]);
  expect(planOf([replay([...arms, arm("reverse", [pp], 15, 20)])], pp, tools)).toMatchObject({
    kind: "nothing",
    sentence: expect.stringContaining("Decide in the checklist"),
  });
});

test("R7: where several layers recover each is put back, and all set back is the measure", () => {
  const arms = [baseline(16), override(pp, 0), override(tools, 0)];
  expect(namesOf(planOf([replay(arms)], pp, tools))).toEqual([
    "All set back",
    "All but Prompt & policy set back",
    "All but Orchestration & tools set back",
  ]);
});

test("B3.1: none alone, all together: pairs, those first that helped most; then it is said so", () => {
  const alone = [override(pp, 15), override(tools, 14), override("model", 16)];
  const arms = [baseline(16), ...alone, allLkg(0)];
  const plan = runOf(planOf([replay(arms)], pp, tools, "model"));
  expect(plan.arms.map(({ layers }) => layers)).toEqual([
    [pp, tools],
    ["model", tools],
    ["model", pp],
  ]);
  const pairs = plan.arms.map(({ layers }) => arm("override", layers, 15, 20));
  expect(planOf([replay([...arms, ...pairs])], pp, tools, "model")).toMatchObject({
    kind: "nothing",
    sentence: expect.stringContaining("failed together"),
  });
});

test("a plan is of its own strand; without a number of the first one that is not decided", () => {
  const state = incidentState({
    strands: [strand(), strand({ number: 2 })],
    evidence: [replay([baseline(16)], { strandNumbers: [2] })],
    verdicts: [verdict("model", { verdict: "proximate", confidence: "probable" })],
  });
  expect(planReplay(state, null)).toMatchObject({ strandNumber: 2, base: { fails: 16 } });
  expect(planReplay(state, 1)).toMatchObject({ strandNumber: 1, base: null });
});

test("where every layer is known not to have changed there is nothing to set back", () => {
  expect(planOf([])).toMatchObject({ kind: "nothing" });
});

test("property: a layer that never fails recovers with the runs and failures that the plan names", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...layerIds), { minLength: 1, maxLength: 6 }),
      fc.option(fc.integer({ min: 3, max: 30 }), { nil: null }),
      (open, failing) => {
        const cohorts = [{ group: "all", n: 30, fails: failing ?? 0 }];
        const plan = planOf(
          failing === null ? [] : [evidenceItem({ kind: "E5", data: { cohorts } })],
          ...open,
        );
        const { arms, runs, failsNeeded } = runOf(plan);
        const [first] = open;
        const ran = arms.map(({ name, role, layers }): Arm => {
          const isGood = role === "all_lkg" || layers.includes(first!);
          return { name, role, layers, isLkg: true, n: runs, fails: isGood ? 0 : failsNeeded };
        });
        const { verdict: read } = readReplay(ran).arms.find(({ layers }) =>
          layers.includes(first!),
        )!;
        expect(read).toBe("recovers");
        if (failing !== null)
          expect((failing / 30) * runs).toBeGreaterThanOrEqual(failsNeeded - 0.5);
      },
    ),
    { numRuns: propertyRuns },
  );
});
