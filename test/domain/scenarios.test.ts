// Goal: what S0 to S3 expect of attribution comes out of the deciders: every claim, reading and suggestion.
// Method: their steps in order, in memory, with the counts typed as people type them.

import { describe, expect, test } from "vitest";
import { pathOfScenario, readScenario } from "#sandbox/scenario.ts";
import { verdictOf } from "#src/domain/layer-state.ts";
import { outcomeOf } from "#src/domain/outcome.ts";
import { isSameSlice } from "#src/domain/slice.ts";
import { type Answered, playAttribution } from "#test/support/scenario-attribution.ts";

describe.each(["s0", "s1", "s2", "s3"])("%s", async (name) => {
  const read = await readScenario(await pathOfScenario(name));
  if (!read.ok) throw new Error(read.error.join("\n"));
  const scenario = read.value;
  const { answered, state, ids } = playAttribution(scenario);

  test.each(answered.map((one) => [`${one.step.n} ${one.step.do}`, one] as const))(
    "step %s",
    (_, one) => {
      expect(got(one)).toEqual(wanted(one));
    },
  );

  test.each(scenario.strands.map((strand) => [strand.id, strand] as const))(
    "%s has the verdicts that it expects",
    (id, strand) => {
      const number = ids.get(id) ?? 0;
      for (const { layer, verdict, confidence, scope = {} } of strand.expected.verdicts) {
        const standing = state.verdicts.find(
          (one) =>
            one.strandNumber === number &&
            one.layer === layer &&
            one.verdict === verdict &&
            isSameSlice(one.scope, scope),
        );
        expect(standing?.confidence).toBe(confidence);
      }
      expect(outcomeOf(state, number)).toMatchObject(strand.expected.outcome);
      for (const { layer, verdict } of strand.answers) {
        if (verdict !== "cleared") continue;
        expect([layer, verdictOf(state, number, layer as never)?.verdict]).toEqual([
          layer,
          verdict,
        ]);
      }
    },
  );
});

function got({ step, rejection, marks }: Answered) {
  const { rule = "" } = step.expect;
  const reading = marks.flatMap(({ id }) => {
    const [kind, second, , fourth] = id.split(":");
    return kind === "reading" ? [second] : kind === "insufficient" ? [fourth] : [];
  })[0];
  const readingNow = step.expect.reading === undefined ? {} : { reading };
  if (!rejection) {
    const mark = marks.find(({ id }) => /^(suggestion|insufficient|flag)/.test(id));
    const [kind, , missing = ""] = mark?.id.split(":") ?? [];
    const result = { suggestion: "suggested", flag: "flagged", insufficient: "insufficient" }[
      kind ?? ""
    ];
    if (result === undefined) return { result: "accepted", ...readingNow };
    return { result, first: missing.split(",")[0], ...readingNow };
  }
  if (rejection.code !== "refused") return { result: rejection.code, message: rejection.message };
  const { refusal } = rejection;
  const other = refusal.others?.find((one) => one.rule === rule);
  const missing = refusal.rules[0] === rule ? refusal.missing : (other?.missing ?? []);
  const [first] = missing;
  const found = refusal.rules.includes(rule) ? rule : refusal.rules;
  return { result: "refused", rule: found, missing, ...(first === undefined ? {} : { first }) };
}

function wanted({ step: { expect: expected } }: Answered) {
  const { result, rule, missing = [], reading } = expected;
  const readingNow = reading === undefined ? {} : { reading };
  if (result === "suggested" || result === "insufficient") {
    return { result, first: missing[0], ...readingNow };
  }
  if (result !== "refused") return { result, ...readingNow };
  // more may be asked, and the first one is asked for first (scenarios/README.md)
  const [first] = missing;
  const all = expect.arrayContaining(missing) as string[];
  return { result, rule, missing: all, ...(first === undefined ? {} : { first }) };
}
