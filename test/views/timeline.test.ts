// Goal: notes, the timeline, one entry with its history, and what a message's menu opens read well, and stay
// within Slack's limits whatever people wrote.
// Method: golden files of each; every view again with texts at their limits and hostile ones.

import type { ModalView } from "@slack/types";
import { expect, test } from "vitest";
import type { IncidentId } from "#src/domain/incident.ts";
import { standingEntries, foldTimeline } from "#src/domain/timeline-fold.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import { messageFaults, modalFaults } from "#test/support/block-kit-limits.ts";
import { at, incident, incidentState, people } from "#test/support/factories.ts";
import { submit } from "#test/support/fill-form.ts";
import { expectGolden } from "#test/support/golden.ts";
import { renderDeclaredAlready } from "#views/messages/declared-already.ts";
import { renderEntry } from "#views/messages/entry.ts";
import { renderRefusedNote, renderUnsavedNote } from "#views/messages/refused-note.ts";
import { encodeMessage, parseMessage } from "#views/message-hint.ts";
import { addNoteModal } from "#views/modals/add-note.ts";
import { chooseIncidentModal } from "#views/modals/choose-incident.ts";
import { correctEntryModal } from "#views/modals/correct-entry.ts";
import { declareIncidentModal } from "#views/modals/declare-incident.ts";
import { timelineModal } from "#views/modals/timeline.ts";
import { encodeTypedNote, parseTypedNote } from "#views/typed-note.ts";

const one = incident();
const state = incidentState();
const long = "<!channel> *bold* & `code` “ש” ".repeat(110).slice(0, 3_000);

function entry(sequence: number, overrides: Partial<TimelineEntry> = {}): TimelineEntry {
  return {
    sequence,
    lane: "diagnosis",
    kind: "note_added",
    happenedAt: at("10:00"),
    recordedAt: at("10:00"),
    actor: people.model,
    data: { text: "The index of 1 March lacks 14 documents" },
    hash: "",
    ...overrides,
  };
}

const pinned = entry(2, {
  kind: "message_pinned",
  happenedAt: at("09:12"),
  actor: people.coordinator,
  data: {
    text: "Three customers wrote in about the old rule",
    author: people.retrieval,
    authorName: null,
    source: "C0INCIDENT:1773047520.000100",
    link: "https://acme.slack.com/archives/C0INCIDENT/p1773047520000100",
    files: ["ticket.png"],
    how: "pushpin",
  },
});
const correction = entry(3, {
  kind: "entry_corrected",
  actor: people.coordinator,
  recordedAt: at("10:30"),
  data: {
    entry: 1,
    text: "The index of 1 March lacks 15 documents",
    happenedAt: at("09:55").toISOString(),
    lane: "impact",
    reason: "counted again",
  },
});
const withdrawal = entry(4, {
  kind: "entry_withdrawn",
  actor: people.declarer,
  recordedAt: at("10:40"),
  data: { entry: 2, reason: "about another incident" },
});

const corrected = foldTimeline([entry(1), correction])[0]!;
const standing = foldTimeline([pinned])[0]!;
const gone = foldTimeline([pinned, withdrawal])[0]!;
const page = { entries: [corrected, standing], page: 1, pages: 3, found: 42, recorded: 45 };
const from = { filter: "all" as const, page: 1 };

const modals: [string, ModalView][] = [
  ["note", addNoteModal.render({ incident: one, text: "" })],
  [
    "timeline",
    timelineModal.render({ incident: one, page, filter: "all", chain: { kind: "unchecked" } }),
  ],
  [
    "entry-corrected",
    correctEntryModal.render({ incident: one, folded: corrected, lastSequence: 9, from }),
  ],
  [
    "entry-withdrawn",
    correctEntryModal.render({ incident: one, folded: gone, lastSequence: 9, from }),
  ],
  [
    "choose-incident",
    chooseIncidentModal.render({
      incidents: [one],
      purpose: "add-to-timeline",
      message: { ...messageOf("Three customers wrote in"), link: null },
    }),
  ],
];

test.each(modals)(
  "the form %s reads as in its golden file, within Slack's limits",
  (name, view) => {
    expect(modalFaults({ ...view })).toEqual([]);
    expectGolden(`views/modal-timeline-${name}`, view);
  },
);

test.each([
  ["note", corrected],
  ["pinned", standing],
  ["withdrawn", gone],
])("the message of an entry (%s) reads as in its golden file", (name, folded) => {
  const message = renderEntry(state, folded);
  expect(messageFaults(message)).toEqual([]);
  expectGolden(`views/message-entry-${name}`, message);
});

test("R12: a refused note shows why, the offered words and what was typed", () => {
  const refusal = {
    rules: ["R12"],
    missing: ["rewrite"],
    sentence: "Write what made this possible.",
    more: [],
    rewrite: { field: "text", text: "The index job had no check" },
  };
  const message = renderRefusedNote(refusal, { incidentId: one.id, text: "Ana broke it" });
  expect(messageFaults(message)).toEqual([]);
  expectGolden("views/message-refused-note", message);
  const most = renderRefusedNote(
    { ...refusal, rewrite: { field: "text", text: long } },
    { incidentId: one.id, text: long },
  );
  expect(messageFaults(most)).toEqual([]);
});

