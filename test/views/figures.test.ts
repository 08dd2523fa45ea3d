// Goal: whoever has counts in front of them sees at once where they go; nothing that was typed is lost.
// Method: golden files of the form of every kind, empty, filled in and with a replay chosen; values read
// back by hand.

import { describe, expect, test } from "vitest";
import { type EvidenceKind, evidenceKinds } from "#src/domain/vocabulary.ts";
import { encodeHint } from "#views/hint.ts";
import { renderFileUnread } from "#views/messages/file-unread.ts";
import { addEvidenceModal, readFiledEvidence } from "#views/modals/add-evidence.ts";
import type { Values } from "#views/values.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import { evidenceItem, incidentState, people } from "#test/support/factories.ts";
import { fillForm, type Typed } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";

const presser = people.coordinator;
const fresh = incidentState();
const replayed = incidentState({
  evidence: [evidenceItem({ number: 3, kind: "E4", what: "override replay of one failing task" })],
});
const metadata = encodeHint({ incidentId: fresh.incident.id });
const kinds = Object.keys(evidenceKinds) as EvidenceKind[];

const armsTyped = [
  "baseline: 9 of 20",
  "effort high (override, Orchestration & tools): 2 of 20",
  "prompt sp-300 (override, Prompt & policy): 9 of 20",
  "all last known good: 1 of 20",
].join("\n");
const said = { what: "what it shows", author: presser, supports: ["infrastructure"] };
const filled: Partial<Record<EvidenceKind, Values>> = {
  E1: { ...said, permission: ["permission"] },
  E2: { ...said, changed_at: "1754395200" },
  E4: { ...said, arms: armsTyped },
  E5: {
    ...said,
    cohorts: "pool-1m: 61 of 100\npool-a: 3 of 100",
    split_by: "pool",
    series:
      "2025-08-05 12:00 to 2025-08-29 08:00, in: 80 of 10000\n2025-08-29 08:00 to 2025-09-04 12:00, out: 9 of 10000",
    other_pins: ["equal"],
    measure: "degraded answer",
    input_count: "5",
  },
  E6: {
    ...said,
    ablation:
      "opus, with: 1200 of 4000\nopus, without: 1040 of 4000\nopus added back, with: 1196 of 4000",
    same_build: ["same"],
  },
  E7: { ...said, stacks: "CPU, control: 0 of 10\nTPU: 10 of 10" },
  E10: { ...said, other_failure: ["other"] },
};

test.each(kinds)("the form of %s asks for what that kind needs", (kind) => {
  const view = addEvidenceModal.render({ state: fresh, presser, kind });
  expect(modalFaults(view as never)).toEqual([]);
  expectGolden(`views/modal-add-evidence-${kind}`, view);
});

test.each(Object.entries(filled))(
  "the form of %s comes back as it was filled in",
  (kind, values) => {
    const view = addEvidenceModal.render({ state: fresh, presser, values: { kind, ...values } });
    expect(modalFaults(view as never)).toEqual([]);
    expectGolden(`views/modal-add-evidence-${kind}-filled`, view);
    // handed in untouched, it says what was filled in
    expect(fillForm(view)).toMatchObject({ kind, ...values });
  },
);

test("where a replay is recorded, arms can be added to it, and nothing else is asked then", () => {
  const offered = addEvidenceModal.render({ state: replayed, presser, kind: "E4" });
  expectGolden("views/modal-add-evidence-E4-replays", offered);
  const chosen = addEvidenceModal.render({
    state: replayed,
    presser,
    values: { ...fillForm(offered), replay: "3", what: "typed before", arms: "x" },
  });
  expect(modalFaults(chosen as never)).toEqual([]);
  expectGolden("views/modal-add-evidence-E4-adding", chosen);
});

test("what was typed for another kind stays in the form and is not saved", () => {
  const values = { kind: "E9", ...said, arms: "baseline: 1 of 2", input_count: "4", measure: "m" };
  const view = addEvidenceModal.render({ state: fresh, presser, values });
  expect(modalFaults(view as never)).toEqual([]);
  expect(fillForm(view)).toMatchObject({
    arms: "baseline: 1 of 2",
    input_count: "4",
    measure: "m",
  });
  expect(JSON.stringify(view)).toContain("It is not saved with this choice.");
  expect(addEvidenceModal.parse(fillForm(view), metadata)).toMatchObject({
    ok: true,
    value: { kind: "E9", what: "what it shows" },
  });
  expect(addEvidenceModal.parse(fillForm(view), metadata)).not.toHaveProperty("value.figures");
});

