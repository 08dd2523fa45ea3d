// Goal: the arms of a replay read as B3.1 and B13.11 to B13.13 say, and no order or luck changes that.
// Method: the tables of the scenarios and one run for each observation, then any runs.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Arm, ArmRole } from "#src/domain/figures/figures.ts";
import {
  readAddedArms,
  readReplay,
  recoveringLayers,
  reverseFails,
} from "#src/domain/figures/replay.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const arm = (role: ArmRole, layers: LayerId[], fails: number, n: number, name?: string): Arm => ({
  name: name ?? [role, ...layers].join(" "),
  role,
  layers,
  isLkg: role === "override" || role === "all_lkg",
  n,
  fails,
});
const baseline = (fails: number, n = 20) => arm("baseline", [], fails, n);
const allLkg = (fails: number, n = 20) => arm("all_lkg", [], fails, n);
const override = (layer: LayerId, fails: number, n = 20) => arm("override", [layer], fails, n);
const pair = (one: LayerId, other: LayerId, fails: number, n = 20) =>
  arm("override", [one, other], fails, n);
const reverse = (layer: LayerId, fails: number, n = 20) => arm("reverse", [layer], fails, n);
const mitigation = (layer: LayerId, fails: number, n = 20) => arm("mitigation", [layer], fails, n);

const s2 = [
  baseline(9),
  override("orchestration_tools", 2),
  override("prompt_policy", 9),
  override("integration_ui", 8),
  allLkg(1),
];
const s3 = [
  baseline(15),
  override("model", 2),
  override("retrieval_data", 14),
  mitigation("prompt_policy", 8),
  { ...mitigation("retrieval_data", 13), name: "memory off" },
  allLkg(2),
];

test("B3.1: S2's replay reads orchestration & tools, p .0155, adjusted over three arms .0464", () => {
  const { id, layers, arms, sentence, missing } = readReplay(s2);
  expect({ id, layers, missing }).toEqual({
    id: "single_layer",
    layers: ["orchestration_tools"],
    missing: [],
  });
  expect(arms.map(({ verdict }) => verdict)).toEqual([
    null,
    "recovers",
    "no_difference",
    "no_difference",
    "recovers",
  ]);
  expect(arms[1]?.p).toBeCloseTo(0.0155, 4);
  expect(arms[1]?.adjusted).toBeCloseTo(0.0464, 4);
  expect(arms.map(({ adjusted }) => adjusted === null)).toEqual([true, false, false, false, true]);
  expect(sentence).toContain("2 of 20 (p .0155, adjusted .0464) against 9 of 20 at the baseline");
  expect(readAddedArms(s2, [reverse("orchestration_tools", 8)])).toMatchObject({
    id: "reverse_fails",
    layers: ["orchestration_tools"],
    missing: [],
  });
});

test("B3.1: S2's second replay, all arms at once, reads the layer that recovers", () => {
  const reading = readReplay([
    baseline(17),
    override("orchestration_tools", 1),
    override("prompt_policy", 16),
    mitigation("orchestration_tools", 0),
    allLkg(1),
    reverse("orchestration_tools", 16),
  ]);
  expect(reading).toMatchObject({ id: "single_layer", layers: ["orchestration_tools"] });
  expect(reading.arms[3]).toMatchObject({ verdict: null, adjusted: null });
  expect(reading.arms[5]).toMatchObject({ verdict: "fails_again", adjusted: null });
});

test("B3.1: S3's replay reads the model, and a patched prompt stays a mitigation", () => {
  const reading = readReplay(s3);
  expect(reading).toMatchObject({ id: "single_layer", layers: ["model"] });
  expect(reading.arms[3]).toMatchObject({ verdict: null, adjusted: null });
  expect(readAddedArms(s3, [reverse("model", 14)]).id).toBe("reverse_fails");
});

test("B13.11: a baseline without a failure is not reproducible and asks for cohort rates (S1)", () => {
  expect(readReplay([baseline(0)])).toMatchObject({
    id: "not_reproducible",
    missing: ["cohort_rates"],
  });
  expect(readReplay([baseline(0), override("model", 0), allLkg(5)]).id).toBe("not_reproducible");
});

test("B13.11: all last known good is read before the arms: where it still fails, no arm shows anything", () => {
  const reading = readReplay([baseline(18), override("model", 2), allLkg(17)]);
  expect(reading).toMatchObject({ id: "not_a_regression", layers: [], missing: [] });
  expect(reading.arms.map(({ verdict }) => verdict)).toEqual([null, null, null]);
  expect(recoveringLayers([baseline(18), override("model", 2), allLkg(17)])).toEqual([]);
});

