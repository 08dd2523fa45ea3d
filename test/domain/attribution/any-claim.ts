import fc from "fast-check";
import type { VerdictClaim } from "#src/domain/attribution/claim.ts";
import type { Answer, EvidenceItem, RowReading } from "#src/domain/evidence.ts";
import { type Arm, type Figures, splits } from "#src/domain/figures/figures.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import type { Slice } from "#src/domain/strand.ts";
import {
  type ChangeState,
  changeStates,
  type Confidence,
  confidences,
  type EvidenceKind,
  evidenceKinds,
  type VerdictKind,
  verdictKinds,
} from "#src/domain/vocabulary.ts";
import {
  allRows,
  answer,
  item,
  lever,
  openIncident,
  user,
  verdict,
} from "#test/domain/fixtures.ts";
import { claim, proof } from "#test/domain/proof.ts";

/** An incident and what somebody claims in it. */
export interface Claimed {
  state: IncidentState;
  made: VerdictClaim;
}

const keys = <Key extends string>(table: Record<Key, unknown>) =>
  fc.constantFrom(...(Object.keys(table) as Key[]));
/** Mostly the first, so that whole claims stay frequent. */
const mostly = <Value>(usual: Value, rare: fc.Arbitrary<Value>, weight = 5) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight }, { arbitrary: rare, weight: 1 });

const layer = fc.constantFrom(...layerIds);
const slice: fc.Arbitrary<Slice> = mostly(
  {},
  fc.constantFrom<Slice>({ region: ["eu"] }, { region: ["us"] }, { region: ["eu", "us"] }),
);
const counts = fc
  .tuple(fc.constantFrom(5, 10, 20, 40), fc.constantFrom(0, 0, 0.2, 0.8, 1, 1))
  .map(([n, share]) => ({ n, fails: Math.round(n * share) }));
const arm: fc.Arbitrary<Omit<Arm, "name">> = fc
  .record({
    role: fc.constantFrom("override", "override", "reverse", "mitigation", "baseline", "all_lkg"),
    of: fc.subarray(layerIds, { minLength: 1, maxLength: 2 }),
    isLkg: mostly(true, fc.constant(false)),
    counts,
  })
  .map(({ role, of, isLkg, counts }) => ({
    role: role,
    layers: role === "baseline" || role === "all_lkg" ? [] : of,
    isLkg,
    ...counts,
  }));
const cohort = fc
  .tuple(fc.constantFrom("a", "b"), counts)
  .map(([group, some]) => ({ group, ...some }));

/** Layers that recover each alone, or only together (R7). */
const joint = fc
  .record({ of: fc.subarray(layerIds, { minLength: 2, maxLength: 3 }), isEachAlone: fc.boolean() })
  .map(({ of, isEachAlone }) => [
    { role: "all_lkg" as const, layers: [], isLkg: true, n: 20, fails: 0 },
    ...of.map((id) => ({
      role: "override" as const,
      layers: [id],
      isLkg: true,
      n: 20,
      fails: isEachAlone ? 0 : 18,
    })),
  ]);

const figuresOf: Partial<Record<EvidenceKind, fc.Arbitrary<Figures>>> = {
  E4: fc.oneof(fc.array(arm, { minLength: 1, maxLength: 4 }), joint).map((some) => ({
    arms: [
      { name: "as it was", role: "baseline" as const, layers: [], isLkg: true, n: 20, fails: 18 },
      ...some.map((one, at) => ({ ...one, name: `arm ${at}` })),
    ],
  })),
  E5: fc
    .record({
      cohorts: fc.uniqueArray(cohort, { maxLength: 2, selector: ({ group }) => group }),
      splitBy: keys(splits),
      measure: fc.constantFrom("degraded_answer", "refusal"),
      inputCount: fc.constantFrom(1, 3),
    })
    .map((given): Figures => ({ ...given, splitBy: given.splitBy })),
  E6: fc.record({
    inputCount: fc.constantFrom(1, 3),
    isSameBuild: fc.boolean(),
    ablation: fc.tuple(counts, counts, counts).map(([on, off, back]) => [
      { group: "line", hasChange: true, ...on },
      { group: "line", hasChange: false, ...off },
      { group: "line added back", hasChange: true, ...back },
    ]),
  }),
  E7: fc.tuple(counts, counts).map(([suspect, control]) => ({
    stacks: [
      { stack: "ours", isControl: false, ...suspect },
      { stack: "other", isControl: true, ...control },
    ],
  })),
  E10: fc.record({ isOtherFailure: fc.boolean() }),
};

/** An item of any kind, with figures of its kind or none. It never supports what it speaks against. */
export const anyItem: fc.Arbitrary<EvidenceItem> = fc
  .oneof(keys(evidenceKinds), fc.constantFrom<EvidenceKind>("E4", "E5", "E7", "E10"))
  .chain((kind) =>
    fc
      .record({
        supports: fc.subarray(layerIds, { maxLength: 2 }),
        against: fc.subarray(layerIds, { maxLength: 2 }),
        isClearing: fc.boolean(),
        slice,
        data: mostly({}, figuresOf[kind] ?? fc.constant({}), 1),
        isVerified: fc.constantFrom(true, false, null),
      })
      .map(({ supports, against, isClearing, slice, data, isVerified }) => {
        const others = against.filter((id) => !supports.includes(id));
        const said = isClearing ? { clears: others } : { contradicts: others };
        return item(1, { kind, supports, slice, data, isVerified, ...said });
      }),
  );

