// Goal: the scenario s0-stale-index goes through the deciders as it expects, before anything is wired.
// Method: its steps in order, in memory; each decision is applied to the state as saving does. Steps whose
// `do` does not exist yet are listed, not played.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { decideAddAction } from "#src/domain/add-action.ts";
import { decideAddFactor } from "#src/domain/add-factor.ts";
import { decideAddGap } from "#src/domain/add-gap.ts";
import { decideAddGolden } from "#src/domain/add-golden.ts";
import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { decideAnswerLever } from "#src/domain/answer-lever.ts";
import { decideAnswerRows } from "#src/domain/answer-rows.ts";
import { decideCloseIncident } from "#src/domain/close-incident.ts";
import type { Decision } from "#src/domain/decision.ts";
import { decideEndLever } from "#src/domain/end-lever.ts";
import type { Cohort } from "#src/domain/figures/figures.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { LeverId } from "#src/domain/lever.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import { decideStabilize } from "#src/domain/stabilize.ts";
import type {
  ChangeState,
  Confidence,
  ConstraintKind,
  EvidenceKind,
  FactorCategory,
  GapKind,
  VerdictKind,
} from "#src/domain/vocabulary.ts";
import type { Result } from "#src/lib/result.ts";
import { applyChanges } from "#test/support/apply-decision.ts";
import { plainLever } from "#test/support/not-yet.ts";
import { incidentId, openIncident, person, user } from "./fixtures.ts";

interface Step {
  n: number;
  actor: string;
  do: string;
  at?: string;
  with: {
    strand?: string;
    layer?: LayerId;
    layers?: LayerId[];
    verdict?: VerdictKind;
    confidence?: Confidence;
    text?: string;
    approver?: string;
    rows?: string[];
    evidence_ids?: string[];
    lever_ids?: string[];
    action_ids?: string[];
    gap_ids?: string[];
    factor_ids?: string[];
    golden_ids?: string[];
  };
  expect: { result: string; rule?: string; missing?: string[] };
}
interface Scenario {
  strands: {
    answers: {
      layer: LayerId;
      answer: ChangeState;
      change_source_complete: boolean;
      evidence_ids: string[];
      author: string;
      verdict: VerdictKind;
    }[];
    matrix: {
      row: string;
      layer: LayerId;
      answer: string;
      evidence_ids: string[];
      author: string;
    }[];
  }[];
  evidence: {
    id: string;
    kind: EvidenceKind;
    what: string;
    supports: LayerId[];
    contradicts: LayerId[];
    clears: LayerId[];
    author: string;
    cohorts?: Cohort[];
  }[];
  stabilization: {
    id: string;
    lever: LeverId;
    authorized_by: string;
    tradeoff: string;
    revert_condition: string;
    fate_owner: string;
  }[];
  corrective_actions: {
    id: string;
    title: string;
    owner: string;
    due: string;
    layer: LayerId;
    constraint: ConstraintKind;
    criterion: string;
    enforcement: string;
  }[];
  detection_gaps: { id: string; kind: GapKind; layer: LayerId; text: string }[];
  contributing_factors: { id: string; cat: FactorCategory; layer: LayerId; text: string }[];
  goldens: { id: string; from_evidence: string; input: string; pass_when: string }[];
  steps: Step[];
}

const scenario = parse(
  readFileSync(new URL("../../scenarios/s0-stale-index.yaml", import.meta.url), "utf8"),
) as Scenario;
const [strand] = scenario.strands;
if (!strand) throw new Error("the scenario has no strand");

const notPlayed = ["assign_role", "add_note", "set_criterion", "observe_recovery"];

/** Evidence and levers get our numbers in the order in which they come in; the scenario knows its own ids. */
const numberOf = new Map<string, number>();
const numbersOf = (ids: string[]): number[] => ids.flatMap((id) => numberOf.get(id) ?? []);
const found = <Row>(rows: Row[], isIt: (row: Row) => boolean): Row => {
  const row = rows.find(isIt);
  if (!row) throw new Error("the step refers to nothing in the scenario");
  return row;
};

type Play = (state: IncidentState) => Result<Decision, Rejection>;

