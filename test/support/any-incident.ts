// Any incident that our limits allow, for property tests: long texts, foreign scripts, markup, many of everything.

import fc from "fast-check";
import type { Answer, EvidenceItem, RowAnswer } from "#src/domain/evidence.ts";
import type {
  CorrectiveAction,
  IncidentState,
  LayerOwner,
  LeverUse,
  Verdict,
} from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { leverIds } from "#src/domain/lever.ts";
import { severityIds } from "#src/domain/severity.ts";
import type { Strand } from "#src/domain/strand.ts";
import {
  capacities,
  changeStates,
  confidences,
  evidenceKinds,
  incidentClasses,
  type IncidentStatus,
  phases,
  verdictKinds,
} from "#src/domain/vocabulary.ts";
import {
  answer,
  at,
  correctiveAction,
  evidenceItem,
  incidentState,
  leverUse,
  people,
  rowAnswer,
  strand,
  verdict,
} from "./factories.ts";
import { anyChanges, fullestChanges } from "./any-changes.ts";
import { anyLearning, fullestLearning } from "./any-learning.ts";
import { anyText } from "./any-text.ts";

const anyPerson = fc.constantFrom(...Object.values(people));
const anyLayer = fc.constantFrom(...layerIds);
const anyLayers = fc.uniqueArray(anyLayer);
const someTime = fc.constantFrom(null, at("09:00"), at("23:59"));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const idOf = <T extends object>(table: T) =>
  fc.constantFrom(...(Object.keys(table) as (keyof T)[]));

const anySlice = fc.oneof(
  fc.constant({}),
  // what parseSlice takes: no form lets this one name in
  fc.dictionary(
    anyText(30).filter((one) => one !== "__proto__"),
    fc.array(anyText(30), { minLength: 1, maxLength: 3 }),
    {
      minKeys: 1,
      maxKeys: 4,
    },
  ),
);

const anyStrand = fc.record<Partial<Strand>>({
  name: anyText(150),
  windowFrom: someTime,
  windowTo: someTime,
  symptom: maybe(anyText(1000)),
  slice: anySlice,
});

/** An owner with or without a stand-in, a group that somebody answers for, or nobody. */
const anyOwner = (layer: LayerId): fc.Arbitrary<LayerOwner> =>
  fc.record({
    layer: fc.constant(layer),
    userId: maybe(anyPerson),
    groupId: maybe(fc.constant("S0OWNERS")),
    standInUserId: maybe(anyPerson),
    takenBy: maybe(anyPerson),
    remindedAt: someTime,
  });

const anyAnswer: fc.Arbitrary<Answer> = fc
  .record({
    layer: anyLayer,
    change: idOf(changeStates),
    strandNumbers: maybe(fc.constant<number[]>([1, 2])),
    isSourceComplete: fc.boolean(),
    standsForAllQuestions: fc.boolean(),
    questionAnswers: fc.dictionary(fc.constantFrom("1", "2", "6"), anyText(1000)),
    sentence: maybe(anyText(1000)),
    evidenceNumbers: fc.constantFrom<number[]>([], [1], [1, 3, 150]),
    author: anyPerson,
    revision: fc.integer({ min: 1, max: 9 }),
  })
  .map((one) => answer(one.layer, one));

const anyEvidence: fc.Arbitrary<EvidenceItem> = fc
  .record({
    kind: idOf(evidenceKinds),
    what: anyText(3000),
    link: maybe(fc.nat(1900).map((length) => `https://example.com/?q=${"<&|".repeat(length / 3)}`)),
    source: maybe(anyText(1000)),
    slice: anySlice,
    isVerified: maybe(fc.boolean()),
    verifiedBy: maybe(anyPerson),
    supports: anyLayers,
    contradicts: anyLayers,
    clears: anyLayers,
    author: anyPerson,
    recorder: anyPerson,
  })
  .map(evidenceItem);

const anyRow: fc.Arbitrary<RowAnswer> = anyLayer.chain((claimedLayer) =>
  fc
    .record({
      row: fc.constantFrom(...layers[claimedLayer].opposing.map(({ id }) => id)),
      reading: fc.constantFrom("rules_out" as const, "cannot_tell" as const),
      sentence: anyText(1000),
      evidenceNumbers: fc.constantFrom<number[]>([], [2], [150]),
    })
    .map(({ row, ...rest }) => rowAnswer(row, { ...rest, claimedLayer })),
);

const anyVerdict: fc.Arbitrary<Verdict> = fc
  .record({
    layer: anyLayer,
    strandNumber: fc.integer({ min: 1, max: 12 }),
    verdict: idOf(verdictKinds),
    confidence: maybe(idOf(confidences)),
    scope: anySlice,
    contribution: maybe(anyText(1000)),
    evidenceNumbers: fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 60 }),
    approver: maybe(anyPerson),
  })
  .map((one) => verdict(one.layer, one));

