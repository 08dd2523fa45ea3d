/**
 * Goal: the timeline reads as people last put it, keeps what was there before, and says each kind in a sentence.
 * Method: the fold and the deciders over entries of the test's own; one reading for every kind there is.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decideAddNote } from "#src/domain/add-note.ts";
import { type CorrectEntryInput, decideCorrectEntry } from "#src/domain/correct-entry.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { mentionedIn, readMessageText } from "#src/domain/message-text.ts";
import type { UserId } from "#src/domain/person.ts";
import {
  decidePinMessage,
  decideUnpinMessage,
  type PinnedMessage,
} from "#src/domain/pin-message.ts";
import { recordRefusal } from "#src/domain/refusal.ts";
import { foldTimeline, standingEntries } from "#src/domain/timeline-fold.ts";
import type { NewTimelineEntry, TimelineEntry } from "#src/domain/timeline.ts";
import { at, incidentState, leverUse, people, strand } from "#test/support/factories.ts";

const by = { userId: people.coordinator, now: at("11:00") };
const state = incidentState({ lastSequence: 9 });

function entry(sequence: number, overrides: Partial<TimelineEntry> = {}): TimelineEntry {
  return {
    sequence,
    lane: "diagnosis",
    kind: "note_added",
    happenedAt: at("10:00"),
    recordedAt: at("10:00"),
    actor: people.model,
    data: { text: `note ${sequence}` },
    hash: "",
    ...overrides,
  };
}

/** As the database would hold it: the entries a decision adds, after those that stand. */
function recorded(known: readonly TimelineEntry[], added: readonly NewTimelineEntry[]) {
  const last = known.at(-1)?.sequence ?? 0;
  return [
    ...known,
    ...added.map((one, index) => entry(last + index + 1, { ...one, recordedAt: by.now })),
  ];
}

function correct(
  known: readonly TimelineEntry[],
  input: Partial<CorrectEntryInput>,
  of: IncidentState = state,
) {
  const [first] = known;
  return decideCorrectEntry(
    of,
    {
      incidentId: state.incident.id,
      sequence: first!.sequence,
      text: null,
      happenedAt: first!.happenedAt,
      lane: first!.lane,
      reason: null,
      isWithdrawn: false,
      seenSequence: 9,
      ...input,
    },
    by,
    known,
  );
}

function added(decided: ReturnType<typeof correct>): NewTimelineEntry[] {
  if (!decided.ok) throw new Error(decided.error.message);
  return decided.value.timeline;
}

test("a corrected entry reads as the newest correction says, stands where it happened, and keeps its history", () => {
  const known = [entry(1, { happenedAt: at("10:20") }), entry(2, { happenedAt: at("10:10") })];
  const once = recorded(known, added(correct(known, { text: "said better", reason: "unclear" })));
  const twice = recorded(once, added(correct(once, { happenedAt: at("09:00"), lane: "impact" })));
  const [first, second] = foldTimeline(twice);
  expect(first!.entry).toMatchObject({
    sequence: 1,
    lane: "impact",
    happenedAt: at("09:00"),
    data: { text: "said better" },
  });
  expect(first!.original).toBe(known[0]);
  expect(first!.corrections.map(({ data }) => data["reason"])).toEqual(["unclear", null]);
  expect(second!.entry).toBe(known[1]);
});

test("what is taken out stands no longer, and stays in the record", () => {
  const known = [entry(1), entry(2)];
  const without = recorded(known, added(correct(known, { isWithdrawn: true, reason: "twice" })));
  expect(standingEntries(without).map(({ sequence }) => sequence)).toEqual([2]);
  expect(foldTimeline(without)[0]!.withdrawal).toMatchObject({
    actor: people.coordinator,
    data: { entry: 1, reason: "twice" },
  });
  expect(correct(without, { text: "again" })).toMatchObject({ error: { code: "stale" } });
});

