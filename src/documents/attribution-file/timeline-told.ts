import type { AttributionFile } from "#src/domain/attribution-file/format.ts";
import { isLayerId, layers } from "#src/domain/layers/index.ts";
import { questionOf } from "#src/domain/opposing-answer.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import { listInWords } from "#src/domain/words.ts";

type Entry = AttributionFile["timeline"][number];
type Data = NonNullable<Entry["data"]>;

/** One thing that stands: what it is, where, and what both the file and its timeline say of it. */
export interface Fact {
  /** What can stand once: the same place is the same thing. */
  place: string;
  /** "Strand 1: the verdict on Model". */
  name: string;
  says: Record<string, unknown>;
  /** The entry that says so; undefined for what the file itself has. */
  sequence?: number;
}

/**
 * What stands by the timeline alone: every entry in its order, each in the place of what it replaces, as
 * the record is kept (one verdict by part of a strand, B13.7's condition beside it; an answer for all
 * strands in place of all others, B13.3).
 */
export function factsOfTimeline(timeline: readonly Entry[]): Fact[] {
  const standing = new Map<string, Fact>();
  const counts = { dissents: 0, splits: 0 };
  for (const entry of timeline) {
    const { kind, data, sequence } = entry;
    if (!data) continue;
    if (kind === "verdict_taken_back") takeBack(standing, data);
    if (kind === "report_verified") lookedAt(standing, data);
    const told = toldBy(entry, data, counts);
    if (!told) continue;
    const fact = { ...told, sequence };
    if (kind === "verdict_set") endVerdicts(standing, fact);
    if (kind === "answer_recorded") {
      // questions are answered in a second step, which leaves the answer and all others where they were
      const before = standing.get(fact.place);
      if (typeof data["questions"] === "number" && before) {
        const { recorder, recorded_at: at } = before.says;
        Object.assign(fact.says, { recorder, recorded_at: at });
      } else if (nothing(data["strands"]) === null) endAnswers(standing, data["layer"]);
    }
    standing.set(fact.place, fact);
  }
  return [...standing.values()];
}

function toldBy(
  { kind, actor, happened_at: at }: Entry,
  data: Data,
  counts: { dissents: number; splits: number },
): Fact | undefined {
  const said = (...keys: string[]) => keys.map((key) => nothing(data[key]));
  const [author, strand, layer] = said("author", "strand", "layer");
  const written = { author, recorder: actor, recorded_at: at };
  switch (kind) {
    case "verdict_set": {
      const [verdict, confidence, contribution] = said("verdict", "confidence", "contribution");
      const says = { verdict, confidence, contribution, ...written };
      return verdictFact(strand, layer, String(data["scope"] ?? ""), says);
    }
    case "answer_recorded": {
      const [change, sentence] = said("change", "sentence");
      return answerFact(layer, numbers(data["strands"]), { change, sentence, ...written });
    }
    case "row_answered": {
      const [row, claimed, reading, points] = said("row", "claimedLayer", "reading", "pointsTo");
      const says = { reading, points_to: points, sentence: nothing(data["sentence"]), ...written };
      return rowFact(strand, claimed, String(row), says);
    }
    case "evidence_recorded": {
      const [number, evidenceKind, what] = said("evidence", "evidenceKind", "what");
      return evidenceFact(number, { kind: evidenceKind, what, verified: null, ...written });
    }
    case "dissent_recorded": {
      const statement = nothing(data["statement"]);
      return dissentFact(++counts.dissents, { strand, layer, statement, ...written });
    }
    case "split_answered": {
      const [accepted, why] = said("isAccepted", "why");
      const [strands, evidence] = [numbers(data["newStrands"]), numbers(data["evidence"])];
      const says = { strand, accepted, new_strands: strands, evidence, why };
      return splitFact(++counts.splits, { ...says, author: actor, recorded_at: at });
    }
    default:
      return undefined;
  }
}

/** A verdict that stands in the file. */
export function factOfVerdict(one: AttributionFile["verdicts"][number]): Fact {
  const { verdict, confidence, contribution } = one;
  const says = { verdict, confidence, contribution, ...written(one) };
  return verdictFact(number(one.strand), one.layer, sliceInWords(one.scope), says);
}

/** What stands in the file itself, in the same words. */
export function factsOfFile(file: AttributionFile): Fact[] {
  return [
    ...file.verdicts.map(factOfVerdict),
    ...file.answers.map((one) =>
      answerFact(one.layer, one.strands?.map(number) ?? null, {
        change: one.change,
        sentence: one.sentence,
        ...written(one),
      }),
    ),
    ...file.rows.map((one) =>
      rowFact(number(one.strand), one.claimed_layer, one.row, {
        reading: one.reading,
        points_to: one.points_to,
        sentence: one.sentence,
        ...written(one),
      }),
    ),
    ...file.evidence.map((one) =>
      evidenceFact(number(one.id), {
        kind: one.kind,
        what: one.what,
        verified: one.verified,
        ...written(one),
      }),
    ),
    ...file.dissents.map((one) =>
      dissentFact(number(one.id), {
        strand: number(one.strand),
        layer: one.layer,
        statement: one.statement,
        ...written(one),
      }),
    ),
    ...file.split_answers.map((one) =>
      splitFact(one.number, {
        strand: number(one.strand),
        accepted: one.accepted,
        new_strands: one.new_strands.map(number),
        evidence: one.evidence.map(number),
        why: one.why,
        author: one.author,
        recorded_at: one.recorded_at,
      }),
    ),
  ];
}