test("B13.11: where so few runs could not have shown it, more are asked for", () => {
  expect(readReplay([baseline(2, 5), allLkg(0, 5)]).missing).toEqual(["more_runs"]);
  expect(readReplay([baseline(1, 20), allLkg(0, 20)]).missing).toEqual(["cohort_rates"]);
});

test("B3.1: an arm below the baseline and above all last known good reduces, and does not recover", () => {
  const reading = readReplay([
    baseline(95, 100),
    override("model", 50, 100),
    override("prompt_policy", 94, 100),
    allLkg(2, 100),
  ]);
  expect(reading.arms[1]?.verdict).toBe("reduces");
  expect(reading.id).toBe("conjunction");
});

test("R7: arms of several layers that each recover are an interaction, of one layer a single layer", () => {
  const both = [baseline(18), override("model", 1), override("prompt_policy", 2), allLkg(1)];
  expect(readReplay(both)).toMatchObject({
    id: "interaction",
    layers: ["model", "prompt_policy"],
    missing: [],
  });
  const one = [baseline(18), override("model", 1), { ...override("model", 2), name: "older" }];
  expect(readReplay([...one, allLkg(1)])).toMatchObject({ id: "single_layer", layers: ["model"] });
});

test("R7: none alone but all together is a conjunction, and advises pairs", () => {
  const none = [baseline(18), override("model", 17), override("prompt_policy", 18), allLkg(1)];
  const reading = readReplay(none);
  expect(reading).toMatchObject({ id: "conjunction", layers: [], missing: [] });
  expect(reading.sentence).toContain("Try pairs of Model and Prompt & policy");
  const tried = readReplay([...none, pair("model", "prompt_policy", 1)]);
  expect(tried).toMatchObject({ id: "conjunction", layers: ["model", "prompt_policy"] });
});

test("B13.12: a pair that recovers is no conjunction while one of its layers is untried alone, or neither yes nor no", () => {
  const both = pair("model", "prompt_policy", 0);
  expect(readReplay([baseline(18), both, allLkg(1)])).toMatchObject({
    id: "insufficient",
    layers: [],
    missing: ["override_arms"],
  });
  const hinting = [baseline(9), override("model", 3), override("prompt_policy", 9), both];
  expect(readReplay([...hinting, allLkg(1)])).toMatchObject({
    id: "insufficient",
    missing: ["more_runs"],
  });
});

test("R7: a pair says nothing of its second layer where the first recovers alone", () => {
  const reading = readReplay([
    baseline(18),
    override("model", 1),
    pair("model", "prompt_policy", 1),
    allLkg(1),
  ]);
  expect(reading).toMatchObject({ id: "single_layer", layers: ["model"] });
});

test("B13.12: an arm below .05 raw but not adjusted reads insufficient, never conjunction", () => {
  const reading = readReplay([
    baseline(8),
    override("model", 2),
    override("prompt_policy", 8),
    override("retrieval_data", 8),
    allLkg(0),
  ]);
  expect(reading.arms[1]?.p).toBeLessThan(0.05);
  expect(reading.arms[1]?.adjusted).toBeGreaterThan(0.05);
  expect(reading.arms[1]?.verdict).toBeNull();
  expect(reading).toMatchObject({ id: "insufficient", missing: ["more_runs"] });
});

test("B13.11: without all last known good a lone override is compared with the baseline alone", () => {
  expect(readReplay([baseline(15), override("model", 5)])).toMatchObject({
    id: "single_layer",
    layers: ["model"],
  });
});

test("B3.1: without all last known good several overrides are compared with the best of them", () => {
  const reading = readReplay([
    baseline(95, 100),
    override("model", 2, 100),
    override("prompt_policy", 50, 100),
  ]);
  expect(reading.arms.map(({ verdict }) => verdict)).toEqual([null, "recovers", "reduces"]);
  expect(reading).toMatchObject({ id: "single_layer", layers: ["model"] });
});

test("B3.1: three of three against none never decides, and says how many runs would", () => {
  const reading = readReplay([baseline(3, 3), override("model", 0, 3)]);
  expect(reading).toMatchObject({ id: "insufficient", missing: ["more_runs", "all_lkg_arm"] });
  expect(reading.sentence).toContain("4 runs");
});

test("B3.1: below about 10 % a replay that decides nothing asks for cohort rates, and says how many runs it would take", () => {
  const reading = readReplay([baseline(8, 1000), override("model", 5, 1000)]);
  expect(reading.id).toBe("insufficient");
  expect(reading.missing[0]).toBe("cohort_rates");
  expect(reading.sentence).toMatch(/About [\d,]+ runs/);
});