/** The forms of one step, in order: a step can stand for several. */
function playsOf(step: Step, now: Date): Play[] {
  const { with: w } = step;
  const by = { userId: user(step.actor), now };
  switch (step.do) {
    case "declare":
      return [];
    case "claim":
      return [
        (state) =>
          decideSetVerdict(
            state,
            {
              incidentId,
              strandNumber: 1,
              layer: w.layer!,
              verdict: w.verdict!,
              confidence: w.confidence ?? null,
              scope: {},
              contribution: w.verdict === "contributing" ? (w.text ?? null) : null,
              reason: w.verdict === "proximate" ? (w.text ?? null) : null,
              locus: "ours",
              evidenceNumbers: numbersOf(w.evidence_ids ?? []),
              approver: w.approver === undefined ? null : user(w.approver),
            },
            by,
            [],
            w.approver === undefined ? undefined : person({ userId: user(w.approver) }),
          ),
      ];
    case "stabilize":
      return w.lever_ids!.map((id) => (state) => {
        const use = found(scenario.stabilization, (one) => one.id === id);
        numberOf.set(id, state.levers.length + 1);
        return decideStabilize(
          state,
          {
            incidentId,
            lever: use.lever,
            ownWords: null,
            layer: null,
            authorizer: user(use.authorized_by),
            tradeoff: use.tradeoff,
            revertCondition: use.revert_condition,
            scope: null,
            savedFirst: null,
            ...plainLever,
          },
          by,
          { authorizer: undefined },
        );
      });
    case "confirm_lever":
      return numbersOf(w.lever_ids!).map(
        (leverNumber) => (state) =>
          decideAnswerLever(state, { incidentId, leverNumber, isConfirmed: true }, by),
      );
    case "revert_lever":
      return w.lever_ids!.map((id) => (state) => {
        const endedBy = user(found(scenario.stabilization, (one) => one.id === id).fate_owner);
        const leverNumber = numberOf.get(id)!;
        const input = {
          incidentId,
          leverNumber,
          endedHow: "taken_back",
          endedBy,
          why: "done",
        } as const;
        return decideEndLever(state, input, by);
      });
    case "add_evidence":
      return w.evidence_ids!.map((id) => (state) => {
        const { kind, what, supports, contradicts, clears, author, cohorts } = found(
          scenario.evidence,
          (one) => one.id === id,
        );
        numberOf.set(id, state.evidence.length + 1);
        const said = { kind, what, supports, contradicts, clears, author: user(author) };
        return decideAddEvidence(
          state,
          {
            incidentId,
            strandNumbers: null,
            link: null,
            source: null,
            slice: {},
            ...(cohorts ? { figures: { cohorts } } : {}),
            ...said,
          },
          by,
        );
      });
    case "answer_layer":
    case "answer_layers":
      return [
        (state) => {
          const asked = w.layers ?? [w.layer!];
          const given = strand!.answers.filter((one) => asked.includes(one.layer));
          return decideAnswerLayers(
            state,
            {
              incidentId,
              author: user(given[0]!.author),
              answers: given.map((one) => ({
                layer: one.layer,
                strandNumbers: null,
                change: one.answer,
                isSourceComplete: one.change_source_complete,
                standsForAllQuestions: true,
                rulesOut: one.verdict === "cleared",
                sentence: null,
                evidenceNumbers: numbersOf(one.evidence_ids),
              })),
            },
            by,
          );
        },
      ];
    case "answer_matrix":
      return w.rows!.map((id) => (state) => {
        const row = found(strand!.matrix, (one) => one.row === id);
        const filled = {
          row: id,
          reading: "rules_out" as const,
          pointsTo: null,
          sentence: row.answer,
        };
        return decideAnswerRows(
          state,
          {
            incidentId,
            strandNumber: 1,
            claimedLayer: row.layer,
            author: user(row.author),
            rows: [{ ...filled, evidenceNumbers: numbersOf(row.evidence_ids) }],
          },
          by,
        );
      });
    case "add_action":
      return w.action_ids!.map((id) => (state) => {
        const { title, owner, due, criterion, layer, constraint, enforcement } = found(
          scenario.corrective_actions,
          (one) => one.id === id,
        );
        const input = {
          incidentId,
          title,
          owner: user(owner),
          ownerLogin: owner,
          dueOn: due.slice(0, 10),
          criterion,
          layer,
          constraintKind: constraint,
          enforcement: enforcement || null,
          addresses: ["S1"],
          verification: null,
          isImmediateSafety: false,
        };
        return decideAddAction(state, input, by, {
          owner: undefined,
          knownLogin: null,
          isGitHubConfigured: true,
        });
      });
    case "add_gap":
      return w.gap_ids!.map((id) => (state) => {
        const { kind, layer, text } = found(scenario.detection_gaps, (one) => one.id === id);
        const input = { incidentId, number: null, kind, layer, statement: text, actionNumbers: [] };
        return decideAddGap(state, input, by);
      });
    case "add_factor":
      return w.factor_ids!.map((id) => (state) => {
        const one = found(scenario.contributing_factors, (factor) => factor.id === id);
        const { cat: category, layer, text: statement } = one;
        const links = { interactsWith: [], actionNumbers: [] };
        const input = { incidentId, number: null, category, layer, statement, ...links };
        return decideAddFactor(state, input, by);
      });
    case "add_golden":
      return w.golden_ids!.map((id) => (state) => {
        const golden = found(scenario.goldens, (one) => one.id === id);
        const { input, pass_when: passWhen, from_evidence } = golden;
        const [fromEvidence = null] = numbersOf([from_evidence]);
        return decideAddGolden(
          state,
          {
            incidentId,
            number: null,
            strandNumbers: null,
            fromEvidence,
            preconditions: null,
            input,
            passWhen,
          },
          by,
        );
      });
    case "close":
      return [
        (state) =>
          decideCloseIncident(state, { incidentId, closeAs: "attributed", approver: null }, by),
      ];
    default:
      throw new Error(`no player for ${step.do}`);
  }
}

