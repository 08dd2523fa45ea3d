/**
 * Goal: a file that was changed and sealed anew is found out where it contradicts its own timeline, and a
 * true one never is, whatever was superseded, taken back or put beside.
 * Method: the record of S1 as a file, one thing changed, its chain and seal made anew; the same record with
 * entries of what stood before.
 */
import { expect, test } from "vitest";
import { canonicalJson } from "#src/documents/attribution-file/canonical.ts";
import {
  attributionText,
  sealOf,
  tamperFaults,
  toAttributionFile,
} from "#src/documents/attribution-file.ts";
import type { IncidentRecord } from "#src/documents/record.ts";
import type { AttributionFile } from "#src/domain/attribution-file/format.ts";
import type { UserId } from "#src/domain/person.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { scenarioRecord } from "./scenario-state.ts";
import { told } from "./told.ts";

function fileOf(record: IncidentRecord): AttributionFile {
  return JSON.parse(attributionText(toAttributionFile(record, sha256))) as AttributionFile;
}

const s1 = () => told(scenarioRecord("s1-three-serving-bugs.yaml"));
const s1File = fileOf(s1());

/** The faults of the file of S1 with one change, its chain and its seal made anew. */
function faultsOf(change: (file: AttributionFile) => void): string[] {
  const file = structuredClone(s1File);
  change(file);
  let previous = "";
  for (const [index, entry] of file.timeline.entries()) {
    const { hash: _, ...content } = { ...entry, sequence: index + 1, previous_hash: previous };
    previous = sha256(canonicalJson(content));
    file.timeline[index] = { ...content, hash: previous };
  }
  file.seal.digest = sealOf(file, sha256);
  return tamperFaults(file, sha256);
}

const verdictOf = ({ verdicts }: AttributionFile, layer: string) => {
  const found = verdicts.find((one) => one.strand === "S1" && one.layer === layer);
  if (!found) throw new Error(`no verdict on ${layer}`);
  return found;
};

test("sealed anew and unchanged, it has no fault", () => {
  expect(faultsOf(() => undefined)).toEqual([]);
});

test.each<[string, (file: AttributionFile) => void, RegExp]>([
  [
    "another author of a verdict",
    (file) => (verdictOf(file, "model").author = "somebody"),
    /^Strand 1: the verdict on Model: entry \d+ of the timeline has another author\.$/,
  ],
  [
    "another author and another reading of a row",
    (file) => Object.assign(file.rows[0] ?? {}, { author: "somebody", reading: "cannot_tell" }),
    /^Strand 1: the answer to “.+” for .+ has another author and answer\.$|another answer and author\.$/,
  ],
  [
    "another author of an answer",
    (file) => Object.assign(file.answers[0] ?? {}, { author: "somebody" }),
    /^The answer for .+ in strand 1: entry \d+ of the timeline has another author\.$/,
  ],
  [
    "another author of an item",
    (file) => Object.assign(file.evidence[1] ?? {}, { author: "somebody" }),
    /^Evidence 2: entry \d+ of the timeline has another author\.$/,
  ],
  [
    "a report that nobody verified",
    (file) => {
      const entry = file.timeline.find(({ kind }) => kind === "report_verified");
      if (entry?.data) entry.data["isVerified"] = false;
    },
    /^Evidence \d+: entry \d+ of the timeline has another word on whether it was verified\.$/,
  ],
  [
    "a lower confidence",
    (file) => (verdictOf(file, "infrastructure").confidence = "probable"),
    /^Strand 1: the verdict on Infrastructure: entry \d+ of the timeline has another confidence\.$/,
  ],
  [
    "a verdict deleted",
    (file) => {
      file.verdicts = file.verdicts.filter((one) => one !== verdictOf(file, "model"));
    },
    /^Strand 1: the verdict on Model: the timeline records it \(entry \d+\) and nothing that ends it, and the file does not have it\.$/,
  ],
  [
    "the entry of a verdict deleted",
    ({ timeline }) => {
      const at = timeline.findIndex(({ kind }) => kind === "verdict_set");
      timeline.splice(at, 1);
    },
    /^Strand 1: the verdict on .+: it stands in the file, and by the timeline it does not\.$/,
  ],
  [
    "no disagreements",
    (file) => (file.dissents = []),
    /^Strand \d: disagreement 1, with the verdict on .+: the timeline records it/,
  ],
  [
    "another answer on whether it is more than one failure",
    (file) => Object.assign(file.split_answers[0] ?? {}, { accepted: false }),
    /^Strand 1: whether it is more than one failure, answer 1: .+ has another decision\.$/,
  ],
  [
    "the last entry gone",
    ({ timeline }) => timeline.pop(),
    /^The incident is closed by the file, and open by its timeline\.$/,
  ],
  [
    "no timeline",
    ({ timeline }) => timeline.splice(0),
    /^The timeline does not hold the declaration, which every incident begins with\.$/,
  ],
  [
    "a second confidence for one part",
    (file) => {
      const one = verdictOf(file, "infrastructure");
      file.verdicts.push({ ...one, confidence: "suspected", revision: 9 });
    },
    /^Strand 1: the verdict on Infrastructure: it stands twice, and one thing alone can stand there\.$/,
  ],
  [
    "B13.4: an approver who is the claimant",
    (file) => {
      const one = file.verdicts.find(({ approver }) => approver !== null);
      if (one) one.approver = one.author;
    },
    /^Strand \d: the verdict on .+: (\w+) decided it, and approved it as well\.$/,
  ],
])("found, though sealed anew: %s", (_name, change, sentence) => {
  const faults = faultsOf(change);
  expect(faults.filter((one) => sentence.test(one))).toHaveLength(1);
  expect(faults.join(" ")).not.toContain("seal");
});

