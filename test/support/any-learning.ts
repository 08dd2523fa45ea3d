// What an incident can teach, as much of it as our limits allow: for `any-incident.ts`.

import fc from "fast-check";
import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import {
  capacities,
  type DetectionQuestion,
  detectionQuestions,
  factorCategories,
  gapKinds,
} from "#src/domain/vocabulary.ts";
import { anyText } from "./any-text.ts";
import { at, people } from "./factories.ts";

/** The part of a state that learning fills. */
export type Learned = Pick<
  IncidentState,
  | "dissents"
  | "factors"
  | "gaps"
  | "goldens"
  | "risks"
  | "detectionAnswers"
  | "hypotheses"
  | "similarIncidents"
>;

const recorded = { recorder: people.declarer, recordedAt: at("12:00") };
const anyPerson = fc.constantFrom(...Object.values(people));
const anyLayer = fc.constantFrom(...layerIds);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const keyOf = <T extends object>(table: T) =>
  fc.constantFrom(...(Object.keys(table) as (keyof T)[]));
const questions = Object.keys(detectionQuestions) as DetectionQuestion[];
const many = { maxLength: 8 };

/** Dissents, factors, gaps, goldens, accepted risks and answers about detection. */
export const anyLearning: fc.Arbitrary<Learned> = fc
  .record({
    dissents: fc.array(
      fc.record({
        strandNumber: fc.integer({ min: 1, max: 3 }),
        layer: anyLayer,
        statement: anyText(1000),
        author: anyPerson,
      }),
      many,
    ),
    factors: fc.array(
      fc.record({
        category: keyOf(factorCategories),
        layer: anyLayer,
        statement: anyText(1000),
        interactsWith: fc.subarray([1, 2, 3, 40]),
      }),
      many,
    ),
    gaps: fc.array(
      fc.record({ kind: keyOf(gapKinds), layer: maybe(anyLayer), statement: anyText(1000) }),
      many,
    ),
    goldens: fc.array(
      fc.record({
        strandNumbers: fc.subarray([1, 2, 60]),
        fromEvidence: maybe(fc.integer({ min: 1, max: 300 })),
        preconditions: maybe(anyText(1000)),
        input: anyText(3000),
        passWhen: anyText(1000),
      }),
      many,
    ),
    risks: fc.array(
      fc.record({
        addresses: fc.subarray(["model", "infrastructure", "G1", "G99"], { minLength: 1 }),
        statement: anyText(1000),
        signedBy: anyPerson,
        capacity: maybe(keyOf(capacities)),
      }),
      many,
    ),
    hypotheses: fc.array(
      fc.record({
        strandNumber: fc.constant(1),
        layer: anyLayer,
        statement: maybe(anyText(1000)),
        isClaim: fc.boolean(),
        author: anyPerson,
        raisedAt: fc.constant(at("12:00")),
      }),
      many,
    ),
    similar: fc.array(
      fc.record({
        reasons: fc.subarray(["golden", "mechanism", "layer_and_symptom"] as const),
        state: fc.constantFrom("shown", "linked", "reopened", "dismissed"),
        foundAt: fc.constant(at("12:00")),
        decidedBy: maybe(anyPerson),
        decidedAt: fc.constantFrom(null, at("12:30")),
      }),
      many,
    ),
    answered: fc.subarray(questions),
    answer: anyText(1000),
  })
  .map(({ dissents, factors, gaps, goldens, risks, hypotheses, similar, answered, answer }) => ({
    dissents: numbered(dissents),
    factors: numbered(factors),
    gaps: numbered(gaps),
    goldens: numbered(goldens),
    risks: numbered(risks),
    hypotheses: hypotheses.map((one, index) => ({ ...one, number: index + 1 })),
    similarIncidents: similar.map((one, index) => ({
      ...one,
      reasons: [...one.reasons],
      otherId: (index + 2) as IncidentId,
    })),
    detectionAnswers: answered.map((question) => ({
      question,
      answer,
      author: people.model,
      recordedAt: at("12:00"),
    })),
  }));

/** As many of each as nobody will ever type, all texts as long as can be. */
export function fullestLearning(long: (max: number) => string): Learned {
  const numbers = Array.from({ length: 120 }, (_, index) => index + 1);
  return {
    dissents: numbered(
      numbers.map(() => ({
        strandNumber: 1,
        layer: "model" as const,
        statement: long(1000),
        author: people.model,
      })),
    ),
    factors: numbered(
      numbers.map(() => ({
        category: Object.keys(factorCategories)[0] as keyof typeof factorCategories,
        layer: "retrieval_data" as const,
        statement: long(1000),
        interactsWith: numbers,
      })),
    ),
    gaps: numbered(
      numbers.map(() => ({
        kind: Object.keys(gapKinds)[0] as keyof typeof gapKinds,
        layer: null,
        statement: long(1000),
      })),
    ),
    goldens: numbered(
      numbers.map((fromEvidence) => ({
        strandNumbers: numbers.slice(0, 60),
        fromEvidence,
        preconditions: long(1000),
        input: long(3000),
        passWhen: long(1000),
      })),
    ),
    risks: numbered(
      numbers.map(() => ({
        addresses: [...layerIds, ...numbers.map((number) => `G${number}`)],
        statement: long(1000),
        signedBy: people.approver,
        capacity: "technical" as const,
      })),
    ),
    hypotheses: numbers.map((number) => ({
      number,
      strandNumber: 1,
      layer: "model" as const,
      statement: long(1000),
      isClaim: false,
      author: people.model,
      raisedAt: at("12:00"),
    })),
    similarIncidents: (["shown", "linked", "reopened", "dismissed"] as const).map(
      (state, index) => ({
        otherId: (index + 2) as IncidentId,
        reasons: ["golden", "mechanism", "layer_and_symptom"],
        state,
        foundAt: at("12:00"),
        decidedBy: people.model,
        decidedAt: at("12:30"),
      }),
    ),
    detectionAnswers: questions.map((question) => ({
      question,
      answer: long(1000),
      author: people.model,
      recordedAt: at("12:00"),
    })),
  };
}

function numbered<Item extends object>(items: readonly Item[]) {
  return items.map((item, index) => ({ ...recorded, ...item, number: index + 1 }));
}
