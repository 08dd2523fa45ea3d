/**
 * Goal: whoever holds the file beside a postmortem, and nothing else, can test its verdicts by the rules,
 * and finds what was changed in it. It says nothing that was taken out of the record, and no Slack id.
 * Method: the records of S1 to S3 as files; the same files with one thing changed; any state that the
 * limits allow, where the file's verifier has to agree with the engine.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  attributionText,
  readAttributionFile,
  tamperFaults,
  toAttributionFile,
  verifyFile,
} from "#src/documents/attribution-file.ts";
import type { IncidentRecord } from "#src/documents/record.ts";
import { checkClaim } from "#src/domain/attribution.ts";
import { type AttributionFile, attributionSchema } from "#src/domain/attribution-file/format.ts";
import type { UserId } from "#src/domain/person.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { anyState } from "#test/support/any-incident.ts";
import { propertyRuns } from "#test/support/property-runs.ts";
import { s0Record } from "./s0-record.ts";
import { at, declarer } from "./s0-state.ts";
import { scenarioRecord } from "./scenario-state.ts";
import { possible, told } from "./told.ts";

/** A whole file is written and read for each example, which takes longer than a rule. */
const runs = Math.max(10, Math.ceil(propertyRuns / 50));
const s1 = "s1-three-serving-bugs.yaml";
const schemaPath = join(import.meta.dirname, "..", "..", "docs", "attribution.schema.json");

/** As it comes out of the file: what JSON keeps. */
function fileOf(record: IncidentRecord): AttributionFile {
  return JSON.parse(attributionText(toAttributionFile(record, sha256))) as AttributionFile;
}

function refusedIn(file: unknown): { sentence: string; rules: string[] }[] {
  const checks = verifyFile(file);
  if (!checks.ok) throw new Error(JSON.stringify(checks.error));
  return checks.value
    .filter(({ holds }) => !holds)
    .map(({ sentence, refusedBy }) => ({ sentence, rules: refusedBy.map(({ rule }) => rule) }));
}

test.each([s1, "s2-product-layer-changes.yaml", "s3-sycophantic-update.yaml"])(
  "every verdict of %s holds by its file alone, and nothing was changed in it",
  (scenario) => {
    const file = fileOf(told(scenarioRecord(scenario)));
    expect(refusedIn(file)).toEqual([]);
    expect(tamperFaults(file, sha256)).toEqual([]);
  },
);

test("the verifier agrees with the engine on every verdict of any incident", () => {
  fc.assert(
    fc.property(anyState.map(possible), (state) => {
      const record = told({
        state,
        timeline: [],
        refusals: [],
        names: new Map(),
        similar: [],
        versions: null,
      });
      const file = fileOf(record);
      const checks = verifyFile(file);
      expect(checks).toMatchObject({ ok: true });
      if (!checks.ok) return;
      const ours = state.verdicts.map(
        (one) => checkClaim(state, one)?.rules.toSorted().join() ?? "",
      );
      const theirs = checks.value.map(({ refusedBy }) =>
        refusedBy
          .map(({ rule }) => rule)
          .toSorted()
          .join(),
      );
      expect(theirs.toSorted()).toEqual(ours.toSorted());
      expect(
        tamperFaults(file, sha256).filter((one) => !one.includes("stands nowhere in this file")),
      ).toEqual([]);
    }),
    { numRuns: runs },
  );
});

