import type { Scenario, Step } from "#sandbox/scenario.ts";

/** The rules and gates that the product refuses by today. */
const knownRules = new Set(
  "R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 B3.1 B5 B9 Q0 Q1 Q2 Q3 Q4 Q5 Q6".split(" "),
);

/** Things that a close, and a move to a late phase, look at: where one of these was not made, its outcome would be another. */
const countsAtGates = new Set([
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
  "report_ids",
  "arm_ids",
  "lever_ids",
  "criterion_ids",
  "action_ids",
  "risk_ids",
  "gap_ids",
  "factor_ids",
  "golden_ids",
  "dissent_ids",
  "change_ids",
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
  const basis = basisOf(step, scenario).find((n) => notPlayed.has(n));
  return basis === undefined ? undefined : `builds on step ${basis}, which is not played`;
}

/** Numbers of the earlier steps that this one builds on, in order. */
function basisOf(step: Step, scenario: Scenario): number[] {
  const earlier = scenario.steps.slice(0, scenario.steps.indexOf(step));
  const makers = new Set(
    [...namedIn(step, scenario)].flatMap((named) => {
      const maker = earlier.find((other) => makes(other, named));
      return maker ? [maker.n] : [];
    }),
  );
  return earlier
    .filter(
      (other) =>
        makers.has(other.n) ||
        (step.do === "claim" && carriesClaim(other, step)) ||
        (step.do === "dissent" && isDissentedFrom(other, step, scenario)) ||
        (isGate(step) && countsAtGates.has(other.do) && other.expect.result === "accepted") ||
        (step.do === "reopen" && other.do === "close" && other.expect.result === "accepted"),
    )
    .map((other) => other.n);
}

/** An id, and the list it belongs to: arms and actions are both called A1. No list: whichever has it. */
interface Named {
  list: (typeof idLists)[number] | undefined;
  id: string;
}

function namedIn(step: Step, scenario: Scenario): Named[] {
  const { with: data, expect } = step;
  const of = (list: Named["list"], ids: readonly string[]) => ids.map((id) => ({ list, id }));
  const itemIds = [
    ...(step.do === "claim" && expect.result === "accepted" ? positiveOf(step, scenario) : []),
    ...(step.do === "answer_matrix" ? itemsOfRows(step, scenario) : []),
    ...(step.do.startsWith("answer_layer") ? onlyClears(step, scenario) : []),
    ...(data.golden_ids ?? []).map((id) => byId(scenario.goldens, id)?.from_evidence ?? ""),
  ];
  return [
    ...idLists.flatMap((list) => of(list, (data[list] as string[] | undefined) ?? [])),
    ...of("strand_ids", strandsOf(step, scenario)),
    ...of("evidence_ids", itemIds),
    ...of(undefined, [...(expect.missing ?? []), ...(expect.includes ?? [])]),
  ];
}

/** The strands that a step is about without naming them among its ids. */
function strandsOf({ do: kind, with: data }: Step, scenario: Scenario): string[] {
  const own = data.strand === undefined ? [] : [data.strand];
  const ofDissents = (data.dissent_ids ?? []).flatMap((id) => {
    const dissent = byId(scenario.dissents, id);
    return dissent ? [dissent.strand] : [];
  });
  // an item of a strand that does not exist yet waits for it: it is enough that one of them is there
  const items = kind === "add_evidence" ? (data.evidence_ids ?? []) : [];
  const ofItems = items.flatMap((id) => {
    const strandIds = byId(scenario.evidence, id)?.strand_ids ?? [];
    return strandIds.length === 1 ? strandIds : [];
  });
  return [...own, ...ofDissents, ...ofItems];
}

function byId<Item extends { id: string }>(items: readonly Item[], id: string): Item | undefined {
  return items.find((item) => item.id === id);
}

function makes(step: Step, { list, id }: Named): boolean {
  const lists = list === undefined ? idLists : [list];
  return lists.some((key) => ((step.with[key] as string[] | undefined) ?? []).includes(id));
}

/**
 * The item that clears a layer, where an answer that rules it out cites one alone (R2): with several, any
 * of them will do.
 */
function onlyClears({ with: data }: Step, scenario: Scenario): string[] {
  const strand = scenario.strands.find(({ id }) => (data.strand_ids ?? []).includes(id));
  const layers = data.layers ?? [data.layer];
  const answers = (strand?.answers ?? []).filter(
    ({ layer, verdict }) => layers.includes(layer) && verdict === "cleared",
  );
  return answers.flatMap(({ layer, evidence_ids: ids }) => {
    const clearing = ids.filter((id) => byId(scenario.evidence, id)?.clears.includes(layer));
    return clearing.length === 1 ? clearing : [];
  });
}

/** A verdict is there before somebody disagrees with it. */
function isDissentedFrom(other: Step, { with: data }: Step, scenario: Scenario): boolean {
  return (data.dissent_ids ?? []).some((id) => {
    const said = byId(scenario.dissents, id);
    const { strand, layer } = other.with;
    const isAbout = said !== undefined && strand === said.strand && layer === said.layer;
    return other.do === "claim" && isAbout && other.expect.result === "accepted";
  });
}

/** What a claim is tested by: a proximate one by every answer and row of its strand (R1, R9), one that clears by its layer's answers (R2). */
function carriesClaim(other: Step, { with: claim }: Step): boolean {
  if (claim.verdict === "proximate") return isAnswerFor(other, claim.strand);
  const isClearing = claim.verdict === "cleared" || claim.verdict === "not_applicable";
  const layers = other.with.layers ?? [other.with.layer];
  return isClearing && layers.includes(claim.layer) && isAnswerFor(other, claim.strand);
}

/** What looks at all that was recorded before: the end of the response, and a move forward that is let through. */
function isGate({ do: kind, with: data, expect }: Step): boolean {
  if (kind === "close") return true;
  const isLate = data.phase === "recovering" || data.phase === "learning";
  return kind === "change_phase" && isLate && expect.result === "accepted";
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
