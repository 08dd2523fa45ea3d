/**
 * Goal: every kind of timeline entry reads as a sentence, also the ones that an incident like S0 never has.
 * Method: a table of entries and their sentences; the golden postmortem shows the rest.
 */
import { expect, test } from "vitest";
import { duration, minutesBetween } from "#src/documents/times.ts";
import { timelineSentence } from "#src/documents/timeline-sentence.ts";
import type { UserId } from "#src/domain/person.ts";
import type { TimelineEntry, TimelineKind } from "#src/domain/timeline.ts";

const actor = "U0ACTOR" as UserId;
const names = new Map([[actor, "actor"]]);

function sentenceOf(kind: TimelineKind, data: TimelineEntry["data"]): string {
  const at = new Date("2026-03-09T09:20:00Z");
  const entry = { sequence: 1, lane: "diagnosis", actor: actor, hash: "", happenedAt: at } as const;
  return timelineSentence({ ...entry, recordedAt: at, kind, data }, names);
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