const anyLever: fc.Arbitrary<LeverUse> = fc
  .record({
    lever: fc.constantFrom(...leverIds),
    ownWords: maybe(anyText(1000)),
    tradeoff: anyText(3000),
    revertCondition: anyText(3000),
    scope: maybe(anyText(1000)),
    savedFirst: maybe(anyText(3000)),
    state: fc.constantFrom("claimed" as const, "confirmed" as const, "declined" as const),
    endedAt: someTime,
    endedHow: fc.constantFrom("taken_back" as const, "kept" as const),
    endedBy: maybe(anyPerson),
    endedWhy: maybe(anyText(3000)),
    capacity: maybe(idOf(capacities)),
    secondAuthorizer: maybe(anyPerson),
    secondCapacity: maybe(idOf(capacities)),
    secondState: fc.constantFrom(null, "claimed" as const, "confirmed" as const),
    noSecondWhy: maybe(anyText(1000)),
    cannotBeUndone: fc.boolean(),
    harmSignal: maybe(anyText(1000)),
    hasHarmMoved: maybe(fc.boolean()),
    harmSeenAt: someTime,
    harmSeenBy: maybe(anyPerson),
    conditionMetAt: someTime,
    conditionMetBy: maybe(anyPerson),
  })
  .map(leverUse);

const anyAction: fc.Arbitrary<CorrectiveAction> = fc
  .record({
    title: anyText(150),
    criterion: anyText(3000),
    enforcement: maybe(anyText(1000)),
    layer: anyLayer,
    issueUrl: maybe(fc.constant("https://github.com/example/assistant/issues/41")),
    addresses: fc.subarray(["S1", "F1", "G1", "G12"]),
    verification: maybe(anyText(1000)),
    isProvisional: fc.boolean(),
    isImmediateSafety: fc.boolean(),
    weakRules: fc.subarray(["Q3", "Q5"]),
  })
  .map(correctiveAction);

/**
 * Any state: up to 300 items of evidence, 120 verdicts, 40 answers, 12 levers, 60 strands, and all that
 * was learned; open, closed, learned or cancelled.
 */
export const anyState: fc.Arbitrary<IncidentState> = fc
  .record({
    incident: fc.record({
      title: anyText(150),
      severity: fc.constantFrom(...severityIds),
      isSeverityUnsure: fc.boolean(),
      status: fc.constantFrom<IncidentStatus>("open", "open", "closed", "learned", "cancelled"),
      phase: idOf(phases),
      serviceName: maybe(anyText(150)),
      userImpact: maybe(anyText(3000)),
      incidentClass: maybe(idOf(incidentClasses)),
      onsetAt: someTime,
      isDrill: fc.boolean(),
      channelId: maybe(fc.constant("C0INCIDENT")),
      closedAt: someTime,
      closedBy: maybe(anyPerson),
      closedAs: fc.constantFrom("attributed" as const, "undetermined" as const, null),
      closeApprover: maybe(anyPerson),
      postmortemUrl: maybe(fc.constant("https://github.com/example/postmortems/pull/3")),
      communications: maybe(anyPerson),
      scribe: maybe(anyPerson),
      sourceLink: maybe(fc.constant("https://example.slack.com/archives/C1/p1")),
      promiseBroken: maybe(anyText(1000)),
      lastUpdate: maybe(anyText(3000)),
      lastUpdateAt: someTime,
      lastUpdateBy: maybe(anyPerson),
      updateDueAt: someTime,
      stabilizedAt: someTime,
      noLeverNeededWhy: maybe(anyText(1000)),
      endedWhy: maybe(anyText(3000)),
      postmortemFileAt: someTime,
    }),
    owners: fc.tuple(...layerIds.map(anyOwner)).chain((owners) => fc.subarray(owners)),
    strands: fc.oneof(
      fc.array(anyStrand, { minLength: 1, maxLength: 12, size: "max" }),
      anyStrand.map((one) => Array.from({ length: 60 }, () => one)),
    ),
    answers: fc.array(anyAnswer, { maxLength: 40, size: "max" }),
    evidence: fc.oneof(
      fc.array(anyEvidence, { maxLength: 5 }),
      anyEvidence.map((item) => Array.from({ length: 300 }, () => item)),
    ),
    rowAnswers: fc.array(anyRow, { maxLength: 30 }),
    verdicts: fc.array(anyVerdict, { maxLength: 120, size: "max" }),
    levers: fc.array(anyLever, { maxLength: 12, size: "max" }),
    actions: fc.array(anyAction, { maxLength: 12 }),
    learned: anyLearning,
    changed: anyChanges,
  })
  .map(({ strands, evidence, levers, actions, learned, changed, ...rest }) =>
    incidentState({
      ...rest,
      ...learned,
      ...changed,
      strands: strands.map((one, index) => strand({ ...one, number: index + 1 })),
      evidence: numbered(evidence),
      levers: numbered(levers),
      actions: numbered(actions),
    }),
  );