test("a note that does not fit into its button waits for the form instead", () => {
  const typed = { incidentId: one.id, text: "Seen at 09:10" };
  expect(parseTypedNote(encodeTypedNote(typed))).toEqual(typed);
  expect(encodeTypedNote({ ...typed, text: long })).toBeUndefined();
  expect(parseTypedNote("{}")).toBeUndefined();
});

test("whatever people wrote, every view stays within Slack's limits", () => {
  const hostile = entry(1, { data: { text: long } });
  const history = Array.from({ length: 30 }, (_, index) =>
    entry(10 + index, {
      kind: "entry_corrected",
      data: { ...correction.data, text: long, reason: long.slice(0, 1_000) },
    }),
  );
  const many = foldTimeline(
    Array.from({ length: 15 }, (_, index) => entry(index + 1, { data: { text: long } })),
  );
  const huge = {
    ...pinned,
    data: {
      ...pinned.data,
      text: long.repeat(13),
      files: Array(20).fill(long.slice(0, 255)) as string[],
    },
  };
  const views = [
    timelineModal.render({
      incident: { ...one, title: long.slice(0, 150) },
      page: { ...page, entries: many },
      filter: "withdrawn",
      chain: { kind: "broken", sequence: 3 },
    }),
    ...[
      foldTimeline([hostile, ...history])[0]!,
      foldTimeline([huge])[0]!,
      foldTimeline([huge, withdrawal])[0]!,
    ].map((folded) => correctEntryModal.render({ incident: one, folded, lastSequence: 99, from })),
    addNoteModal.render({ incident: one, text: long }),
    chooseIncidentModal.render({
      incidents: Array.from({ length: 50 }, (_, index) => ({
        ...one,
        id: (index + 1) as IncidentId,
      })),
      purpose: "attach-evidence",
      message: messageOf(long.repeat(13)),
    }),
  ];
  for (const view of views) expect(modalFaults({ ...view })).toEqual([]);
  const messages = [
    renderEntry(state, foldTimeline([hostile, ...history])[0]),
    renderEntry(state, foldTimeline([huge])[0]),
    renderUnsavedNote("Nothing was recorded.", long.repeat(10)),
    renderDeclaredAlready({ ...one, channelId: null }),
  ];
  for (const message of messages) expect(messageFaults(message)).toEqual([]);
});

test("what people wrote mentions nobody and formats nothing of ours", () => {
  const message = renderEntry(
    state,
    foldTimeline([
      entry(1, {
        kind: "severity_changed",
        data: { from: "SEV2", to: "SEV1", reason: "<!channel> <@U1>" },
      }),
    ])[0],
  );
  expect(JSON.stringify(message)).not.toContain("<!channel>");
  expect(JSON.stringify(message)).toContain("&lt;!channel&gt;");
});

test("a message waits in its form whole where it fits, and is cut where it does not", () => {
  const short = { purpose: "attach-evidence" as const, message: messageOf('a\n"b" & <c>') };
  expect(parseMessage(encodeMessage(short))).toEqual(short);
  const cut = encodeMessage({ ...short, message: messageOf('"\n'.repeat(20_000)) });
  expect(cut.length).toBeLessThanOrEqual(3_000);
  expect(parseMessage(cut)?.message.text.endsWith("…")).toBe(true);
});

test("a form for declaring keeps the message it is declared from", () => {
  const source = {
    channelId: "C1",
    ts: "1773047520.000100",
    link: "https://acme.slack.com/archives/C1/p1",
  };
  const view = declareIncidentModal.render({
    title: "Old rule",
    services: [],
    isDrill: false,
    source,
  });
  expect(submit(declareIncidentModal, view, { severity: "SEV2" })).toMatchObject({ source });
});

test("a correction hands over what stands in the form, and asks for words or to take it out", () => {
  const view = correctEntryModal.render({
    incident: one,
    folded: corrected,
    lastSequence: 9,
    from,
  });
  expect(submit(correctEntryModal, view, { reason: "typo" })).toMatchObject({
    sequence: 1,
    text: "The index of 1 March lacks 15 documents",
    happenedAt: at("09:55"),
    lane: "impact",
    reason: "typo",
    isWithdrawn: false,
    seenSequence: 9,
  });
  expect(submit(correctEntryModal, view, { text: null })).toMatchObject({
    errors: { text: expect.any(String) as string },
  });
  expect(submit(correctEntryModal, view, { text: null, withdraw: ["withdraw"] })).toMatchObject({
    isWithdrawn: true,
  });
});

test("entries that were taken out stand in no list", () => {
  expect(standingEntries([pinned, withdrawal])).toEqual([]);
});

function messageOf(text: string) {
  return {
    channelId: "C0OTHER",
    ts: "1773047520.000100",
    author: people.retrieval,
    authorName: null,
    text,
    files: ["a.png"],
    link: "https://acme.slack.com/archives/C0OTHER/p1773047520000100",
  };
}