/** The record of S1 with entries before what stands, right after the declaration. */
function withEarlier(
  earlier: Pick<TimelineEntry, "kind" | "data">[],
  record: IncidentRecord = s1(),
): IncidentRecord {
  const [declaration, ...rest] = record.timeline;
  if (!declaration) throw new Error("no declaration");
  const added = earlier.map((one) => ({ ...declaration, ...one, actor: "U0ELSE" as UserId }));
  const timeline = [declaration, ...added, ...rest].map((one, index) => ({
    ...one,
    sequence: index + 1,
  }));
  return { ...record, timeline };
}

const set = (data: TimelineEntry["data"]) => ({
  kind: "verdict_set" as const,
  data: { strand: 1, confidence: null, contribution: null, author: "U0ELSE", ...data },
});
const back = (layer: string, verdict: string) => ({
  kind: "verdict_taken_back" as const,
  data: { strand: 1, layer, verdict, author: "U0ELSE" },
});
const answered = (data: TimelineEntry["data"]) => ({
  kind: "answer_recorded" as const,
  data: { change: "cannot_tell", sentence: null, author: "U0ELSE", revision: 1, ...data },
});

test.each<[string, Pick<TimelineEntry, "kind" | "data">[]]>([
  ["a verdict that another one replaced", [set({ layer: "model", verdict: "undeterminable" })]],
  [
    "a verdict that came with an answer and was taken back",
    [
      set({ layer: "model", verdict: "cleared", scope: "region eu-1" }),
      set({ layer: "model", verdict: "cleared" }),
      back("model", "cleared"),
      back("model", "cleared"),
    ],
  ],
  [
    "B13.7: what broke first and a condition beside it, both replaced by one that broke first",
    [
      set({ layer: "infrastructure", verdict: "proximate", confidence: "suspected" }),
      set({ layer: "infrastructure", verdict: "contributing", contribution: "too few tests" }),
      set({ layer: "infrastructure", verdict: "proximate", confidence: "probable" }),
    ],
  ],
  [
    "B13.7: what broke first and its condition, both ended by a verdict that rules the layer out",
    [
      set({ layer: "model", verdict: "proximate", confidence: "suspected" }),
      set({ layer: "model", verdict: "contributing", contribution: "too few tests" }),
    ],
  ],
  [
    "a note without anything that stands",
    [{ kind: "note_added", data: { text: "seen in the channel" } }],
  ],
])("no fault: %s", (_name, earlier) => {
  expect(tamperFaults(fileOf(withEarlier(earlier)), sha256)).toEqual([]);
});

test("B13.3: no fault: an answer for all strands ends those for some, one to its questions does not", () => {
  const { state, ...rest } = scenarioRecord("s1-three-serving-bugs.yaml");
  const [own, ...others] = state.answers.filter(({ layer }) => layer === "model");
  if (!own || others.length === 0) throw new Error("S1 answers for Model strand by strand");
  const forAll = { ...own, strandNumbers: null, revision: own.revision + 9 };
  const answers = [...state.answers.filter(({ layer }) => layer !== "model"), forAll, own];
  const record = told({ ...rest, state: { ...state, answers } });
  const replaced = withEarlier([answered({ layer: "model", strands: [2] })], record);
  const { change, sentence, author } = own;
  const last = replaced.timeline.at(-1);
  if (!last) throw new Error("no entry");
  const second = answered({
    layer: "model",
    strands: null,
    change,
    sentence,
    author,
    questions: 2,
  });
  const timeline = [...replaced.timeline, { ...last, ...second, sequence: last.sequence + 1 }];
  expect(tamperFaults(fileOf({ ...replaced, timeline }), sha256)).toEqual([]);
  const cut = tamperFaults(
    fileOf({
      ...replaced,
      state: { ...replaced.state, answers: answers.filter((one) => one !== own) },
    }),
    sha256,
  );
  expect(cut.join(" ")).toContain("The answer for Model in strand 1: the timeline records it");
});

test("no fault: an entry that came between reading the state and reading the timeline is left out", () => {
  const record = s1();
  const { state, timeline } = record;
  const [first] = timeline;
  if (!first) throw new Error("no entry");
  const reopened = { ...first, kind: "incident_reopened" as const, data: { why: "it is back" } };
  const later = [...timeline, { ...reopened, sequence: timeline.length + 1 }];
  const read = { ...record, state: { ...state, lastSequence: timeline.length }, timeline: later };
  expect(tamperFaults(fileOf(read), sha256)).toEqual([]);
  expect(tamperFaults(fileOf({ ...record, timeline: later }), sha256)).toEqual([
    "The incident is closed by the file, and open by its timeline.",
  ]);
});