/** Everything as long and as many as can be, each text of this one piece over and over. */
export function fullestState(piece: string, status: IncidentStatus = "open"): IncidentState {
  const long = (max: number) => piece.repeat(Math.floor(max / piece.length));
  const scope = Object.fromEntries(
    [1, 2, 3].map((index) => [`${index}${long(99)}`, [long(100), `2${long(99)}`]]),
  );
  const strandNumbers = Array.from({ length: 60 }, (_, index) => index + 1);
  const numbers = Array.from({ length: 300 }, (_, index) => index + 1);
  return incidentState({
    incident: {
      title: long(150),
      isSeverityUnsure: true,
      status,
      phase: "diagnosing",
      serviceName: long(150),
      userImpact: long(3000),
      closedAt: at("16:00"),
      closedBy: people.coordinator,
      closeApprover: people.approver,
      closedAs: "undetermined",
      communications: people.declarer,
      scribe: people.model,
      promiseBroken: long(1000),
      lastUpdate: long(3000),
      lastUpdateAt: at("15:00"),
      lastUpdateBy: people.declarer,
      updateDueAt: at("15:30"),
      noLeverNeededWhy: long(1000),
      endedWhy: long(3000),
    },
    owners: layerIds.map((layer, index) => fullOwner(layer, index)),
    strands: strandNumbers.map((number) =>
      strand({ number, name: long(150), slice: scope, symptom: long(1000), addedBy: people.model }),
    ),
    answers: layerIds.flatMap((layer) =>
      strandNumbers.map((number) =>
        answer(layer, {
          change: "not_applicable",
          strandNumbers: [number, 1, 2, 3, 4, 5],
          sentence: long(1000),
          questionAnswers: Object.fromEntries([1, 2, 3, 4, 5, 6].map((each) => [each, long(1000)])),
        }),
      ),
    ),
    evidence: numbered(
      Array.from({ length: 300 }, () =>
        evidenceItem({
          what: long(3000),
          link: `https://example.com/?q=${long(1900)}`,
          source: long(1000),
          slice: scope,
          strandNumbers,
          supports: layerIds,
          contradicts: layerIds,
          clears: layerIds,
          recorder: people.declarer,
        }),
      ),
    ),
    verdicts: strandNumbers.flatMap((strandNumber) =>
      layerIds.flatMap((layer) =>
        Array.from({ length: 3 }, (_, revision) =>
          verdict(layer, {
            strandNumber,
            verdict: "contributing",
            confidence: "suspected",
            // one for each slice stands
            scope: revision === 0 ? {} : { ...scope, [`part ${revision}`]: [long(100)] },
            revision,
            contribution: long(1000),
            evidenceNumbers: numbers,
            approver: people.approver,
          }),
        ),
      ),
    ),
    levers: numbered(
      (["claimed", "confirmed", "declined"] as const).flatMap((state) =>
        Array.from({ length: 10 }, () =>
          leverUse({
            lever: "other",
            ownWords: long(1000),
            tradeoff: long(3000),
            revertCondition: long(3000),
            scope: long(1000),
            savedFirst: long(3000),
            endedWhy: long(3000),
            state,
            capacity: "technical",
            secondAuthorizer: people.approver,
            secondCapacity: "business",
            secondState: state,
            harmSignal: long(1000),
            hasHarmMoved: false,
            harmSeenAt: at("10:00"),
            harmSeenBy: people.declarer,
            conditionMetAt: at("11:00"),
            conditionMetBy: people.declarer,
          }),
        ),
      ),
    ),
    actions: numbered(
      Array.from({ length: 30 }, () =>
        correctiveAction({
          title: long(150),
          criterion: long(3000),
          enforcement: long(1000),
          issueUrl: "https://github.com/example/assistant/issues/41",
          verification: long(1000),
          weakRules: ["Q3", "Q5"],
          addresses: [...strandNumbers.map((number) => `S${number}`), "F1", "G1"],
        }),
      ),
    ),
    ...fullestLearning(long),
    ...fullestChanges(long),
    lastSequence: 5_000,
  });
}

/** A person with a stand-in, or a group for which somebody answers. */
function fullOwner(layer: LayerId, index: number): LayerOwner {
  const isGroup = index % 2 === 1;
  return {
    layer,
    userId: isGroup ? null : people.model,
    groupId: isGroup ? "S0OWNERS" : null,
    standInUserId: isGroup ? null : people.retrieval,
    takenBy: isGroup ? people.infrastructure : null,
    remindedAt: at("09:40"),
  };
}

function numbered<T extends { number: number }>(items: readonly T[]): T[] {
  return items.map((item, index) => ({ ...item, number: index + 1 }));
}