const anyRow = fc.record({
  at: fc.nat(10),
  isGone: fc.boolean(),
  reading: fc.constantFrom<RowReading>("rules_out", "points_to", "cannot_tell", "no_other_version"),
  pointsTo: layer,
  hasEvidence: fc.boolean(),
});

const blaming = "An engineer forgot to rebuild the index.";

/**
 * A claim that is carried but for what was taken away, added or answered otherwise: often nothing, so that
 * many are accepted at each confidence, and seldom more than a few things, so that single rules refuse.
 */
export const anyClaim: fc.Arbitrary<Claimed> = layer.chain((claimed) =>
  fc
    .record({
      carries: keys(confidences),
      // null: as the evidence carries it
      confidence: mostly<Confidence | null>(null, keys(confidences), 1),
      rest: mostly("decisive", fc.constantFrom("two_kinds", "two_kinds", "changes"), 4),
      verdict: mostly<VerdictKind>(
        "proximate",
        fc.oneof(keys(verdictKinds), fc.constant<VerdictKind>("cleared")),
        3,
      ),
      answers: fc.array(
        fc.record({
          layer: fc.oneof(layer, fc.constant(claimed)),
          change: mostly<ChangeState | null>(null, keys(changeStates), 2),
          isSourceComplete: fc.boolean(),
          standsForAllQuestions: fc.boolean(),
          strandNumbers: fc.constantFrom<number[] | null>(null, [1]),
        }),
        { maxLength: 1 },
      ),
      unanswered: mostly([], fc.subarray(layerIds, { maxLength: 2 })),
      rows: mostly([], fc.array(anyRow, { maxLength: 2 }), 3),
      gone: mostly([], fc.uniqueArray(fc.nat(6), { maxLength: 2 }), 4),
      extra: fc.array(anyItem, { maxLength: 3 }),
      scope: slice,
      names: mostly(null, fc.subarray([1, 2, 3, 4, 5, 6, 7])),
      approver: fc.constantFrom(null, user("U-approver")),
      reason: fc.constantFrom(null, "the logs are gone"),
      contribution: mostly(null, fc.constantFrom("it hid the date", blaming), 3),
      isLevered: fc.boolean(),
      isGivenUp: mostly(false, fc.constant(true), 8),
    })
    .map((given): Claimed => {
      const carried = { confidence: given.carries };
      const evidence = [
        ...proof(claimed, given.rest === "decisive" ? carried : { rest: "two_kinds" })
          .map((one, at) => (given.rest === "changes" ? asChange(one, at) : one))
          .filter((_, at) => !given.gone.includes(at)),
        // what rules it out, for a claim that does
        ...(given.verdict === "cleared" ? [item(1, { kind: "E3", clears: [claimed] })] : []),
        ...given.extra,
      ].map((one, at) => ({ ...one, number: at + 1 }));
      const state = openIncident({
        evidence,
        answers: answersOf(given.answers, given.unanswered, given.verdict === "cleared"),
        rowAnswers: rowsOf(claimed, given.rows),
        levers: given.isLevered ? [lever(1, { layer: claimed })] : [],
        verdicts: given.isGivenUp
          ? [verdict("integration_ui", { verdict: "undeterminable", confidence: null })]
          : [],
      });
      const made = claim(claimed, {
        verdict: given.verdict,
        confidence: given.verdict === "proximate" ? (given.confidence ?? given.carries) : null,
        scope: given.scope,
        evidenceNumbers: given.names?.filter((one) => one <= evidence.length) ?? [],
        approver: given.approver,
        reason: given.reason,
        contribution: given.contribution,
      });
      return { state, made };
    }),
);

/** R3: where it supports the layer, it shows that something changed and no more. */
function asChange(one: EvidenceItem, at: number): EvidenceItem {
  return one.supports.length === 0 ? one : { ...one, kind: at === 0 ? "E1" : "E2", data: {} };
}

function answersOf(
  given: (Pick<Answer, "layer" | "isSourceComplete" | "standsForAllQuestions" | "strandNumbers"> & {
    change: ChangeState | null;
  })[],
  unanswered: LayerId[],
  mayBeIncomplete: boolean,
) {
  const own = given.map(({ change, ...one }, at) =>
    answer(one.layer, {
      ...one,
      ...(change === null ? {} : { change }),
      isSourceComplete: one.isSourceComplete || (change === null && !mayBeIncomplete),
      revision: at + 2,
    }),
  );
  return [...layerIds.map((id) => answer(id)), ...own].filter(
    (one) => !unanswered.includes(one.layer),
  );
}

function rowsOf(
  claimed: LayerId,
  given: {
    at: number;
    isGone: boolean;
    reading: RowReading;
    pointsTo: LayerId;
    hasEvidence: boolean;
  }[],
) {
  return allRows(claimed).flatMap((row, at) => {
    const other = given.find((one) => one.at % layers[claimed].opposing.length === at);
    if (!other) return [row];
    if (other.isGone) return [];
    const reading =
      other.reading === "no_other_version" && row.row !== "M10" ? "cannot_tell" : other.reading;
    const pointsTo = reading === "points_to" ? other.pointsTo : null;
    return [{ ...row, reading, pointsTo, evidenceNumbers: other.hasEvidence ? [1] : [] }];
  });
}