test("the verifier agrees with the engine where answers, items, rows or counts of S1 to S3 are not there", () => {
  const scenario = fc.constantFrom(
    s1,
    "s2-product-layer-changes.yaml",
    "s3-sycophantic-update.yaml",
  );
  const picks = fc.array(fc.nat(40), { maxLength: 6 });
  fc.assert(
    fc.property(scenario, picks, picks, picks, picks, (name, answers, items, rows, counts) => {
      const record = scenarioRecord(name);
      const { state } = record;
      state.answers = state.answers.filter((_, at) => !answers.includes(at));
      state.rowAnswers = state.rowAnswers.filter((_, at) => !rows.includes(at));
      for (const [at, { data }] of state.evidence.entries()) {
        if (!counts.includes(at)) continue;
        for (const one of [...(data.arms ?? []), ...(data.cohorts ?? []), ...(data.series ?? [])]) {
          one.fails = 1;
        }
      }
      state.evidence = state.evidence.filter(({ number }) => !items.includes(number));
      const ours = state.verdicts.map((one) => checkClaim(state, one)?.rules.length ?? 0);
      const checks = verifyFile(fileOf(record));
      const theirs = checks.ok ? checks.value.map(({ refusedBy }) => refusedBy.length) : [];
      // the file has them in an order of its own
      const inOrder = (counts: number[]) => counts.toSorted((a, b) => a - b);
      expect(inOrder(theirs)).toEqual(inOrder(ours));
    }),
    { numRuns: runs },
  );
});

test("the file fits its schema, and the schema in docs/ is the one that the format makes", () => {
  const schema = attributionSchema();
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(schemaPath, text);
  expect(JSON.parse(readFileSync(schemaPath, "utf8"))).toEqual(JSON.parse(text));
  // ajv knows no formats of itself; zod brings a pattern beside each
  const validate = new Ajv2020({ validateFormats: false }).compile(schema);
  validate(fileOf(scenarioRecord(s1)));
  expect(validate.errors).toBeNull();
});

test("the same record gives the same file, in whatever order its rows come", () => {
  const record = scenarioRecord(s1);
  const { state } = record;
  const turned = {
    ...record,
    timeline: record.timeline.toReversed(),
    state: {
      ...state,
      strands: state.strands.toReversed(),
      evidence: state.evidence.toReversed(),
      answers: state.answers.toReversed(),
      rowAnswers: state.rowAnswers.toReversed(),
      verdicts: state.verdicts.toReversed(),
    },
  };
  expect(attributionText(toAttributionFile(turned, sha256))).toBe(
    attributionText(toAttributionFile(record, sha256)),
  );
});

