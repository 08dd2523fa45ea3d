// Goal: a strand is added and changed with what it was kept in the record; a slice says the same however
// it was typed. Method: given a record, when a form comes in, then the decision; properties for slices.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decideAddStrand,
  decideEditStrand,
  type EditStrandInput,
} from "#src/domain/edit-strands.ts";
import { strandsDiagnosed } from "#src/domain/gates/diagnosis.ts";
import { failureTypeOf, failureTypeThatFollows } from "#src/domain/failure-type.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { openLayers } from "#src/domain/layer-state.ts";
import { covers, parseSlice, sliceInWords, sliceText } from "#src/domain/slice.ts";
import { updateStrands } from "#src/domain/strand-effects.ts";
import type { FailureType } from "#src/domain/vocabulary.ts";
import {
  accepted,
  after,
  answer,
  answersExcept,
  by,
  declarer,
  effectNames,
  incidentId,
  item,
  openIncident,
  rejected,
  verdict,
} from "./fixtures.ts";

const strandInput = (facts: Partial<EditStrandInput> = {}) => ({
  incidentId,
  name: "Refusals in region eu-1",
  symptom: null,
  windowFrom: null,
  windowTo: null,
  slice: {},
  evidenceNumbers: [],
  parkedWhy: null,
  parkedUntil: null,
  failureType: null,
  ...facts,
});

test("B13.3: answers for all strands cover a new one at once; the owners of the others are asked", () => {
  const state = openIncident({
    answers: [
      ...answersExcept("model", "infrastructure"),
      answer("infrastructure", { strandNumbers: [1] }),
    ],
  });
  const decision = accepted(decideAddStrand(state, strandInput(), by));
  expect(decision.changes.strands).toMatchObject([
    { number: 2, addedBy: declarer, addedAt: by.now },
  ]);
  expect(decision.outcome).toMatchObject({
    sentence: "Added strand 2. Still asked for it: Model and Infrastructure.",
    isShown: true,
  });
  expect(effectNames(decision).slice(0, 3)).toEqual([
    "post-message:panel",
    "post-message:strand",
    "post-message:evidence-request",
  ]);
  const next = after(state, decideAddStrand(state, strandInput(), by));
  expect(openLayers(next, 2)).toEqual(["model", "infrastructure"]);
});

test("a strand that every layer is answered for asks nobody", () => {
  const decision = accepted(
    decideAddStrand(openIncident({ answers: answersExcept() }), strandInput(), by),
  );
  expect(effectNames(decision)).toEqual(["post-message:panel", "post-message:strand"]);
  expect(decision.outcome.sentence).toBe("Added strand 2. Every layer is answered for it already.");
});

test("a strand can be added while the incident recovers, and moves no phase", () => {
  const state = openIncident();
  const recovering = { ...state, incident: { ...state.incident, phase: "recovering" as const } };
  const decision = accepted(decideAddStrand(recovering, strandInput(), by));
  expect(decision.changes.incident).toBeUndefined();
});

test("what a strand was stays in the timeline when it is changed", () => {
  const state = openIncident();
  const input = {
    ...strandInput({ windowFrom: new Date("2026-03-02T06:00:00Z"), slice: { region: ["eu-1"] } }),
    strandNumber: 1,
  };
  const decision = accepted(decideEditStrand(state, input, by));
  expect(decision.timeline).toMatchObject([
    {
      kind: "strand_changed",
      data: {
        strand: 1,
        name: "Refusals in region eu-1",
        changes: [
          "the name from “Assistant cites the old rule” to “Refusals in region eu-1”",
          "the start from “nothing” to “2026-03-02 06:00 UTC”",
          "the part it is about from “nothing” to “region eu-1”",
        ],
      },
    },
  ]);
  const changed = after(state, decideEditStrand(state, input, by));
  expect(accepted(decideEditStrand(changed, input, by)).changes).toEqual({});
});