test("whatever was corrected in whatever order, an entry is shown once and nothing is lost", () => {
  const change = fc.record({
    target: fc.integer({ min: 1, max: 4 }),
    isWithdrawn: fc.boolean(),
    minute: fc.integer({ min: 0, max: 59 }),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      let all = [1, 2, 3, 4].map((sequence) => entry(sequence));
      for (const { target, isWithdrawn, minute } of changes) {
        const known = all.filter((one) => one.sequence === target || one.data["entry"] === target);
        const decided = correct(known, {
          sequence: target,
          isWithdrawn,
          happenedAt: at(`08:${String(minute).padStart(2, "0")}`),
          seenSequence: 1_000,
        });
        if (decided.ok) all = recorded(all, decided.value.timeline);
      }
      const folded = foldTimeline(all);
      expect(folded.map(({ original }) => original.sequence).toSorted((a, b) => a - b)).toEqual([
        1, 2, 3, 4,
      ]);
      const about = folded.flatMap((one) => [...one.corrections, one.withdrawal ?? []].flat());
      expect(about).toHaveLength(all.length - 4);
    }),
    { numRuns: 50 },
  );
});

test("a fact that a form recorded is neither reworded nor taken out; where people tell its time, it may be dated anew", () => {
  const lever = [entry(1, { kind: "lever_recorded", data: { lever: 1, what: "Read-only" } })];
  const moved = added(correct(lever, { happenedAt: at("09:30"), text: "something else" }));
  expect(moved[0]!.data).toMatchObject({ text: null, happenedAt: at("09:30").toISOString() });
  expect(foldTimeline(recorded(lever, moved))[0]!.entry.data).toEqual(lever[0]!.data);
  expect(correct(lever, { isWithdrawn: true })).toMatchObject({
    error: { code: "stale", message: expect.stringContaining("stays") as string },
  });
});

test.each([
  "incident_declared",
  "channel_opened",
  "incident_closed",
  "verdict_set",
  "issue_filed",
] as const)(
  "the time of %s is the service's own, and is not told anew; what it is about may be",
  (kind) => {
    const known = [entry(1, { kind, data: {} })];
    expect(correct(known, { happenedAt: new Date("2026-01-01T00:00:00Z") })).toMatchObject({
      error: { code: "bad_field", field: "happened_at" },
    });
    expect(added(correct(known, { happenedAt: null, lane: "impact" }))).toMatchObject([
      { lane: "impact", data: { happenedAt: known[0]!.happenedAt.toISOString() } },
    ]);
  },
);

test("a corrected onset moves the incident's and its first strand's, and the panel shows it", () => {
  const onset = [entry(1, { kind: "onset_estimated", data: {}, happenedAt: at("08:00") })];
  const since = incidentState({
    incident: { onsetAt: at("08:00"), noticedAt: at("09:00") },
    strands: [strand({ windowFrom: at("08:00"), addedAt: null })],
    lastSequence: 9,
  });
  const decided = correct(onset, { happenedAt: at("07:30") }, since);
  expect(decided).toMatchObject({
    value: {
      changes: { incident: { onsetAt: at("07:30") }, strands: [{ windowFrom: at("07:30") }] },
      effects: [{ message: { kind: "panel" } }],
    },
  });
  // what it is about says nothing of when it began
  const filed = correct(
    onset,
    { lane: "impact" },
    { ...since, incident: { ...since.incident, onsetAt: at("07:00") } },
  );
  expect(filed).toMatchObject({ value: { changes: {}, effects: [] } });
  expect(correct(onset, { happenedAt: at("09:30") }, since)).toMatchObject({
    error: { field: "happened_at" },
  });
});

