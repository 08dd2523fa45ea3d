// Goal: a checklist is offered where the record looks like its failure, with the word that says so, and not where
// nothing does; a tool's timeouts and retries are compared with what users wait for.
// Method: tables of what people write, the four scenarios among them; figures by hand; properties of the time.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layerIds } from "#src/domain/layers/index.ts";
import { levers } from "#src/domain/lever.ts";
import { type CascadeSettings, readCascade, timeInWords } from "#src/domain/patterns/cascade.ts";
import { isPatternId, type PatternId, patternIds, patterns } from "#src/domain/patterns/index.ts";
import { offeredPatterns, patternLine } from "#src/domain/patterns/offered.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { evidenceItem, incidentState, leverUse, strand } from "#test/support/factories.ts";

/** An incident of which nothing else is known. */
const titled = (title: string) =>
  incidentState({ incident: { title, userImpact: null }, strands: [strand({ name: title })] });

describe("what is offered", () => {
  test.each<[string, PatternId]>([
    ["Assistant cites the old travel reimbursement rule", "corpus_drift"],
    ["Intermittent degraded responses", "silent_quality_regression"],
    ["Coding agent feels less intelligent, forgetful, terse", "silent_quality_regression"],
    ["Overly agreeable since the update", "silent_quality_regression"],
    ["Search tool times out, checkout agent slow", "tool_cascade"],
    ["429s from the booking API, agent retries forever", "tool_cascade"],
    ["Prices from last year’s catalogue", "corpus_drift"],
    ["Index not refreshed since Monday", "corpus_drift"],
    ["Assistant refuses medical dosage questions", "refusal_spike"],
    ["Guardrail blocks harmless French requests", "refusal_spike"],
    ["Agent dropped the production database", "destructive_action"],
    ["Agent deleted customer records during a code freeze", "destructive_action"],
    ["Chatbot invented a bereavement discount", "invented_policy"],
    ["Support bot states a device limit that does not exist", "invented_policy"],
  ])("%s: first %s", (title, pattern) => {
    expect(offeredPatterns(titled(title))[0]?.pattern).toBe(pattern);
  });

  test.each([
    "Login page returns 500",
    "Voice assistant speaks with the wrong accent",
    "Totals in the weekly report are off",
    "Users cannot upload pictures",
  ])("%s: nothing", (title) => {
    expect(offeredPatterns(titled(title))).toEqual([]);
    expect(patternLine(titled(title))).toBeNull();
  });

  test("it says which word, and where it stands", () => {
    const state = incidentState({
      incident: { title: "Wrong answers", userImpact: null },
      strands: [strand(), strand({ number: 2, symptom: "it refuses every second request" })],
    });
    expect(offeredPatterns(state)).toContainEqual({
      pattern: "refusal_spike",
      because: "the symptom of strand 2 says “refuses”",
    });
    expect(patternLine(titled("Stale prices"))?.sentence).toBe(
      "This looks like corpus drift (the title says “Stale”): see its checklist.",
    );
  });

  test("R11: evidence speaks where it counts and supports a layer; a report that nobody verified does not", () => {
    const base = titled("Wrong answers");
    const told = (item: Parameters<typeof evidenceItem>[0]) =>
      offeredPatterns({ ...base, evidence: [evidenceItem({ what: "calls timed out", ...item })] });
    expect(told({})).toEqual([{ pattern: "tool_cascade", because: "item 1 says “timed out”" }]);
    expect(told({ kind: "E10", isVerified: null })).toEqual([]);
    // "no timeouts seen" rules out, and names it too
    expect(told({ supports: [], clears: ["orchestration_tools"] })).toEqual([]);
  });

  test("a lever that is pulled for it, and a class that says enough, offer it as well", () => {
    const base = titled("Wrong answers");
    expect(
      offeredPatterns({ ...base, levers: [leverUse({ lever: "revoke_write_permission" })] }),
    ).toEqual([
      {
        pattern: "destructive_action",
        because: "“Revoke an agent's write permission” is in the record",
      },
    ]);
    const useless = {
      ...base,
      incident: { ...base.incident, incidentClass: "usefulness" as const },
    };
    expect(offeredPatterns(useless)).toEqual([
      { pattern: "silent_quality_regression", because: "its class is Usefulness" },
    ]);
  });

  test("the one with more signs comes first", () => {
    const base = titled("Refusals after timeouts");
    const state = { ...base, incident: { ...base.incident, userImpact: "it refuses everything" } };
    expect(offeredPatterns(state).map(({ pattern }) => pattern)).toEqual([
      "refusal_spike",
      "tool_cascade",
    ]);
  });

  test("property: whatever people write, it answers, and offers each checklist at most once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 120 }), (text) => {
        const offered = offeredPatterns(titled(text)).map(({ pattern }) => pattern);
        expect(new Set(offered).size).toBe(offered.length);
        expect(offered.every(isPatternId)).toBe(true);
      }),
      { numRuns: propertyRuns },
    );
  });
});

