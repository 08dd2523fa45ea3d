import { armLines } from "#sandbox/play/figures.ts";
import type { Scenario, ScenarioEvidence, Step } from "#sandbox/scenario.ts";
import { decideAddArms } from "#src/domain/add-arms.ts";
import { decideAddEvidence } from "#src/domain/add-evidence.ts";
import { decideAnswerLayers } from "#src/domain/answer-layers.ts";
import { decideAnswerRows } from "#src/domain/answer-rows.ts";
import { decideAnswerSplit } from "#src/domain/answer-split.ts";
import type { Decision, Mark } from "#src/domain/decision.ts";
import { decideAddStrand } from "#src/domain/edit-strands.ts";
import { parseArms } from "#src/domain/figures/parse-arms.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { Rejection } from "#src/domain/rejection.ts";
import { decideSetVerdict } from "#src/domain/set-verdict.ts";
import { splitSuggestion } from "#src/domain/split.ts";
import { decideVerifyReport } from "#src/domain/verify-report.ts";
import type { Confidence, EvidenceKind, VerdictKind } from "#src/domain/vocabulary.ts";
import type { Result } from "#src/lib/result.ts";
import { incidentId, openIncident, person, user } from "#test/domain/fixtures.ts";
import { applyChanges } from "./apply-decision.ts";
import { figuresOf, value } from "./scenario-figures.ts";

/** What the deciders answered to a step. */
export interface Answered {
  step: Step;
  rejection?: Rejection;
  marks: Mark[];
}

/**
 * Plays what a scenario says of attribution through the deciders, in memory, step by step; other steps are
 * left out. `onState` sees the state after each.
 */
export function playAttribution(
  scenario: Scenario,
  onState: (state: IncidentState, step: Step) => void = () => undefined,
): { answered: Answered[]; state: IncidentState; ids: ReadonlyMap<string, number> } {
  const play = new Play(scenario);
  const answered = scenario.steps.flatMap((step) => {
    const plays = play.of(step);
    if (!plays) return [];
    let last: Answered = { step, marks: [] };
    for (const one of plays) {
      const result = one();
      if (!result.ok) {
        last = { step, marks: [], rejection: result.error };
        break;
      }
      play.state = applyChanges(play.state, result.value.changes);
      last = { step, marks: result.value.outcome.marks ?? [] };
    }
    onState(play.state, step);
    return [last];
  });
  return { answered, state: play.state, ids: play.ids };
}

type Make = () => Result<Decision, Rejection>;

class Play {
  state = openIncident();
  /** The scenario's ids of strands and items, to ours. */
  readonly ids = new Map<string, number>();
  readonly scenario: Scenario;
  now = new Date("2026-01-01T00:00:00Z");

  constructor(scenario: Scenario) {
    this.scenario = scenario;
  }

  of(step: Step): Make[] | undefined {
    if (step.at) this.now = new Date(step.at);
    const by = { userId: user(step.actor), now: this.now };
    const w = step.with;
    switch (step.do) {
      case "declare":
        this.ids.set(w.strand_ids?.[0] ?? "", 1);
        return undefined;
      case "add_evidence":
        return this.items(w.evidence_ids).map((item) => () => {
          this.ids.set(item.id, this.state.evidence.length + 1);
          const figures = figuresOf(this.scenario, item);
          return decideAddEvidence(this.state, { ...this.evidence(item), figures }, by);
        });
      case "add_arms":
        return this.items(w.evidence_ids).map((item) => () => {
          const wanted = w["arm_ids"] as string[];
          const arms = armLines((item.arms ?? []).filter(({ id }) => wanted.includes(id)));
          const evidenceNumber = this.ids.get(item.id);
          const before = this.state.evidence.find(({ number }) => number === evidenceNumber);
          const parsed = value(parseArms(arms, before?.data.arms ?? []));
          if (before) {
            return decideAddArms(
              this.state,
              { incidentId, evidenceNumber: before.number, arms: parsed },
              by,
            );
          }
          this.ids.set(item.id, this.state.evidence.length + 1);
          const figures = { arms: parsed };
          return decideAddEvidence(this.state, { ...this.evidence(item), figures }, by);
        });
      case "verify_report":
        return this.scenario.reports
          .filter(({ id }) => w.report_ids?.includes(id))
          .flatMap((report): Make[] => [
            () => {
              this.ids.set(report.id, this.state.evidence.length + 1);
              const said = { what: report.text, supports: [], contradicts: [], clears: [] };
              const item = { kind: "E10", author: step.actor, ...said };
              const figures = this.isKnown(report.strand_ids) ? {} : { isOtherFailure: true };
              const input = this.evidence({
                ...item,
                strand_ids: report.strand_ids,
                id: report.id,
              });
              return decideAddEvidence(this.state, { ...input, figures }, by);
            },
            () =>
              decideVerifyReport(
                this.state,
                {
                  incidentId,
                  evidenceNumber: this.ids.get(report.id) ?? 0,
                  isVerified: report.verified,
                },
                by,
              ),
          ]);
      case "suggest_split_answer":
        return [
          () => {
            const ids = (w.strand_ids ?? []).filter((id) => !this.ids.has(id));
            const strands = ids.map((id) => this.strand(id));
            const suggestion = splitSuggestion(this.state, 1);
            const evidenceNumbers = suggestion?.items.map(({ number }) => number) ?? [];
            for (const id of ids) this.ids.set(id, this.ids.size && this.nextStrand(ids, id));
            const isAccepted = w["accept"] !== false;
            const answer = { incidentId, strandNumber: 1, evidenceNumbers, isAccepted };
            return decideAnswerSplit(
              this.state,
              { ...answer, why: w.text ?? null, strands, stays: null },
              by,
            );
          },
        ];
      case "add_strand":
        return (w.strand_ids ?? []).map((id) => () => {
          const input = { ...this.strand(id), incidentId, windowTo: null };
          this.ids.set(id, this.state.strands.length + 1);
          return decideAddStrand(this.state, input, by);
        });
      case "answer_layer":
      case "answer_layers":
        return this.answers(step, by);
      case "answer_matrix":
        return this.rows(step, by);
      case "claim":
        return [
          () =>
            decideSetVerdict(
              this.state,
              {
                incidentId,
                strandNumber: this.ids.get(w.strand ?? "") ?? 0,
                layer: w.layer as LayerId,
                verdict: w.verdict as VerdictKind,
                confidence: (w.confidence ?? null) as Confidence | null,
                scope: w.scope ?? {},
                contribution: w.verdict === "contributing" ? w.text || null : null,
                reason: w.verdict === "proximate" ? (w.text ?? null) : null,
                locus: "ours",
                evidenceNumbers: this.numbers(w.evidence_ids),
                approver: w.approver === undefined ? null : user(w.approver),
              },
              by,
              [],
              w.approver === undefined ? undefined : person({ userId: user(w.approver) }),
            ),
        ];
      default:
        return undefined;
    }
  }

