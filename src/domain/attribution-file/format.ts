import { z } from "zod";
import { layerIds } from "#src/domain/layers/index.ts";
import { severityIds } from "#src/domain/severity.ts";
import {
  changeStates,
  confidences,
  evidenceKinds,
  failureTypes,
  lanes,
  loci,
  verdictKinds,
} from "#src/domain/vocabulary.ts";
import { figuresFormat, instant, sliceFormat } from "./figures-format.ts";

/**
 * The file that lies beside a postmortem (`….attribution.json`): all that a verdict rests on, so that
 * anybody can test it by the rules without the database. Ids are those of B12; people stand by name.
 * A change that an older reader would misread takes a new number in `format`.
 */
const id = (letters: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${letters}[1-9]\\d{0,8}$`))
    .describe(what);
const strandId = id("S", "A strand, S1 is the first");
const evidenceId = id("EV", "An item of evidence, EV1 is the first");
const person = z.string().min(1).describe("A person, by the name that the postmortem uses");
const layer = z.enum(layerIds).describe("A layer of the product");
const layerList = z.array(layer);
const evidenceList = z.array(evidenceId);
const words = z.string();
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();
const oneOf = <Id extends string>(table: Readonly<Record<Id, unknown>>) =>
  z.enum(Object.keys(table) as [Id, ...Id[]]);

const ruleResult = z.strictObject({
  rule: words.describe("Id of the rule that refuses"),
  missing: z.array(words).describe("What it asks for, the first one first"),
  says: words.describe("The refusal, for people"),
});
const change = z.strictObject({ layer, at: instant, evidence: evidenceId });

const strand = z.strictObject({
  id: strandId,
  name: words,
  window: z.strictObject({ from: maybe(instant), to: maybe(instant) }),
  slice: sliceFormat,
  symptom: maybe(words),
  failure_type: maybe(oneOf(failureTypes)).describe("As a person set it; null: it follows"),
  failure_type_by: maybe(person),
  parked_why: maybe(words),
  parked_until: maybe(z.iso.date()),
  outcome: z
    .strictObject({
      kind: z.enum(["layer", "interaction", "conjunction", "undetermined", "open"]),
      layers: layerList,
      changed_first: maybe(change),
      completed_by: maybe(change),
    })
    .describe("Computed from verdicts and replays"),
});

const evidence = z.strictObject({
  id: evidenceId,
  kind: oneOf(evidenceKinds),
  kind_words: words.describe("The kind in words; informative"),
  what: words,
  strands: z.array(strandId).min(1),
  slice: sliceFormat,
  figures: figuresFormat,
  reading: maybe(z.strictObject({ id: maybe(words), says: words })).describe(
    "Computed from the figures; null where there are none",
  ),
  decisive_for: layerList.describe("Computed: the layers whose claim it may carry"),
  link: maybe(words),
  source: maybe(words),
  verified: maybe(z.boolean()).describe("Of a report; null where nobody has looked"),
  verified_by: maybe(person),
  verified_at: maybe(instant),
  supports: layerList,
  contradicts: layerList,
  clears: layerList,
  author: person.describe("Who says so"),
  recorder: person.describe("Who typed it in"),
  recorded_at: instant,
});

const answer = z.strictObject({
  layer,
  strands: maybe(z.array(strandId)).describe("Null: it stands for all strands, later ones too"),
  change: oneOf(changeStates),
  source_complete: z.boolean().describe("The change record is known to be complete"),
  stands_for_all_questions: z.boolean(),
  question_answers: z.record(z.string(), z.string()).describe("By the question's place, from 1"),
  sentence: maybe(words),
  evidence: evidenceList,
  author: person,
  recorder: person,
  recorded_at: instant,
  revision: z.int().min(0),
});

const row = z.strictObject({
  strand: strandId,
  claimed_layer: layer,
  row: words.describe("Id of the question"),
  question: words.describe("The question; informative"),
  reading: z.enum(["rules_out", "points_to", "cannot_tell", "no_other_version"]),
  points_to: maybe(layer),
  sentence: words,
  evidence: evidenceList,
  author: person,
  recorder: person,
  recorded_at: instant,
  revision: z.int().min(0),
});

const verdict = z.strictObject({
  strand: strandId,
  layer,
  verdict: oneOf(verdictKinds),
  confidence: maybe(oneOf(confidences)),
  scope: sliceFormat,
  contribution: maybe(words),
  reason: maybe(words).describe("Why nothing decisive could be had"),
  locus: oneOf(loci),
  evidence: evidenceList.describe("What it rests on; empty stands for all items of the strand"),
  approver: maybe(person),
  author: person.describe("Who decided it"),
  recorder: person,
  recorded_at: instant,
  revision: z.int().min(0),
  check: z
    .strictObject({ holds: z.boolean(), refused_by: z.array(ruleResult) })
    .describe("What the rules said of it when the file was written"),
});

const entry = z.strictObject({
  sequence: z.int().min(1),
  lane: oneOf(lanes),
  kind: words,
  happened_at: instant,
  recorded_at: instant,
  actor: person,
  data: maybe(
    z.record(
      z.string(),
      z.union([
        z.string(),
        z.number(),
        z.boolean(),
        z.null(),
        z.array(z.string()),
        z.array(z.number()),
      ]),
    ),
  ).describe("As it reads today; null where it was taken out of the record's reading"),
  record_hash: words.describe("Its hash in the service's own record, to compare with that"),
  previous_hash: words.describe("The hash before; empty for the first"),
  hash: words.describe("SHA-256 in hex over this entry without `hash`, as JSON with sorted keys"),
});

/** The whole file. Keys are written in this order. */
export const attributionFormat = z
  .strictObject({
    format: z.literal("faultline-attribution/1"),
    incident: z.strictObject({
      number: z.int().min(1),
      title: words,
      severity: z.enum(severityIds),
      status: z.enum(["open", "closed", "learned", "cancelled"]),
      closed_as: maybe(z.enum(["attributed", "undetermined"])),
      drill: z.boolean(),
      service: maybe(words),
      onset: maybe(instant),
      noticed: maybe(instant),
      declared: instant,
      closed: maybe(instant),
    }),
    rules: z
      .array(z.strictObject({ id: words, says: words }))
      .describe("The rules that every verdict is tested by, in their order"),
    strands: z.array(strand),
    evidence: z.array(evidence),
    answers: z.array(answer),
    rows: z.array(row).describe("Answers to the questions that could point elsewhere"),
    verdicts: z.array(verdict),
    split_answers: z.array(
      z.strictObject({
        number: z.int().min(1),
        strand: strandId,
        evidence: evidenceList,
        accepted: z.boolean(),
        new_strands: z.array(strandId),
        why: maybe(words),
        author: person,
        recorded_at: instant,
      }),
    ),
    dissents: z.array(
      z.strictObject({
        id: id("D", "A disagreement"),
        strand: strandId,
        layer,
        statement: words,
        author: person,
        recorder: person,
        recorded_at: instant,
      }),
    ),
    hypotheses: z.array(
      z.strictObject({
        id: id("H", "What somebody believed"),
        strand: strandId,
        layer,
        statement: maybe(words),
        is_claim: z.boolean().describe("It was claimed as a verdict"),
        author: person,
        raised_at: instant,
        became: words.describe("The verdict that stands, other_layer or open; computed"),
      }),
    ),
    refusals: z.array(
      z.strictObject({
        attempted: words,
        rules: z.array(words),
        missing: z.array(words),
        says: words,
        actor: person,
        recorded_at: instant,
      }),
    ),
    levers: z
      .array(
        z.strictObject({
          id: id("LV", "A stabilization lever"),
          lever: words,
          own_words: maybe(words),
          layer,
          state: z.enum(["claimed", "confirmed", "declined"]),
        }),
      )
      .describe("What was done to limit the harm: that it helped shows nothing of where it broke"),
    timeline: z.array(entry).describe("Every entry, each hash over the entry and the hash before"),
    seal: z
      .strictObject({
        algorithm: z.literal("sha256"),
        digest: words.describe("In hex, over the file without `seal`, as JSON with sorted keys"),
      })
      .describe("Whoever changes the file can make a new seal: compare it with the postmortem's"),
  })
  .meta({
    title: "Faultline attribution file",
    description:
      "All that the verdicts of a Faultline incident rest on. `npm run verify -- FILE` tests each by the rules, from this file alone.",
  });

/** The file as data. */
export type AttributionFile = z.infer<typeof attributionFormat>;

/** `JSON Schema`, draft 2020-12, of the file, for whoever reads it by program. */
export function attributionSchema(): object {
  return z.toJSONSchema(attributionFormat, { reused: "inline" });
}