test("two strands of one name, an end before the start, and words that blame are refused at their fields", () => {
  const state = openIncident();
  const same = strandInput({ name: "assistant cites the OLD rule" });
  expect(rejected(decideAddStrand(state, same, by))).toMatchObject({ field: "name" });
  const backwards = strandInput({
    windowFrom: new Date("2026-03-02T06:00:00Z"),
    windowTo: new Date("2026-03-01T06:00:00Z"),
  });
  expect(rejected(decideAddStrand(state, backwards, by))).toMatchObject({ field: "window_to" });
  const blaming = strandInput({ name: "The model hallucinated" });
  expect(rejected(decideAddStrand(state, blaming, by))).toMatchObject({
    refusal: { rules: ["R12"], rewrite: { field: "name" } },
  });
  expect(rejected(decideEditStrand(state, { ...same, strandNumber: 9 }, by))).toMatchObject({
    code: "not_found",
  });
});

test("an incident takes a hundred strands, so that every menu holds them all", () => {
  const state = openIncident();
  const strands = Array.from({ length: 100 }, (_, index) => ({
    ...state.strands[0]!,
    number: index + 1,
    name: `strand ${index + 1}`,
  }));
  const full = { ...state, strands };
  expect(rejected(decideAddStrand(full, strandInput(), by)).message).toMatch(/100 strands/);
  expect(
    accepted(decideAddStrand({ ...state, strands: strands.slice(1) }, strandInput(), by)),
  ).toBeDefined();
});

test("messages of strands are brought up to date while there are few of them", () => {
  const one = openIncident().strands[0]!;
  const added = (count: number) =>
    openIncident({
      strands: Array.from({ length: count }, (_, index) => ({
        ...one,
        number: index + 1,
        addedAt: index === 0 ? null : by.now,
      })),
    });
  const [first, ...others] = updateStrands(added(3), null);
  // the strand of the declaration has a message only once it was changed
  expect(first).toMatchObject({ isUpdateOnly: true, message: { strandNumber: 1 } });
  expect(others).toHaveLength(2);
  for (const other of others) expect(other).not.toHaveProperty("isUpdateOnly");
  expect(updateStrands(added(3), [2])).toHaveLength(1);
  expect(updateStrands(added(11), null)).toEqual([]);
});

test.each([
  ["models: a, b", { models: ["a", "b"] }],
  ["  Models :b,a , a\n\nregion: eu-1 ", { models: ["a", "b"], region: ["eu-1"] }],
  ["models: a\nmodels: b", { models: ["a", "b"] }],
  ["url: http://a/b:c", { url: ["http://a/b:c"] }],
  ["", {}],
])("the slice %j is read as people mean it", (text, slice) => {
  expect(parseSlice(text)).toEqual({ ok: true, value: slice });
});

test.each(["eu-1", "region:", "region: a,,b", ": a", "__proto__: a", `region: ${"x".repeat(101)}`])(
  "the slice %j is refused with what to write instead",
  (text) => {
    const parsed = parseSlice(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.error).toMatch(/^(Write one line|A dimension and a value)/);
  },
);

const word = fc.stringMatching(/^[a-z0-9_.-]{1,12}$/);
const anySlice = fc.dictionary(
  word.filter((one) => one !== "__proto__"),
  fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
  {
    maxKeys: 4,
  },
);

test("a slice comes back from its own text, whatever its dimensions are called", () => {
  const names = fc.constantFrom("__proto", "constructor", "toString", "region");
  fc.assert(
    fc.property(fc.oneof(anySlice, fc.dictionary(names, fc.tuple(word))), (slice) => {
      const read = parseSlice(sliceText(slice));
      expect(read.ok && parseSlice(sliceText(read.value))).toEqual(read);
      expect(read.ok && covers(read.value, read.value, {})).toBe(true);
      expect(read.ok && covers(read.value, {}, read.value)).toBe(true);
    }),
  );
});