describe("what is filled in", () => {
  const read = (kind: string, typed: Typed, state = fresh) => {
    const view = addEvidenceModal.render({ state, presser, kind: kind as EvidenceKind });
    return addEvidenceModal.parse(fillForm(view, { what: "seen", ...typed }), metadata);
  };
  const figures = (kind: EvidenceKind): unknown => {
    const view = addEvidenceModal.render({ state: fresh, presser, kind });
    return addEvidenceModal.parse(fillForm(view, filled[kind]), metadata);
  };

  test("comes out as figures of its kind", () => {
    expect(figures("E1")).toMatchObject({ value: { figures: { isPermission: true } } });
    expect(figures("E2")).toMatchObject({
      value: { figures: { changedAt: "2025-08-05T12:00:00.000Z" } },
    });
    expect(figures("E4")).toMatchObject({ value: { figures: { arms: { length: 4 } } } });
    expect(figures("E5")).toMatchObject({
      value: {
        figures: {
          cohorts: [{ group: "pool-1m", n: 100, fails: 61 }, { group: "pool-a" }],
          splitBy: "pool",
          series: { length: 2 },
          areOtherPinsEqual: true,
          measure: "degraded answer",
          inputCount: 5,
        },
      },
    });
    expect(figures("E6")).toMatchObject({
      value: { figures: { ablation: { length: 3 }, isSameBuild: true } },
    });
    expect(figures("E7")).toMatchObject({ value: { figures: { stacks: { length: 2 } } } });
    expect(figures("E10")).toMatchObject({ value: { figures: { isOtherFailure: true } } });
  });

  test("without counts is an item as before", () => {
    expect(read("E4", {})).toMatchObject({ ok: true, value: { kind: "E4", what: "seen" } });
    expect(read("E4", {})).not.toHaveProperty("value.figures");
  });

  test("every error stands at its own field, all at once", () => {
    const wrong = {
      what: "",
      cohorts: "a: 3 of 2",
      series: "x",
      input_count: "0",
      link: "ftp://x",
    };
    expect(read("E5", wrong)).toEqual({
      ok: false,
      error: {
        what: "Say what it shows.",
        link: "Give a web address that begins with https:// or http://.",
        cohorts: "Line 1: 3 failures are more than 2 runs.",
        series: "Line 1: write it as “2025-08-05 12:00 to 2025-08-29 08:00, in: 80 of 10000”.",
        input_count: "Give a number from 1 to 1,000,000.",
      },
    });
  });

  test("groups ask what they differ in", () => {
    expect(read("E5", { cohorts: "a: 1 of 2\nb: 0 of 2" })).toEqual({
      ok: false,
      error: { split_by: "Choose what the groups differ in." },
    });
    expect(read("E5", { split_by: "pool" })).not.toHaveProperty("value.figures");
  });

  test.each<[EvidenceKind, string, string, RegExp]>([
    ["E7", "stacks", "CPU: 0 of 10\nTPU: 10 of 10", /^Say which is the control: “CPU, control: 0/],
    [
      "E6",
      "ablation",
      "opus, with: 3 of 9",
      /^“opus” ran only with the change\. Add its line “opus, w/,
    ],
    [
      "E6",
      "ablation",
      "a, with: 3 of 9\na, without: 0 of 9\nb, without: 0 of 9",
      /^“b” ran only without the change\. Add its line “b, with: …”/,
    ],
    [
      "E5",
      "series",
      "2025-08-05 to 2025-08-06, in: 1 of 9",
      /^One window alone says nothing\. Add/,
    ],
    [
      "E5",
      "series",
      "2025-08-05 to 2025-08-06, in: 1 of 9\n2025-08-05 to 2025-08-06, out, region eu: 0 of 9",
      /^Each part has one window alone\./,
    ],
  ])(
    "%s: %s that lack what they are compared with say what is missing (%j)",
    (kind, field, text, says) => {
      expect(read(kind, { [field]: text })).toEqual({
        ok: false,
        error: { [field]: expect.stringMatching(says) },
      });
    },
  );

  test("one stack alone, and an arm that was added back, lack nothing", () => {
    expect(read("E7", { stacks: "TPU: 10 of 10" })).toMatchObject({ ok: true });
    const back = "opus added back, with: 3 of 9\nopus, without: 0 of 9";
    expect(read("E6", { ablation: back })).toMatchObject({ ok: true });
  });

  test("more than a field takes is refused with its limit", () => {
    expect(read("E4", { arms: "x".repeat(3001) })).toEqual({
      ok: false,
      error: { arms: "At most 3,000 characters; this has 3,001." },
    });
  });

  test("arms for a recorded replay need no baseline and nothing else", () => {
    const add = (arms: string) => read("E4", { what: "", replay: "3", arms }, replayed);
    expect(add("back (reverse, Model): 8 of 20")).toEqual({
      ok: true,
      value: {
        incidentId: 7,
        evidenceNumber: 3,
        arms: [{ name: "back", role: "reverse", layers: ["model"], isLkg: false, n: 20, fails: 8 }],
      },
    });
    // the decider knows whether the replay has one; two in one text are always too many
    expect(add("baseline: 8 of 20")).toMatchObject({ ok: true });
    expect(add("baseline: 8 of 20\nbaseline b: 8 of 20")).toMatchObject({ ok: false });
    expect(add("")).toEqual({ ok: false, error: { arms: "Write the arms to add, one a line." } });
    expect(add("back (reverse): 8 of 20")).toMatchObject({
      error: { arms: expect.stringContaining("Line 1: name the layer") },
    });
  });
});