test("corrected words of the impact are what users see everywhere", () => {
  const impact = [
    entry(1, { kind: "impact_noticed", data: { how: "support", userImpact: "Old rate" } }),
  ];
  const since = incidentState({
    incident: { userImpact: "Old rate", noticedAt: at("10:00") },
    strands: [strand({ symptom: "Old rate", addedAt: null })],
    lastSequence: 9,
  });
  const decided = correct(impact, { text: "Old rate in 4 % of answers", reason: "counted" }, since);
  expect(decided).toMatchObject({
    value: {
      changes: {
        incident: { userImpact: "Old rate in 4 % of answers" },
        strands: [{ symptom: "Old rate in 4 % of answers" }],
      },
      effects: [{ message: { kind: "panel" } }, { message: { kind: "announcement" } }],
    },
  });
});

test("a lever that is dated anew is in force from then, and does not end before it began", () => {
  const began = [entry(1, { kind: "lever_recorded", data: { lever: 1, what: "Read-only" } })];
  const ended = [entry(1, { kind: "lever_ended", data: { lever: 1, what: "Read-only" } })];
  const since = incidentState({
    levers: [leverUse({ number: 1, startedAt: at("10:00"), endedAt: at("10:30") })],
    lastSequence: 9,
  });
  expect(correct(began, { happenedAt: at("09:40") }, since)).toMatchObject({
    value: { changes: { levers: [{ startedAt: at("09:40"), endedAt: at("10:30") }] } },
  });
  expect(correct(ended, { happenedAt: at("10:20") }, since)).toMatchObject({
    value: { changes: { levers: [{ startedAt: at("10:00"), endedAt: at("10:20") }] } },
  });
  expect(correct(began, { happenedAt: at("10:40") }, since)).toMatchObject({
    error: { field: "happened_at" },
  });
  expect(correct(ended, { happenedAt: at("09:40") }, since)).toMatchObject({
    error: { field: "happened_at" },
  });
});

test("a form that changes nothing records nothing, though it knows no seconds", () => {
  const known = [entry(1, { happenedAt: new Date("2026-03-09T10:00:31Z") })];
  expect(added(correct(known, { happenedAt: at("10:00"), text: "note 1" }))).toEqual([]);
});

test("whoever re-words or takes out what somebody else recorded says why; whoever recorded it need not", () => {
  const known = [entry(1, { actor: people.declarer })];
  const field = { error: { code: "bad_field", field: "reason" } };
  expect(correct(known, { isWithdrawn: true })).toMatchObject(field);
  expect(correct(known, { text: "said otherwise" })).toMatchObject(field);
  expect(correct(known, { isWithdrawn: true, reason: "noted twice" }).ok).toBe(true);
  expect(correct(known, { text: "said otherwise", reason: "it was 4 %" }).ok).toBe(true);
  // what keeps its words needs none
  expect(correct(known, { happenedAt: at("09:10") }).ok).toBe(true);
  const own = [entry(1, { actor: by.userId })];
  expect(correct(own, { isWithdrawn: true }).ok).toBe(true);
  expect(correct(own, { text: "said otherwise" }).ok).toBe(true);
});

test("two people at once: who did not see a correction is told, and nothing is overwritten", () => {
  const known = [entry(1)];
  const corrected = recorded(
    [...known, entry(9)],
    added(correct(known, { text: "first", reason: "unclear" })),
  );
  const stale = correct(
    corrected.filter(({ sequence }) => sequence !== 9),
    { text: "second" },
  );
  expect(stale).toMatchObject({ error: { code: "stale" } });
});

test("the time of onset and of the notice in the incident follow their entries", () => {
  const onset = [entry(1, { kind: "onset_estimated", data: {} })];
  const decided = correct(onset, { happenedAt: at("08:00") });
  expect(decided).toMatchObject({ value: { changes: { incident: { onsetAt: at("08:00") } } } });
  const noticed = [entry(1, { kind: "impact_noticed", data: { userImpact: null } })];
  expect(correct(noticed, { happenedAt: at("08:30") })).toMatchObject({
    value: { changes: { incident: { noticedAt: at("08:30") } } },
  });
});