test.each([
  ["only a baseline", [baseline(9)], "override_arms"],
  ["no override beside all last known good", [baseline(9), allLkg(0)], "override_arms"],
  ["one layer alone", [baseline(9), override("model", 9), allLkg(0)], "override_arms"],
  ["no baseline", [override("model", 9)], "baseline_arm"],
])("B3.1: %s is insufficient and asks for what is missing", (_, arms, missing) => {
  const reading = readReplay(arms);
  expect(reading.id).toBe("insufficient");
  expect(reading.missing[0]).toBe(missing);
});

test("B3.1: a forward patch given as override counts as a mitigation", () => {
  const patched = { ...override("model", 0), isLkg: false };
  expect(readReplay([baseline(15), patched]).arms[1]).toMatchObject({
    verdict: null,
    adjusted: null,
  });
});

test("B13.13: reverse arms that do not fail say so and ask for more runs; other arms are read with the rest", () => {
  expect(readAddedArms(s2, [reverse("orchestration_tools", 2)])).toMatchObject({
    id: "insufficient",
    missing: ["more_runs"],
  });
  expect(readAddedArms([baseline(9)], [reverse("model", 9)]).missing).toEqual(["all_lkg_arm"]);
  expect(readAddedArms(s2.slice(0, 1), s2.slice(1)).id).toBe("single_layer");
});

test("B3.1: a reverse arm is compared with all last known good, unadjusted, else with the best arm", () => {
  expect(reverseFails([...s2, reverse("orchestration_tools", 8)], "orchestration_tools")).toBe(
    true,
  );
  expect(reverseFails([...s2, reverse("orchestration_tools", 8)], "model")).toBe(false);
  expect(reverseFails([...s2, reverse("orchestration_tools", 4)], "orchestration_tools")).toBe(
    false,
  );
  expect(reverseFails([baseline(9), override("model", 1), reverse("model", 8)], "model")).toBe(
    true,
  );
  expect(reverseFails([baseline(9), reverse("model", 8)], "model")).toBe(false);
});

const counts = fc
  .constantFrom(3, 5, 10, 20, 100)
  .chain((n) => fc.integer({ min: 0, max: n }).map((fails) => ({ n, fails })));
const someArms = fc
  .tuple(
    counts,
    fc.array(
      fc.tuple(
        fc.constantFrom<ArmRole>("override", "override", "override", "reverse", "mitigation"),
        fc.uniqueArray(fc.constantFrom(...layerIds), { minLength: 1, maxLength: 2 }),
        counts,
      ),
      { maxLength: 6 },
    ),
    fc.option(counts),
  )
  .map(([base, others, lkg]): Arm[] => [
    baseline(base.fails, base.n),
    ...others.map(([role, layers, { fails, n }], at) => arm(role, layers, fails, n, `arm ${at}`)),
    ...(lkg ? [allLkg(lkg.fails, lkg.n)] : []),
  ]);

test("the order of arms changes neither the reading nor what an arm shows", () => {
  fc.assert(
    fc.property(
      someArms.chain((arms) =>
        fc.tuple(
          fc.constant(arms),
          fc.shuffledSubarray(arms, { minLength: arms.length, maxLength: arms.length }),
        ),
      ),
      ([arms, shuffled]) => {
        const [one, other] = [readReplay(arms), readReplay(shuffled)];
        expect([other.id, other.layers, other.missing]).toEqual([one.id, one.layers, one.missing]);
        expect(new Set(other.arms.map(({ name, verdict }) => `${name} ${verdict}`))).toEqual(
          new Set(one.arms.map(({ name, verdict }) => `${name} ${verdict}`)),
        );
      },
    ),
    { numRuns: propertyRuns },
  );
});

test("one more failure in an override arm never makes it recover", () => {
  fc.assert(
    fc.property(someArms, fc.nat(), (arms, pick) => {
      const at = 1 + (pick % Math.max(1, arms.length - 1));
      const before = arms[at];
      if (before?.role !== "override" || before.fails === before.n) return;
      const worse = arms.with(at, { ...before, fails: before.fails + 1 });
      if (readReplay(arms).arms[at]?.verdict !== "recovers") {
        expect(readReplay(worse).arms[at]?.verdict).not.toBe("recovers");
      }
    }),
    { numRuns: propertyRuns },
  );
});

test("every reading has its sentence, one that decides names layers, one that does not names what would", () => {
  fc.assert(
    fc.property(someArms, (arms) => {
      const { id, layers, missing, sentence } = readReplay(arms);
      expect(sentence).toMatch(/^\S.*[.]$/);
      expect(sentence).not.toMatch(/NaN|undefined|null|R\d|B\d/);
      if (id === "single_layer") expect(layers.length).toBe(1);
      if (id === "interaction") expect(layers.length).toBeGreaterThan(1);
      if (id === "insufficient" || id === "not_reproducible") expect(missing).not.toEqual([]);
      expect(recoveringLayers(arms)).toEqual(layers);
    }),
    { numRuns: propertyRuns },
  );
});