describe("a file", () => {
  const file = JSON.stringify({ id: "F012AB", name: "arms.csv", size: 812 });
  const csv = "arm,role,layers,n,fails\nbaseline,baseline,,20,9\neffort,override,model,20,2";
  const parse = (values: Values) => addEvidenceModal.parse({ ...said, ...values }, metadata);

  test("goes with what was filled in, to be read later", () => {
    const values = { ...said, kind: "E4", file: [file] };
    expect(parse(values)).toEqual({
      ok: true,
      value: {
        incidentId: 7,
        file: { id: "F012AB", name: "arms.csv" },
        values,
        draft: expect.objectContaining({ kind: "E4", what: "what it shows" }),
      },
    });
    expect(parse({ ...values, replay: "3" })).toMatchObject({
      value: { draft: { evidenceNumber: 3, arms: [] } },
    });
  });

  test.each([
    ["no JSON", "x"],
    ["an address for an id", JSON.stringify({ id: "https://example.com", name: "a", size: 1 })],
  ])("that is %s is refused at the field", (_, given) => {
    expect(parse({ kind: "E4", file: [given] })).toEqual({
      ok: false,
      error: { file: "Choose the file again." },
    });
  });

  test("is read as if it were typed, in whichever field it belongs", () => {
    const read = (kind: string, text: string, more: Values = {}) =>
      readFiledEvidence({ ...said, kind, ...more }, fresh.incident.id, text);
    expect(read("E4", csv)).toMatchObject({ value: { figures: { arms: { length: 2 } } } });
    expect(read("E4", csv.replace("20,2", "2,20"))).toEqual({
      ok: false,
      error: "Line 3: 20 failures are more than 2 runs.",
    });
    const windows =
      "from,to,change_present,n,fails\n2025-08-05,2025-08-06,true,9,1\n2025-08-06,2025-08-07,false,9,0";
    expect(read("E5", windows)).toMatchObject({ value: { figures: { series: { length: 2 } } } });
    const groups = "group,n,fails\na,9,1\nb,9,0";
    expect(read("E5", groups, { split_by: "pool" })).toMatchObject({
      value: { figures: { cohorts: { length: 2 } } },
    });
    expect(read("E5", groups, { cohorts: "c: 1 of 2" })).toEqual({
      ok: false,
      error: "The form has the same counts typed in. Take one of the two away.",
    });
    // longer than a field takes, and still few rows
    expect(read("E4", `${csv}${"\n".repeat(4000)}`)).toMatchObject({ ok: true });
    expect(read("E4", csv.replaceAll("\n", "\r\n"))).toMatchObject({ ok: true });
  });

  test.each([
    ["a line of a million characters", ":a".repeat(499_000), /^Line 1: it is longer than 1,000/],
    ["a million lines", "a: 1 of 2\n".repeat(99_000), /^That are 99000 lines\. Give at most 50/],
    [
      "JSON of one line with a thousand groups",
      JSON.stringify(Array.from({ length: 1000 }, (_, group) => ({ group, n: 2, fails: 1 }))),
      /^That are 1000 lines/,
    ],
    ["an object", '{"group":"a"}', /^Give a JSON list of objects\. Such as \[\{"group":"pool-1m"/],
    ["brackets that never close", "[".repeat(900), /^Give a JSON list/],
  ])("of %s is refused at once", (_, text, says) => {
    const began = performance.now();
    const read = readFiledEvidence({ ...said, kind: "E5" }, fresh.incident.id, text);
    expect(read).toMatchObject({ ok: false, error: expect.stringMatching(says) });
    expect(performance.now() - began).toBeLessThan(500);
  });

  test("that was not recorded is told with the form as it was filled in", () => {
    const unread = {
      effectId: "e1",
      fileName: "arms.csv",
      reason: "Line 3: 22 failures are more than 20 runs.",
    };
    const extras = {
      botCommand: "/incident",
      canFileIssues: true,
      canProposePostmortem: true,
      unread,
    };
    const message = renderFileUnread(fresh, extras);
    expect(messageFaults(message)).toEqual([]);
    expectGolden("views/message-file-unread", message);
    const closed = incidentState({ incident: { status: "closed" } });
    expect(JSON.stringify(renderFileUnread(closed, extras))).not.toContain("refill-evidence");
  });
});
