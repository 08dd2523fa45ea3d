// Goal: what the declaration left out is filled in later, told with what it was, and followed by the first strand.
// Method: the pure decider alone, given, when, then.
import { expect, test } from "vitest";
import { decideEditDetails, type EditDetailsInput } from "#src/domain/edit-details.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { standingEntries } from "#src/domain/timeline-fold.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import {
  accepted,
  after,
  by,
  effectNames,
  incidentId,
  openIncident,
  rejected,
} from "./fixtures.ts";

const unchanged = ({ incident }: IncidentState): EditDetailsInput => ({
  incidentId,
  title: incident.title,
  userImpact: incident.userImpact,
  promiseBroken: incident.promiseBroken,
  incidentClass: incident.incidentClass,
  onsetAt: incident.onsetAt,
  noticedAt: incident.noticedAt,
  noticedBy: [],
});
const onsetAt = new Date(by.now.getTime() - 3_600_000);

test("details that are filled in change the incident and its first strand, and are one entry with what they were", () => {
  const state = openIncident();
  const result = decideEditDetails(
    state,
    {
      ...unchanged(state),
      title: "Old rule in answers",
      userImpact: "Old kilometre rate",
      onsetAt,
      noticedBy: ["support", "internal_signal"],
    },
    by,
  );
  const { incident, strands } = after(state, result);
  expect(incident).toMatchObject({
    title: "Old rule in answers",
    noticedHow: "support",
    alsoNoticedHow: ["internal_signal"],
  });
  expect(strands[0]).toMatchObject({
    name: "Old rule in answers",
    symptom: "Old kilometre rate",
    windowFrom: onsetAt,
  });
  const [entry, ...others] = accepted(result).timeline;
  expect(others).toEqual([]);
  expect(entry?.data["changes"]).toContain("what users see from “nothing” to “Old kilometre rate”");
  expect(effectNames(accepted(result))).toEqual([
    "post-message:panel",
    "post-message:announcement",
    "set-topic",
  ]);
});

test("a strand that somebody gave another name or start keeps it", () => {
  const state = openIncident();
  const [first] = state.strands;
  const renamed = { ...state, strands: [{ ...first!, name: "Refusals", windowFrom: by.now }] };
  const input = { ...unchanged(state), title: "Something else", onsetAt };
  expect(after(renamed, decideEditDetails(renamed, input, by)).strands[0]).toMatchObject({
    name: "Refusals",
    windowFrom: by.now,
  });
});

test("the same details again record nothing; times that cannot be are refused at their field", () => {
  const state = openIncident();
  expect(accepted(decideEditDetails(state, unchanged(state), by)).timeline).toEqual([]);
  const later = new Date(by.now.getTime() + 60_000);
  expect(
    rejected(decideEditDetails(state, { ...unchanged(state), onsetAt: later }, by)),
  ).toMatchObject({ field: "onset_at" });
  expect(
    rejected(
      decideEditDetails(state, { ...unchanged(state), onsetAt: by.now, noticedAt: onsetAt }, by),
    ),
  ).toMatchObject({ field: "noticed_at" });
});

test("R12: new words are checked, those that stand since the declaration are not in the way", () => {
  const state = openIncident();
  state.incident.title = "The model hallucinated.";
  const changed = { ...unchanged(state), userImpact: "Old kilometre rate" };
  expect(decideEditDetails(state, changed, by).ok).toBe(true);
  expect(
    rejected(
      decideEditDetails(state, { ...changed, promiseBroken: "The model hallucinated." }, by),
    ),
  ).toMatchObject({ refusal: { rules: ["R12"], rewrite: { field: "promise_broken" } } });
});

test("what the timeline tells of onset and impact follows the details, and what it said stays in its history", () => {
  const recorded = { recordedAt: by.now, actor: by.userId, lane: "detection" as const, hash: "" };
  const known: TimelineEntry[] = [
    {
      ...recorded,
      sequence: 2,
      kind: "impact_noticed",
      happenedAt: by.now,
      data: { how: "support", userImpact: "Old rate" },
    },
    { ...recorded, sequence: 3, kind: "onset_estimated", happenedAt: onsetAt, data: {} },
  ];
  const state = openIncident();
  Object.assign(state.incident, {
    userImpact: "Old rate",
    noticedAt: by.now,
    noticedHow: "support",
    onsetAt,
  });
  const edit = (facts: Partial<EditDetailsInput>): TimelineEntry[] => {
    const input = { ...unchanged(state), noticedBy: ["support" as const], ...facts };
    const { timeline } = accepted(decideEditDetails(state, input, by, known));
    const added = timeline.map((one, index) => ({
      ...one,
      sequence: 10 + index,
      recordedAt: by.now,
      hash: "",
    }));
    return standingEntries([...known, ...added]);
  };
  const earlier = new Date(onsetAt.getTime() - 3_600_000);
  const told = (entries: TimelineEntry[]) =>
    entries.flatMap(({ kind, happenedAt, data }) =>
      kind === "details_changed" ? [] : [[kind, happenedAt, data["how"], data["userImpact"]]],
    );
  expect(
    told(edit({ onsetAt: earlier, userImpact: "Old rate in 4 %", noticedBy: ["internal_signal"] })),
  ).toEqual([
    ["onset_estimated", earlier, undefined, undefined],
    ["impact_noticed", by.now, "internal_signal", "Old rate in 4 %"],
  ]);
  // what is not known after all is told no more
  expect(told(edit({ onsetAt: null }))).toEqual([
    ["impact_noticed", by.now, "support", "Old rate"],
  ]);
  // a title alone leaves them as they are
  expect(told(edit({ title: "Another title" }))).toEqual([
    ["onset_estimated", onsetAt, undefined, undefined],
    ["impact_noticed", by.now, "support", "Old rate"],
  ]);
});