test("every checklist asks four to seven questions of at least three layers, each with its evidence", () => {
  for (const id of patternIds) {
    const { questions, lever } = patterns[id];
    expect(questions.length, id).toBeGreaterThanOrEqual(4);
    expect(questions.length, id).toBeLessThanOrEqual(7);
    expect(new Set(questions.map(({ layer }) => layer)).size, id).toBeGreaterThanOrEqual(3);
    expect(levers, id).toHaveProperty(lever);
    for (const { layer, evidence, question, look } of questions) {
      expect(layerIds).toContain(layer);
      expect(evidenceKinds).toHaveProperty(evidence);
      expect(question).toMatch(/[?.]$/);
      expect(look).toMatch(/\.$/);
    }
  }
});

describe("3.29: timeouts times attempts against the objective", () => {
  const settings = (overrides: Partial<CascadeSettings> = {}): CascadeSettings => ({
    timeoutMs: 4000,
    retries: 2,
    backoffMs: 0,
    isDoubling: false,
    calls: 1,
    ...overrides,
  });

  test.each<[Partial<CascadeSettings>, number | null, string]>([
    [
      {},
      5000,
      "3 attempts of 4 s take up to 12 s; the objective is 5 s: users give up first, and each retry adds load. One attempt fits.",
    ],
    [
      { backoffMs: 500, isDoubling: true },
      9000,
      "3 attempts of 4 s with waits that double from 500 ms take up to 13.5 s; the objective is 9 s: users give up first, and each retry adds load. 2 attempts fit.",
    ],
    [
      { calls: 3 },
      5000,
      "3 calls in a row of 3 attempts of 4 s each take up to 36 s; the objective is 5 s: users give up first, and each retry adds load. Not even one attempt of 4 s for each call fits: the timeout itself is too long.",
    ],
    [
      { timeoutMs: 400, backoffMs: 100 },
      5000,
      "3 attempts of 400 ms with waits of 100 ms take up to 1.4 s; the objective is 5 s: they fit. Look at the first call that failed, not at the retries.",
    ],
    [
      { retries: 0 },
      null,
      "1 attempt of 4 s takes up to 4 s. Nobody has said how long an answer may take: add the latency objective to compare.",
    ],
  ])("%o against %s", (overrides, objectiveMs, sentence) => {
    expect(readCascade(settings(overrides), objectiveMs).sentence).toBe(sentence);
  });

  test.each([
    [999, "999 ms"],
    [1000, "1 s"],
    [2500, "2.5 s"],
    [200_000, "3 min 20 s"],
    [119_960, "2 min"],
    [86_400_001, "more than a day"],
  ])("%i ms is %s", (ms, words) => expect(timeInWords(ms)).toBe(words));

  test("property: one retry more never takes less time, and what fits still fits with a longer objective", () => {
    const some = fc.record({
      timeoutMs: fc.integer({ min: 1, max: 86_400_000 }),
      retries: fc.integer({ min: 0, max: 20 }),
      backoffMs: fc.integer({ min: 0, max: 86_400_000 }),
      isDoubling: fc.boolean(),
      calls: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 86_400_000 }), (one, objectiveMs) => {
        const { totalMs, fits } = readCascade(one, objectiveMs);
        const more = readCascade({ ...one, retries: one.retries + 1 }, objectiveMs);
        expect(more.totalMs).toBeGreaterThan(totalMs);
        expect(fits).toBe(totalMs <= objectiveMs);
        if (fits) expect(readCascade(one, objectiveMs + 1).fits).toBe(true);
      }),
      { numRuns: propertyRuns },
    );
  });
});