describe("what was changed in a file is found", () => {
  function changed(change: (file: AttributionFile) => void) {
    const file = fileOf(told(scenarioRecord(s1)));
    change(file);
    return { file, faults: tamperFaults(file, sha256), refused: refusedIn(file) };
  }
  const evidenceOf = (file: AttributionFile, id: string) => {
    const found = file.evidence.find((one) => one.id === id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };

  test("a count: the verdict that rests on it is refused, and the item is named", () => {
    const { faults, refused } = changed((file) => {
      for (const window of evidenceOf(file, "EV2").figures.series ?? []) window.fails = 0;
    });
    expect(refused).toContainEqual({
      sentence: "Strand 1: Infrastructure, broke first, confirmed.",
      rules: ["R5"],
    });
    expect(faults).toContain("Evidence 2: its figures do not say what the file states of them.");
  });

  test("a link that leaves every verdict standing breaks the seal all the same", () => {
    const { faults, refused } = changed((file) => {
      evidenceOf(file, "EV16").link = "https://example.com/nothing";
    });
    expect(refused).toEqual([]);
    expect(faults).toEqual(["The file was changed after it was written: its seal does not fit."]);
  });

  test("R1: an answer that was removed", () => {
    const { refused } = changed((file) => {
      file.answers = file.answers.filter(
        (one) => !(one.layer === "model" && one.strands?.includes("S2")),
      );
    });
    expect(refused).toContainEqual({
      sentence: "Strand 2: Infrastructure, broke first, confirmed.",
      rules: ["R1"],
    });
    expect(refused).toContainEqual({ sentence: "Strand 2: Model, ruled out.", rules: ["R2"] });
  });

  test("R5: a verdict that was raised to confirmed", () => {
    const { faults, refused } = changed((file) => {
      for (const one of file.verdicts)
        if (one.confidence === "probable") one.confidence = "confirmed";
    });
    expect(refused).toEqual([
      {
        sentence: "Strand 3: Infrastructure, broke first, confirmed, for models claude-opus-3.",
        rules: ["R5"],
      },
    ]);
    expect(faults.join(" ")).toContain("The file states that it holds; by the rules it does not.");
  });

  test("an item that was removed is missed where it is named", () => {
    const { faults } = changed((file) => {
      file.evidence = file.evidence.filter(({ id }) => id !== "EV8");
    });
    expect(faults.join(" ")).toContain("EV8 stands nowhere in this file");
  });

  test.each<[string, (timeline: AttributionFile["timeline"]) => void, string]>([
    [
      "what an entry says",
      (timeline) => Object.assign(timeline[2]?.data ?? {}, { what: "nothing of the kind" }),
      "The timeline was changed: entry 3 (evidence recorded",
    ],
    [
      "when it was",
      (timeline) => Object.assign(timeline[4] ?? {}, { recorded_at: "2025-01-01T00:00:00.000Z" }),
      "The timeline was changed: entry 5 (",
    ],
    [
      "one that was taken out",
      (timeline) => timeline.splice(3, 1),
      "has a gap: entry 5 stands where entry 4",
    ],
    [
      "a hash",
      (timeline) => Object.assign(timeline[1] ?? {}, { hash: "0".repeat(64) }),
      "The timeline was changed: entry 2 (",
    ],
  ])("a timeline entry: %s", (_name, change, sentence) => {
    const { faults } = changed(({ timeline }) => change(timeline));
    expect(faults.join(" ")).toContain(sentence);
  });
});

test("a file that is none, or a broken one, is refused with the path of every fault", () => {
  const file = fileOf(scenarioRecord(s1));
  const [item] = file.evidence;
  Object.assign(item?.figures.cohorts?.[0] ?? {}, { fails: 400 });
  Object.assign(file.verdicts[0] ?? {}, { confidence: "certain", strand: "first" });
  const read = readAttributionFile(file);
  expect(read.ok ? [] : read.error.map(({ path }) => path)).toEqual([
    "evidence[0].figures.cohorts[0].fails",
    "verdicts[0].strand",
    "verdicts[0].confidence",
  ]);
  expect(verifyFile(null)).toMatchObject({ ok: false, error: [{ path: "" }] });
  expect(verifyFile({ ...file, format: "faultline-attribution/2" })).toMatchObject({ ok: false });
});

test("people stand by name: two of one name are told apart, and who has none stands with the id", () => {
  const record = s0Record();
  const names = new Map([...record.names.keys()].map((userId) => [userId, "Kim"]));
  const { verdicts } = fileOf({ ...record, names });
  const authors = new Set(verdicts.map(({ author }) => author));
  expect([...authors].toSorted()).toEqual(["Kim (2)", "Kim (4)", "Kim (6)", "U0INFRA"]);
});

test("words that were taken out or put right are not in the file, nor are Slack ids of people", () => {
  const record = told(s0Record());
  const tell = (entry: Pick<TimelineEntry, "kind" | "data">) => {
    const sequence = record.timeline.length + 1;
    record.timeline.push({
      lane: "impact",
      actor: declarer,
      happenedAt: at("09:40"),
      recordedAt: at("12:00"),
      hash: String(sequence),
      sequence,
      ...entry,
    });
    return sequence;
  };
  const secret = tell({ kind: "note_added", data: { text: "the key is hunter2" } });
  const wrong = tell({ kind: "note_added", data: { text: "40 users of <@U0TOOLS>" } });
  tell({ kind: "entry_corrected", data: { entry: secret, text: "the key is hunter3" } });
  tell({ kind: "entry_withdrawn", data: { entry: secret } });
  tell({ kind: "entry_corrected", data: { entry: wrong, text: "41 users" } });
  tell({ kind: "message_pinned", data: { text: "seen", author: declarer, source: "C0INC1:17.5" } });
  tell({ kind: "channel_opened", data: { channelId: "C0INC1", channelName: "inc-1" } });
  const text = attributionText(toAttributionFile(record, sha256));
  expect(text).not.toMatch(/hunter|40 users|C0INC1/);
  for (const userId of record.names.keys()) expect(text).not.toContain(`"${userId}"`);
  expect(text).toContain('"text": "41 users"');
  expect(tamperFaults(JSON.parse(text), sha256)).toEqual([]);
  expect(new Set(record.names.keys()).has("U0INFRA" as UserId)).toBe(false);
});
