// Goal: the checklists of failure patterns read well on a phone, say why they are offered, and lead to the forms that
// answer them; the numbers of a tool cascade are taken as people type them, and refused at their field.
// Method: golden files, empty and filled; the form filled in and parsed; what a button carries comes back the same.

import type { KnownBlock } from "@slack/types";
import fc from "fast-check";
import { expect, test } from "vitest";
import { patternIds } from "#src/domain/patterns/index.ts";
import { parseHint } from "#views/hint.ts";
import { renderPatterns } from "#views/messages/patterns.ts";
import { cascadeWord, parseCascadeWord, patternModal } from "#views/modals/pattern.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import { answer, evidenceItem, incidentState, strand } from "#test/support/factories.ts";
import { submit, type Typed } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const state = incidentState({
  answers: [answer("retrieval_data", { change: "changed" })],
  evidence: [evidenceItem({ kind: "E9", what: "the rule was replaced on 1 March" })],
});
const bare = incidentState({
  incident: { title: "Totals are off", userImpact: null },
  strands: [strand({ name: "Totals are off" })],
});
const compared = {
  settings: { timeoutMs: 4000, retries: 2, backoffMs: 500, isDoubling: true, calls: 1 },
  objectiveMs: 5000,
};

test.each([
  ["offered", state],
  ["none", bare],
])("the list (%s) reads as in its golden file", (name, of) => {
  const message = renderPatterns(of);
  expect(messageFaults(message)).toEqual([]);
  expectGolden(`views/message-patterns-${name}`, message);
});

test.each(patternIds)("the checklist of %s reads as in its golden file", (pattern) => {
  const view = patternModal.render({ state, pattern, objectiveMs: 5000 });
  expect(modalFaults({ ...view })).toEqual([]);
  expectGolden(`views/modal-pattern-${pattern}`, view);
});

test("what was compared stands on top, with the numbers still in the form", () => {
  const view = patternModal.render({
    state,
    pattern: "tool_cascade",
    objectiveMs: null,
    compared,
  });
  expect(modalFaults({ ...view })).toEqual([]);
  expectGolden("views/modal-pattern-compared", view);
});

const cascade = (typed: Typed) =>
  submit(
    patternModal,
    patternModal.render({ state, pattern: "tool_cascade", objectiveMs: 5000 }),
    typed,
  );

test("timeout and retries are enough; the objective is the service's", () => {
  expect(cascade({ timeout: "4,000 ms", retries: "2" })).toEqual({
    incidentId: state.incident.id,
    pattern: "tool_cascade",
    settings: { timeoutMs: 4000, retries: 2, backoffMs: 0, isDoubling: false, calls: 1 },
    objectiveMs: 5000,
  });
  expect(
    cascade({
      timeout: "4 s",
      retries: " 0 ",
      wait: "500",
      doubles: ["doubles"],
      calls: "3",
      objective: null,
    }),
  ).toMatchObject({
    settings: { timeoutMs: 4000, retries: 0, backoffMs: 500, isDoubling: true, calls: 3 },
    objectiveMs: null,
  });
});

test.each<[string, Typed]>([
  ["timeout", { timeout: null }],
  ["timeout", { timeout: "0" }],
  ["timeout", { timeout: "-4" }],
  ["timeout", { timeout: "4.5 s" }],
  ["timeout", { timeout: "forever" }],
  ["timeout", { timeout: "999999999999" }],
  ["retries", { retries: null }],
  ["retries", { retries: "2.5" }],
  ["retries", { retries: "21" }],
  ["wait", { wait: "-1" }],
  ["calls", { calls: "0" }],
  ["objective", { objective: "fast" }],
])("%s is refused at its field: %o", (field, typed) => {
  const parsed = cascade({ timeout: "4000", retries: "2", ...typed });
  expect(parsed).toEqual({ errors: { [field]: expect.stringMatching(/^Give a whole number/) } });
});

test("property: the numbers that a button carries come back the same, and nothing else does", () => {
  const some = fc.record({
    settings: fc.record({
      timeoutMs: fc.integer({ min: 1, max: 86_400_000 }),
      retries: fc.integer({ min: 0, max: 20 }),
      backoffMs: fc.integer({ min: 0, max: 86_400_000 }),
      isDoubling: fc.boolean(),
      calls: fc.integer({ min: 1, max: 100 }),
    }),
    objectiveMs: fc.option(fc.integer({ min: 1, max: 86_400_000 }), { nil: null }),
  });
  fc.assert(
    fc.property(some, (one) => {
      expect(parseCascadeWord(cascadeWord(one))).toEqual(one);
    }),
    { numRuns: propertyRuns },
  );
  for (const word of [undefined, "", "1,2,3", "1,2,3,4,5,6", "a,0,0,0,1,", "0,0,0,0,1,"]) {
    expect(parseCascadeWord(word)).toBeUndefined();
  }
});

test("each question leads to the form for its evidence and to its layer's answer", () => {
  for (const pattern of patternIds) {
    const { blocks } = patternModal.render({ state, pattern, objectiveMs: null });
    const rows = (blocks as KnownBlock[]).flatMap((block) =>
      block.type === "actions" && block.block_id?.startsWith("pattern-question:") ? [block] : [],
    );
    expect(rows.length).toBeGreaterThanOrEqual(4);
    for (const { elements } of rows) {
      const [evidence, layer] = elements.map((one) =>
        one.type === "button" ? { id: one.action_id, hint: parseHint(one.value) } : undefined,
      );
      expect(evidence).toMatchObject({
        id: "add-evidence",
        hint: { word: expect.stringMatching(/^E\d+$/) },
      });
      expect(layer).toMatchObject({ id: "answer-layers", hint: { layers: [expect.any(String)] } });
    }
  }
});
