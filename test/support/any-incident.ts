// Any incident that our limits allow, for property tests: long texts, foreign scripts, markup, many of everything.

import fc from "fast-check";
import type { Answer, EvidenceItem, RowAnswer } from "#src/domain/evidence.ts";
import type { CorrectiveAction, IncidentState, LeverUse, Verdict } from "#src/domain/incident.ts";
import { layerIds, layers } from "#src/domain/layers/index.ts";
import { leverIds } from "#src/domain/lever.ts";
import { severityIds } from "#src/domain/severity.ts";
import type { Strand } from "#src/domain/strand.ts";
import {
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

/** What people type, up to `max` characters: never blank, trimmed at its ends. */
export function anyText(max: number): fc.Arbitrary<string> {
  const nasty = fc.constantFrom("&", "<", "😀", "﷽", "x", "\u202E", "*", "`", "|", "<!channel> ");
  const repeated = fc
    .tuple(nasty, fc.integer({ min: 1, max }))
    .map(([piece, length]) => piece.repeat(Math.max(1, Math.floor(length / piece.length))));
  const typed = fc.string({ unit: "grapheme", minLength: 1, maxLength: Math.min(max, 80) });
  return fc
    .oneof(repeated, typed)
    .map((text) => text.slice(0, max).toWellFormed().trim())
    .map((text) => (/^[\s\p{Cc}\p{Cf}]*$/u.test(text) ? "x" : text));
}

const anyPerson = fc.constantFrom(...Object.values(people));
const anyLayer = fc.constantFrom(...layerIds);
const anyLayers = fc.uniqueArray(anyLayer);
const someTime = fc.constantFrom(null, at("09:00"), at("23:59"));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const idOf = <T extends object>(table: T) =>
  fc.constantFrom(...(Object.keys(table) as (keyof T)[]));

const anySlice = fc.oneof(
  fc.constant({}),
  fc.dictionary(anyText(30), anyText(30), { minKeys: 1, maxKeys: 4 }),
);

const anyStrand = fc.record<Partial<Strand>>({
  name: anyText(150),
  windowFrom: someTime,
  slice: anySlice,
});

const anyAnswer: fc.Arbitrary<Answer> = fc
  .record({
    layer: anyLayer,
    change: idOf(changeStates),
    strandNumbers: maybe(fc.constant<number[]>([1, 2])),
    isSourceComplete: fc.boolean(),
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
  })
  .map(leverUse);

const anyAction: fc.Arbitrary<CorrectiveAction> = fc
  .record({
    title: anyText(150),
    criterion: anyText(3000),
    enforcement: maybe(anyText(1000)),
    layer: anyLayer,
    issueUrl: maybe(fc.constant("https://github.com/example/assistant/issues/41")),
  })
  .map(correctiveAction);

/** Any state: up to 300 items of evidence, 120 verdicts, 40 answers, 12 levers, 12 strands; open, closed, learned or cancelled. */
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
    }),
    owners: fc.subarray(layerIds.map((layer) => ({ layer, userId: people.model, groupId: null }))),
    strands: fc.array(anyStrand, { minLength: 1, maxLength: 12, size: "max" }),
    answers: fc.array(anyAnswer, { maxLength: 40, size: "max" }),
    evidence: fc.oneof(
      fc.array(anyEvidence, { maxLength: 5 }),
      anyEvidence.map((item) => Array.from({ length: 300 }, () => item)),
    ),
    rowAnswers: fc.array(anyRow, { maxLength: 30 }),
    verdicts: fc.array(anyVerdict, { maxLength: 120, size: "max" }),
    levers: fc.array(anyLever, { maxLength: 12, size: "max" }),
    actions: fc.array(anyAction, { maxLength: 12 }),
  })
  .map(({ strands, evidence, levers, actions, ...rest }) =>
    incidentState({
      ...rest,
      strands: strands.map((one, index) => strand({ ...one, number: index + 1 })),
      evidence: numbered(evidence),
      levers: numbered(levers),
      actions: numbered(actions),
    }),
  );

/** Everything as long and as many as can be, each text of this one piece over and over. */
export function fullestState(piece: string, status: IncidentStatus = "open"): IncidentState {
  const long = (max: number) => piece.repeat(Math.floor(max / piece.length));
  const scope = Object.fromEntries([1, 2, 3].map((index) => [`${index}${long(100)}`, long(100)]));
  const strandNumbers = Array.from({ length: 12 }, (_, index) => index + 1);
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
    },
    owners: [],
    strands: strandNumbers.map((number) => strand({ number, name: long(150), slice: scope })),
    answers: layerIds.flatMap((layer) =>
      strandNumbers.map((number) =>
        answer(layer, {
          change: "not_applicable",
          strandNumbers: [number, 1, 2, 3, 4, 5],
          sentence: long(1000),
        }),
      ),
    ),
    evidence: numbered(
      Array.from({ length: 300 }, () =>
        evidenceItem({
          what: long(3000),
          link: `https://example.com/?q=${long(1900)}`,
          supports: layerIds,
          contradicts: layerIds,
          clears: layerIds,
          recorder: people.declarer,
        }),
      ),
    ),
    verdicts: strandNumbers.flatMap((strandNumber) =>
      layerIds.flatMap((layer) =>
        Array.from({ length: 6 }, (_, revision) =>
          verdict(layer, {
            strandNumber,
            verdict: "contributing",
            confidence: "suspected",
            scope,
            revision,
            contribution: long(1000),
            evidenceNumbers: Array.from({ length: 300 }, (__, index) => index + 1),
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
        }),
      ),
    ),
  });
}

function numbered<T extends { number: number }>(items: readonly T[]): T[] {
  return items.map((item, index) => ({ ...item, number: index + 1 }));
}
