import type { Scenario, Step } from "#sandbox/scenario.ts";

/** The rules and gates that the product refuses by today. */
const knownRules = new Set(["R1", "R7", "R9", "R14", "B5", "Q0", "Q1", "Q2"]);

/** Things that a close looks at: where one of these was not made, its outcome would be another. */
const countsAtClose = new Set([
  "claim",
  "stabilize",
  "revert_lever",
  "adopt_lever",
  "add_action",
  "accept_risk",
]);

/** Lists in `with` whose ids come into being by the step that names them first. */
const idLists = [
  "strand_ids",
  "evidence_ids",
  "arm_ids",
  "lever_ids",
  "criterion_ids",
  "action_ids",
  "risk_ids",
  "gap_ids",
  "factor_ids",
  "golden_ids",
  "dissent_ids",
] as const;

/**
 * Why a step is not played: the product does not have it yet, or it builds on a step that was not
 * played (scenarios/README.md, "Playing"). Undefined: it is played.
 * `canDo`: the kinds of step there are. `notPlayed`: numbers of the earlier steps that were not.
 */
export function whyNotPlayed(
  step: Step,
  scenario: Scenario,
  canDo: (kind: string) => boolean,
  notPlayed: ReadonlySet<number>,
): string | undefined {
  if (!canDo(step.do)) return later(step.do);
  const { expect } = step;
  if (expect.rule !== undefined && !knownRules.has(expect.rule))
    return later(`rule ${expect.rule}`);
  if (expect.reading !== undefined) return later(`the reading "${expect.reading}"`);
  if (expect.weight !== undefined) return later("the weight of an item");
  if (expect.counted !== undefined) return later("counting reports");
  if (Object.keys(step.with.scope ?? {}).length > 0) return later("a verdict for part of a strand");
  const basis = basisOf(step, scenario).find((n) => notPlayed.has(n));
  return basis === undefined ? undefined : `builds on step ${basis}, which is not played`;
}

/** Numbers of the earlier steps that this one builds on, in order. */
function basisOf(step: Step, scenario: Scenario): number[] {
  const earlier = scenario.steps.slice(0, scenario.steps.indexOf(step));
  const named = new Set([
    ...idLists.flatMap((key) => (step.with[key] as string[] | undefined) ?? []),
    ...(step.with.strand === undefined ? [] : [step.with.strand]),
    ...(step.expect.missing ?? []),
    ...(step.expect.includes ?? []),
    ...(step.do === "claim" && step.expect.result === "accepted" ? positiveOf(step, scenario) : []),
    ...(step.do === "answer_matrix" ? itemsOfRows(step, scenario) : []),
  ]);
  const makers = new Set(
    [...named].flatMap((id) => {
      const maker = earlier.find((other) =>
        idLists.some((key) => ((other.with[key] as string[] | undefined) ?? []).includes(id)),
      );
      return maker ? [maker.n] : [];
    }),
  );
  return earlier
    .filter(
      (other) =>
        makers.has(other.n) ||
        (step.do === "claim" && isAnswerFor(other, step.with.strand)) ||
        (step.do === "close" && countsAtClose.has(other.do) && other.expect.result === "accepted"),
    )
    .map((other) => other.n);
}

/** The items that carry the claim, as the scenario expects it to stand. */
function positiveOf(step: Step, scenario: Scenario): string[] {
  const strand = scenario.strands.find((s) => s.id === step.with.strand);
  const verdict = strand?.expected.verdicts.find(
    (v) => v.layer === step.with.layer && v.verdict === step.with.verdict,
  );
  return verdict?.positive ?? [];
}

/** The items that the rows cite: a row needs its evidence (R9), other than one that cannot tell. */
function itemsOfRows(step: Step, scenario: Scenario): string[] {
  const strand = scenario.strands.find((s) => s.id === step.with.strand);
  const rows = (strand?.matrix ?? []).filter((row) => (step.with.rows ?? []).includes(row.row));
  return rows.filter((row) => !row.cannot_tell).flatMap((row) => row.evidence_ids);
}

function isAnswerFor(step: Step, strand: string | undefined): boolean {
  if (step.do === "answer_matrix") return step.with.strand === strand;
  if (step.do !== "answer_layer" && step.do !== "answer_layers") return false;
  return strand !== undefined && (step.with.strand_ids ?? []).includes(strand);
}

function later(what: string): string {
  return `${what} comes with a later version`;
}
