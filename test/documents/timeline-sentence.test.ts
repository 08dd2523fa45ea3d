/**
 * Goal: every kind of timeline entry reads as a sentence, also the ones that an incident like S0 never has.
 * Method: a table of entries and their sentences; the golden postmortem shows the rest.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { duration, minutesBetween } from "#src/documents/times.ts";
import { timelineSentence } from "#src/documents/timeline-sentence.ts";
import type { UserId } from "#src/domain/person.ts";
import type { TimelineEntry, TimelineKind } from "#src/domain/timeline.ts";
import { entrySentence } from "#views/timeline-words.ts";

const actor = "U0ACTOR" as UserId;
const names = new Map([[actor, "actor"]]);

function sentenceOf(kind: TimelineKind, data: TimelineEntry["data"]): string {
  return timelineSentence(entryOf(kind, data), names);
}

function entryOf(kind: TimelineKind, data: TimelineEntry["data"]): TimelineEntry {
  const at = new Date("2026-03-09T09:20:00Z");
  const entry = { sequence: 1, lane: "diagnosis", actor: actor, hash: "", happenedAt: at } as const;
  return { ...entry, recordedAt: at, kind, data };
}

const told: [TimelineKind, TimelineEntry["data"], string][] = [
  [
    "incident_declared",
    { title: "Old rule", severity: "SEV2", isDrill: true },
    "actor declared “Old rule” as SEV2, as a drill.",
  ],
  ["impact_noticed", { how: null, userImpact: null }, "The impact was noticed."],
  [
    "answer_recorded",
    { layer: "model", change: "cannot_tell", sentence: null, author: "U0OTHER", revision: 2 },
    "U0OTHER (recorded by actor) corrected the answer for Model: cannot tell.",
  ],
  [
    "row_answered",
    {
      row: "RD1",
      claimedLayer: "retrieval_data",
      reading: "points_to",
      pointsTo: "model",
      sentence: "It ignored them",
      author: actor,
    },
    "actor answered “Were the right documents retrieved but ignored?”, asked before Retrieval & data may be named first: points to Model. “It ignored them”.",
  ],
  [
    "verdict_set",
    {
      strand: 1,
      layer: "model",
      verdict: "cleared",
      confidence: null,
      contribution: null,
      author: "U0OTHER",
    },
    "U0OTHER (recorded by actor) set the verdict on Model in strand 1: ruled out.",
  ],
  [
    "verdict_taken_back",
    { strand: 1, layer: "model", verdict: "cleared", author: actor },
    "actor took back the verdict on Model in strand 1: ruled out, which no longer stands.",
  ],
  [
    "lever_declined",
    { lever: 1, what: "Model | rollback" },
    "actor declined having authorized “Model | rollback”.",
  ],
  [
    "lever_ended",
    { lever: 1, what: "Full model rollback", how: "kept", why: "It is better!", by: "U0OTHER" },
    "“Full model rollback” was kept for good by U0OTHER: “It is better!”",
  ],
  [
    "incident_closed",
    { closedAs: "undetermined", approver: "U0OTHER" },
    "actor closed the incident without knowing what broke first, approved by U0OTHER.",
  ],
  [
    "postmortem_proposed",
    { url: "https://github.example.com/acme/p/pull/9" },
    "This postmortem was proposed as [a pull request](<https://github.example.com/acme/p/pull/9>).",
  ],
  ["postmortem_proposed", {}, "This postmortem was proposed as a pull request."],
];

test.each(told)("%s of %j reads %j", (kind, data, sentence) => {
  expect(sentenceOf(kind, data)).toBe(sentence);
});

const newer: [TimelineKind, TimelineEntry["data"], string][] = [
  ["note_added", { text: "Index rebuilt" }, "actor noted: “Index rebuilt”."],
  [
    "message_pinned",
    { text: "It is wrong!", author: "U0OTHER", link: "https://a.example/p1", files: ["a|b.png"] },
    "U0OTHER wrote ([message](<https://a.example/p1>)): “It is wrong!” With a|b.png.",
  ],
  [
    "message_pinned",
    { text: "", author: null, authorName: "Alerts", link: null, files: [] },
    "Alerts posted a message without text.",
  ],
  [
    "severity_changed",
    { from: "SEV3", to: "SEV2", reason: "it spreads" },
    "actor changed the severity from SEV3 to SEV2: “it spreads”.",
  ],
  [
    "phase_changed",
    { from: "diagnosing", to: "recovering", reason: null },
    "actor moved the incident from diagnosing to recovering.",
  ],
  [
    "phase_changed",
    { from: "declared", to: "stabilizing", reason: null, isAutomatic: true },
    "With this the incident moved from declared to stabilizing.",
  ],
  [
    "strand_changed",
    { strand: 2, name: "Refusals", changes: ["the name from “Old” to “Refusals”"] },
    "actor changed strand 2, “Refusals”: the name from “Old” to “Refusals”.",
  ],
  ["role_changed", { role: "scribe", from: null, to: actor }, "actor took the role of scribe."],
  [
    "role_changed",
    { role: "coordinator", from: actor, to: "U0OTHER" },
    "actor handed the role of coordinator over to U0OTHER.",
  ],
  [
    "role_changed",
    { role: "coordinator", from: "U0THIRD", to: "U0OTHER" },
    "U0OTHER has the role of coordinator, after U0THIRD, recorded by actor.",
  ],
  [
    "owner_changed",
    { layer: "model", owner: "U0OTHER", group: null, standIn: actor, takenBy: null },
    "actor named U0OTHER as owner of Model, with actor as stand-in.",
  ],
  [
    "owner_changed",
    { layer: "model", owner: null, group: "S1", takenBy: actor },
    "actor answers for Model.",
  ],
  [
    "owner_reminded",
    { layer: "model", step: "stand-in", userId: "U0OTHER" },
    "U0OTHER was asked to answer for Model as stand-in.",
  ],
  [
    "statement_refused",
    { attempted: "add-note", rules: ["R12"], sentence: "Name the role" },
    "A statement of actor was refused, and its words were not kept. Name the role.",
  ],
  [
    "update_snoozed",
    { untilAt: "2026-03-09T10:00:00.000Z" },
    "actor put the next update off until 2026-03-09 10:00 UTC.",
  ],
  ["link_made", { from: "AC1", to: "G2" }, "actor linked action 1 to gap 2."],
];

test.each(newer)("%s of %j reads %j", (kind, data, sentence) => {
  expect(sentenceOf(kind, data)).toBe(sentence);
});

const kinds = [...readFileSync("src/domain/timeline.ts", "utf8").matchAll(/^ {2}\| "(\w+)"/gm)].map(
  ([, kind]) => kind as TimelineKind,
);
const hostile = "<!channel> @octocat closes #1\n# x | *y*";

test.each(kinds)(
  "an entry of %s is a sentence on both sides, whatever it holds or lacks",
  (kind) => {
    const keys =
      "text what why reason statement title name question answer sentence contribution tradeoff signal condition made link url";
    const full = Object.fromEntries(keys.split(" ").map((key) => [key, hostile]));
    for (const data of [{}, full, { ...full, author: "U0OTHER", layer: "model", isUndone: true }]) {
      const inMarkdown = sentenceOf(kind, data);
      expect(inMarkdown).toMatch(/[.!?…”]$/);
      expect(inMarkdown).not.toMatch(/\n|@octocat|undefined|null/);
      const inSlack = entrySentence(entryOf(kind, data)).mrkdwn;
      expect(inSlack).toMatch(/[.!?…”]$/);
      expect(inSlack).not.toMatch(/\n|<!channel>|undefined|null/);
    }
  },
);

test("How long something took is said in its two largest units", () => {
  const from = new Date("2026-03-09T09:00:00Z");
  const after = (minutes: number) => new Date(from.getTime() + minutes * 60_000);
  expect([0, 1, 59, 60, 125, 1440, 1441, 10_270].map((m) => duration(from, after(m)))).toEqual([
    "less than a minute",
    "1 minute",
    "59 minutes",
    "1 hour",
    "2 hours 5 minutes",
    "1 day",
    "1 day",
    "7 days 3 hours",
  ]);
  expect(duration(after(5), from)).toBe("minus 5 minutes");
  expect(minutesBetween(from, after(7))).toBe(7);
  expect(minutesBetween(null, from)).toBeNull();
});