test("B13.1: an item covers a claim whose values are among its own, in each of its dimensions", () => {
  const ofItem = { models: ["a", "b"] };
  expect(covers({}, {}, {})).toBe(true);
  expect(covers(ofItem, {}, {})).toBe(false);
  expect(covers(ofItem, { models: ["a"] }, {})).toBe(true);
  expect(covers(ofItem, { models: ["a", "c"] }, {})).toBe(false);
  expect(covers(ofItem, {}, { models: ["b"] })).toBe(true);
  expect(covers(ofItem, { models: ["c"] }, { models: ["b"] })).toBe(false);
  expect(covers({ ...ofItem, region: ["eu"] }, { models: ["a"] }, {})).toBe(false);
  expect(covers({ constructor: ["a"] }, {}, {})).toBe(false);
  expect(sliceInWords(ofItem)).toBe("models a or b");
});

test("evidence that was recorded before joins the strand that it speaks of, too, and its message says so", () => {
  const state = openIncident({ evidence: [item(1), item(2)] });
  const result = decideAddStrand(state, strandInput({ evidenceNumbers: [2] }), by);
  expect(after(state, result).evidence.map(({ strandNumbers }) => strandNumbers)).toEqual([
    [1],
    [1, 2],
  ]);
  expect(effectNames(accepted(result))).toContain("post-message:evidence");
  expect(rejected(decideAddStrand(state, strandInput({ evidenceNumbers: [9] }), by)).code).toBe(
    "not_found",
  );

  const added = after(state, result);
  const edited = decideEditStrand(
    added,
    { ...strandInput({ evidenceNumbers: [1, 2] }), strandNumber: 2 },
    by,
  );
  expect(accepted(edited).timeline[0]?.data["changes"]).toEqual(["evidence 1 speaks of it, too"]);
});

test("B5: a strand is parked with a reason and a day to look again, and does not hold up the diagnosis", () => {
  const state = openIncident();
  const park = (facts: Partial<EditStrandInput>) =>
    decideEditStrand(state, { ...strandInput(facts), strandNumber: 1 }, by);
  expect(rejected(park({ parkedWhy: "no traces are kept" }))).toMatchObject({
    field: "parked_until",
  });
  expect(rejected(park({ parkedUntil: "2026-03-20" }))).toMatchObject({ field: "parked_why" });
  const past = { parkedWhy: "no traces are kept", parkedUntil: "2026-03-01" };
  expect(rejected(park(past))).toMatchObject({ field: "parked_until" });

  expect(strandsDiagnosed(state, undefined)?.missing).toEqual(["S1"]);
  const parked = after(state, park({ ...past, parkedUntil: "2026-03-20" }));
  expect(strandsDiagnosed(parked, undefined)).toBeUndefined();
});

test("B12, B13.9: the failure type follows what broke first until a person sets it, and again once they take it back", () => {
  const state = openIncident({ verdicts: [verdict("infrastructure")] });
  const name = state.strands[0]!.name;
  const typed = (from: IncidentState, failureType: FailureType | null) =>
    decideEditStrand(from, { ...strandInput({ name, failureType }), strandNumber: 1 }, by);
  expect(failureTypeOf(state, ["S1"])).toBe("infrastructure");

  const decision = accepted(typed(state, "combination"));
  expect(decision.timeline[0]?.data["changes"]).toEqual([
    "the failure type from “what broke first” to “Combination of several”",
  ]);
  expect(effectNames(decision)).toContain("post-message:strand");
  const set = after(state, typed(state, "combination"));
  expect(set.strands[0]).toMatchObject({ failureType: "combination", failureTypeBy: by.userId });
  expect(failureTypeOf(set, ["S1"])).toBe("combination");
  expect(failureTypeThatFollows(set, 1)).toBe("infrastructure");

  const back = after(set, typed(set, null));
  expect(back.strands[0]).toMatchObject({ failureType: null, failureTypeBy: null });
  expect(failureTypeOf(back, ["S1"])).toBe("infrastructure");
});
