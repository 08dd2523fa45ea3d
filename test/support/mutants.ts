import type { Mutant } from "./mutation.ts";

const allow = "() => undefined";
const rules = "src/domain/attribution";

/** R1 to R14 and Q0 to Q3, each made always-allow in turn; R6, R7 and R10 in the other things they ask as well. */
export const mutants: readonly Mutant[] = [
  rule("R1", "others-examined.ts", "othersExamined"),
  rule("R2", "cleared-with-evidence.ts", "clearedWithEvidence"),
  rule("R3", "more-than-changes.ts", "moreThanChanges"),
  rule("R4", "source-complete.ts", "sourceComplete"),
  rule("R5", "confidence-earned.ts", "confidenceEarned"),
  {
    ...rule("R5", "confidence-route.ts", "missingForConfidence"),
    what: "any evidence carries any confidence",
  },
  {
    ...rule("R5", "positive-evidence.ts", "missingPositive"),
    what: "no positive evidence is asked",
  },
  { ...rule("R5", "mandatory-clears.ts", "missingClears"), what: "nothing has to be cleared" },
  rule("R6", "undeterminable-caps.ts", "undeterminableCaps"),
  {
    rule: "R6",
    what: "what cannot be determined makes no gap",
    file: "src/domain/undeterminable-gaps.ts",
    name: "gapsForUndeterminable",
    by: "() => ({ changes: {}, timeline: [], effects: [] })",
  },
  rule("R7", "contribution-said.ts", "contributionSaid"),
  {
    rule: "R7",
    what: "every strand is forced into one layer",
    file: "src/domain/outcome.ts",
    name: "jointReplay",
    by: allow,
  },
  rule("R8", "not-by-mitigation.ts", "notByMitigation"),
  rule("R9", "opposing-rows-answered.ts", "opposingRowsAnswered"),
  rule("R10", "no-open-split.ts", "noOpenSplit"),
  {
    rule: "R10",
    what: "evidence sets a verdict by itself",
    file: "src/domain/add-evidence.ts",
    name: "decideAddEvidence",
    by: `(state, input, by) => {
      const result = original(state, input, by);
      if (!result.ok || input.supports.length === 0) return result;
      const verdict = {
        strandNumber: 1, layer: input.supports[0], verdict: "proximate", confidence: "probable",
        scope: {}, contribution: null, reason: null, locus: "ours", evidenceNumbers: [],
        approver: null, author: by.userId, recorder: by.userId, recordedAt: by.now, revision: 99,
      };
      const changes = { ...result.value.changes, verdicts: [verdict] };
      return { ...result, value: { ...result.value, changes } };
    }`,
  },
  {
    rule: "R10",
    what: "a verdict is signed by nobody who pressed",
    file: "src/domain/set-verdict.ts",
    name: "claimOf",
    by: `(state, input, by) => ({ ...original(state, input, by), author: "U-bot" })`,
  },
  {
    rule: "R11",
    what: "unverified reports count",
    file: "src/domain/evidence-weight.ts",
    name: "isCounted",
    by: "() => true",
  },
  rule("R12", "contribution-blameless.ts", "contributionBlameless"),
  {
    rule: "R12",
    what: "any wording may stand",
    file: "src/domain/wording.ts",
    name: "checkWording",
    by: allow,
  },
  {
    rule: "R13",
    what: "no incident looks like another",
    file: "src/domain/recurrence.ts",
    name: "findMatches",
    by: "() => []",
  },
  {
    rule: "R14",
    what: "always allows",
    file: "src/domain/gates/attribution.ts",
    name: "strandsAttributed",
    by: allow,
  },
  quality("Q0", "requiredFields"),
  quality("Q1", "testableCriterion"),
  quality("Q2", "rejectedPhrases"),
  quality("Q3", "enforcingMechanism"),
];

function rule(id: string, file: string, name: string): Mutant {
  return { rule: id, what: "always allows", file: `${rules}/${file}`, name, by: allow };
}

function quality(id: string, name: string): Mutant {
  const file = "src/domain/action-quality.ts";
  return { rule: id, what: "always allows", file, name, by: "() => []" };
}