function verdictFact(strand: unknown, layer: unknown, part: string, says: Fact["says"]): Fact {
  // the database has dimensions in an order of its own
  const scope = part.split(", ").toSorted().join(", ");
  const beside = says["verdict"] === "contributing" ? "condition" : "verdict";
  return {
    place: placeOf("verdict", strand, layer, scope, beside),
    name: `Strand ${shown(strand)}: the verdict on ${labelOf(layer)}${part === "" ? "" : `, for ${part}`}`,
    says,
  };
}

function answerFact(layer: unknown, strands: number[] | null, says: Fact["says"]): Fact {
  const where = strands ? ` in strand ${listInWords(strands.map(String))}` : "";
  return {
    place: placeOf("answer", layer, strands),
    name: `The answer for ${labelOf(layer)}${where}`,
    says,
  };
}

function rowFact(strand: unknown, claimed: unknown, row: string, says: Fact["says"]): Fact {
  return {
    place: placeOf("row", strand, claimed, row),
    name: `Strand ${shown(strand)}: the answer to “${questionOf(row)}” for ${labelOf(claimed)}`,
    says,
  };
}

function evidenceFact(item: unknown, says: Fact["says"]): Fact {
  return { place: placeOf("evidence", item), name: `Evidence ${shown(item)}`, says };
}

/** Disagreements and answers to suggested splits count from 1, as their entries follow each other. */
function dissentFact(count: number, says: Fact["says"]): Fact {
  const { strand, layer } = says;
  const name = `Strand ${shown(strand)}: disagreement ${count}, with the verdict on ${labelOf(layer)}`;
  return { place: placeOf("dissent", count), name, says };
}

function splitFact(count: number, says: Fact["says"]): Fact {
  const name = `Strand ${shown(says["strand"])}: whether it is more than one failure, answer ${count}`;
  return { place: placeOf("split", count), name, says };
}

/** A contribution leaves the verdict of a layer that broke first; every other verdict ends both (B13.7). */
function endVerdicts(standing: Map<string, Fact>, { place, says }: Fact): void {
  const [kind, strand, layer, scope] = JSON.parse(place) as unknown[];
  const main = placeOf(kind, strand, layer, scope, "verdict");
  standing.delete(placeOf(kind, strand, layer, scope, "condition"));
  const leaves =
    says["verdict"] === "contributing" && standing.get(main)?.says["verdict"] === "proximate";
  if (!leaves) standing.delete(main);
}

/** The entry does not say for which part: what an answer takes back came with one, for the whole strand. */
function takeBack(standing: Map<string, Fact>, data: Data): void {
  const whole = placeOf("verdict", data["strand"], data["layer"], "", "verdict");
  const start = placeOf("verdict", data["strand"], data["layer"]).slice(0, -1);
  const places = [...standing]
    .filter(([place, { says }]) => place.startsWith(start) && says["verdict"] === data["verdict"])
    .map(([place]) => place);
  const ended = places.includes(whole) ? whole : places.at(-1);
  if (ended !== undefined) standing.delete(ended);
}

function endAnswers(standing: Map<string, Fact>, layer: unknown): void {
  const start = placeOf("answer", layer).slice(0, -1);
  for (const place of standing.keys()) if (place.startsWith(start)) standing.delete(place);
}

function lookedAt(standing: Map<string, Fact>, data: Data): void {
  const item = standing.get(placeOf("evidence", data["evidence"]));
  if (item) item.says["verified"] = nothing(data["isVerified"]);
}

function written(one: { author: string; recorder: string; recorded_at: string }) {
  return { author: one.author, recorder: one.recorder, recorded_at: one.recorded_at };
}

function placeOf(...parts: unknown[]): string {
  return JSON.stringify(parts);
}

function labelOf(layer: unknown): string {
  return typeof layer === "string" && isLayerId(layer) ? layers[layer].label : shown(layer);
}

/** What an entry names, whatever somebody wrote there. */
function shown(value: unknown): string {
  return typeof value === "number" || typeof value === "string" ? String(value) : "unknown";
}

function numbers(value: Data[string] | undefined): number[] | null {
  return Array.isArray(value) ? value.map(Number) : null;
}

/** 12 of "EV12". */
function number(id: string): number {
  return Number(id.replace(/^[A-Z]+/, ""));
}

function nothing(value: Data[string] | undefined): Data[string] {
  return value ?? null;
}