/** What the step says of a rejection: as a refusal block would, or as the field error that ends in its rule. */
function asExpected(rejection: Rejection): { rules: string[]; missing: string[] } {
  if (rejection.code === "refused") return rejection.refusal;
  if (rejection.code !== "bad_field") return { rules: [], missing: [] };
  return { rules: [/\[(\w+)\]$/.exec(rejection.message)?.[1] ?? ""], missing: [rejection.field] };
}

test("S0: 24 of its 28 steps go as expected, and its verdicts stand as expected", () => {
  let state = openIncident();
  let now = new Date("2026-03-09T09:20:00Z");
  let timelineLength = 0;
  let played = 0;
  for (const step of scenario.steps) {
    if (step.at) now = new Date(step.at);
    if (notPlayed.includes(step.do)) continue;
    played += 1;
    for (const play of playsOf(step, now)) {
      const result = play(state);
      const label = `step ${step.n} (${step.do})`;
      if (result.ok) {
        expect([label, "accepted"]).toEqual([label, step.expect.result]);
        state = applyChanges(state, result.value.changes);
        timelineLength += result.value.timeline.length;
        continue;
      }
      expect([label, "refused", result.error.message]).toEqual([
        label,
        step.expect.result,
        result.error.message,
      ]);
      const { rules, missing } = asExpected(result.error);
      expect([label, rules]).toEqual([label, expect.arrayContaining([step.expect.rule])]);
      expect([label, missing]).toEqual([label, step.expect.missing]);
    }
  }
  expect(played).toBe(24);
  expect(scenario.steps).toHaveLength(28);
  expect(state.incident).toMatchObject({
    status: "closed",
    phase: "learning",
    closedAs: "attributed",
  });
  expect(state.levers).toMatchObject([{ state: "confirmed", endedHow: "taken_back" }]);
  expect(state.actions.map((one) => one.number)).toEqual([1, 2]);
  const standing = state.verdicts.map((one) =>
    `${one.layer} ${one.verdict} ${one.confidence ?? ""}`.trim(),
  );
  expect(standing.toSorted()).toEqual([
    "infrastructure cleared",
    "integration_ui contributing",
    "model cleared",
    "orchestration_tools cleared",
    "prompt_policy cleared",
    "retrieval_data proximate probable",
  ]);
  expect(timelineLength).toBeGreaterThan(25);
});