  private answers({ with: w }: Step, by: { userId: ReturnType<typeof user>; now: Date }): Make[] {
    const strands = w.strand_ids ?? [];
    const strand = this.scenario.strands.find(({ id }) => strands.includes(id));
    const asked = w.layers ?? [w.layer];
    return (strand?.answers ?? [])
      .filter(({ layer }) => asked.includes(layer))
      .map((one) => () => {
        const answer = {
          layer: one.layer as LayerId,
          strandNumbers: strands.map((id) => this.ids.get(id) ?? 0),
          change: one.state === "answered" ? one.answer : one.state,
          isSourceComplete: one.change_source_complete,
          standsForAllQuestions: one.state === "answered",
          rulesOut: one.verdict === "cleared" || one.verdict === "not_applicable",
          isBeyondTelling: one.verdict === "undeterminable",
          sentence: one.note ?? null,
          evidenceNumbers: this.numbers(one.evidence_ids),
        };
        const input = { incidentId, author: user(one.author), answers: [answer] };
        return decideAnswerLayers(this.state, input, by);
      });
  }

  private rows({ with: w }: Step, by: { userId: ReturnType<typeof user>; now: Date }): Make[] {
    const strand = this.scenario.strands.find(({ id }) => id === w.strand);
    return (strand?.matrix ?? [])
      .filter(({ row }) => w.rows?.includes(row))
      .map((row) => () => {
        const pointsTo = (row.speaks_for ?? null) as LayerId | null;
        const reading = row.cannot_tell ? "cannot_tell" : pointsTo ? "points_to" : "rules_out";
        const filled = { row: row.row, reading, pointsTo, sentence: row.answer } as const;
        return decideAnswerRows(
          this.state,
          {
            incidentId,
            strandNumber: this.ids.get(w.strand ?? "") ?? 0,
            claimedLayer: row.layer as LayerId,
            author: user(row.author),
            rows: [{ ...filled, evidenceNumbers: this.numbers(row.evidence_ids) }],
          },
          by,
        );
      });
  }

  private nextStrand(ids: readonly string[], id: string): number {
    return this.state.strands.length + 1 + ids.indexOf(id);
  }

  private items(ids: readonly string[] = []): ScenarioEvidence[] {
    return ids.flatMap((id) => this.scenario.evidence.find((item) => item.id === id) ?? []);
  }

  private numbers(ids: readonly string[] = []): number[] {
    return ids.flatMap((id) => this.ids.get(id) ?? []);
  }

  private isKnown(strands: readonly string[]): boolean {
    return strands.some((id) => this.ids.has(id));
  }

  private strand(id: string) {
    const strand = this.scenario.strands.find((one) => one.id === id);
    const waiting = [...this.scenario.evidence, ...this.scenario.reports].filter(
      (item) => item.strand_ids.includes(id) && this.ids.has(item.id),
    );
    return {
      name: strand?.name ?? "",
      symptom: strand?.symptom ?? null,
      windowFrom: null,
      slice: strand?.slice ?? {},
      evidenceNumbers: this.numbers(waiting.map((item) => item.id)),
    };
  }

  private evidence(item: ScenarioEvidence) {
    const numbers = this.numbers(item.strand_ids.filter((id) => this.ids.has(id)));
    return {
      incidentId,
      kind: item.kind as EvidenceKind,
      what: item.what,
      strandNumbers: numbers.length > 0 ? numbers : null,
      supports: item.supports as LayerId[],
      contradicts: item.contradicts as LayerId[],
      clears: item.clears as LayerId[],
      link: null,
      source: null,
      slice: item.slice ?? {},
      author: user(item.author),
    };
  }
}