test("nothing is recorded of the future, and nothing in an incident that is over", () => {
  const note = { incidentId: state.incident.id, text: "Later", lane: "impact" as const };
  const future = decideAddNote(state, { ...note, happenedAt: at("11:10") }, by);
  expect(future).toMatchObject({ error: { code: "bad_field", field: "happened_at" } });
  const over = incidentState({ incident: { status: "closed" } });
  expect(decideAddNote(over, { ...note, happenedAt: null }, by)).toMatchObject({
    error: { code: "stale" },
  });
});

test("R12: a note's words are refused and not kept, a pinned message is a quote and is not tested", () => {
  const text = "The model hallucinated";
  const note = { incidentId: state.incident.id, text, lane: "impact" as const, happenedAt: null };
  const refused = decideAddNote(state, note, by);
  if (refused.ok || refused.error.code !== "refused") throw new Error("it was not refused");
  expect(refused.error.refusal.rewrite?.field).toBe("text");
  const kept = recordRefusal(state, refused.error.refusal, "add-note", by);
  expect(kept.timeline[0]!.kind).toBe("statement_refused");
  expect(JSON.stringify(kept)).not.toContain(text);
  expect(
    decidePinMessage(state, { message: { ...message, text }, how: "pushpin" }, by, []).ok,
  ).toBe(true);
});

test("a refused change of phase is told as one", () => {
  const refusal = { rules: ["B5"], missing: ["LV1"], sentence: "Take it back.", more: [] };
  expect(recordRefusal(state, refusal, "set-phase", by).timeline[0]!.kind).toBe("phase_refused");
});

const message: PinnedMessage = {
  channelId: "C0INCIDENT",
  ts: "1773049200.000100",
  author: people.retrieval,
  authorName: null,
  text: "36 of 40",
  files: ["graph.png"],
  link: null,
};

test("a message is kept once, goes with the last pushpin, and can come back; by its menu it stays", () => {
  const pin = (known: readonly TimelineEntry[], how: "pushpin" | "shortcut") => {
    const decided = decidePinMessage(state, { message, how }, by, known);
    return decided.ok ? recorded(known, decided.value.timeline) : [];
  };
  const unpin = (known: readonly TimelineEntry[]) => {
    const decided = decideUnpinMessage(state, by, known);
    return decided.ok ? recorded(known, decided.value.timeline) : [];
  };
  const standing = (known: readonly TimelineEntry[]) => standingEntries(known).length;

  const pinned = pin([], "pushpin");
  expect(standing(pinned)).toBe(1);
  expect(pinned[0]).toMatchObject({ happenedAt: at("09:40"), data: { author: people.retrieval } });
  expect(standing(pin(pinned, "pushpin"))).toBe(1);
  const gone = unpin(pinned);
  expect(standing(gone)).toBe(0);
  expect(standing(unpin(gone))).toBe(0);
  expect(standing(pin(gone, "pushpin"))).toBe(1);
  expect(standing(unpin(pin([], "shortcut")))).toBe(1);
});

test("a message reads as people see it: names for mentions, addresses spelled out, what was typed unescaped", () => {
  const names = new Map([["U1" as UserId, "ana"]]);
  const raw =
    "<@U1> and <@U2|old name> in <#C1|ops>, <!here> <!subteam^S1|@oncall>: a &lt;b&gt; &amp;lt; <https://a.example/x|a.example/x> <https://b.example|the graph> <mailto:x@y.example|x@y.example>\0";
  expect(readMessageText(raw, names)).toBe(
    "@ana and @old name in #ops, @here @oncall: a <b> &lt; https://a.example/x the graph (https://b.example) x@y.example",
  );
  expect(mentionedIn(raw)).toEqual(["U1", "U2"]);
  // who typed the brackets mentioned nobody
  expect(mentionedIn("&lt;@U3&gt;")).toEqual([]);
});
