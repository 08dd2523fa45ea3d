// Goal: the answer claims no more than telemetry could show: of a window that it covers in part, before it began,
// or of layers that it never saw, nothing is called unchanged.
// Method: reports whose window and telemetry lie otherwise, read as a responder reads them.

import type { SectionBlock } from "@slack/types";
import { expect, test } from "vitest";
import type { LedgerChange, VersionReport } from "#src/domain/ledger/ledger.ts";
import { at, incident, people } from "#test/support/factories.ts";
import {
  coverage,
  declaredChange,
  ledgerChange,
  pinReport,
  versionReport,
} from "#test/support/versions.ts";
import { versionsModal } from "#views/modals/versions.ts";

const onset = new Date("2026-03-09T08:00:00Z");
const lastGood = new Date("2026-03-02T06:00:00Z");

function textOf(report: VersionReport, blockId: string): string {
  const { blocks } = versionsModal.render({
    report,
    incident: incident({ onsetAt: onset, onsetHeldAt: onset }),
    text: "",
    isOwnWindow: true,
    page: 0,
    botCommand: "/incident",
  });
  const found = blocks.find(({ block_id: id }) => id === blockId);
  return (found as SectionBlock | undefined)?.text?.text ?? "";
}

const answerOf = (report: VersionReport) => textOf(report, "versions-answer");

test("a layer whose pins stopped before the window is not called seen", () => {
  const stopped = pinReport("index", "retrieval_data", "i1", {
    lastSeenAt: new Date("2026-03-08T00:00:00Z"),
  });
  const pins = [...versionReport().pins.filter(({ pin }) => pin !== "index"), stopped];
  expect(answerOf(versionReport({ pins }))).toBe(
    "*Nothing changed that the ledger can see; it cannot see Retrieval &amp; data and Infrastructure.*",
  );
});

test("telemetry that ended before the window shows nothing of it", () => {
  const lastSeenAt = new Date("2026-03-08T00:00:00Z");
  const pins = versionReport().pins.map((pin) => ({ ...pin, lastSeenAt }));
  const report = versionReport({ pins, coverage: { ...coverage, lastSeenAt } });
  expect(answerOf(report)).toMatch(/no telemetry of it shows what ran/);
});

test("a window before telemetry began is not called unchanged", () => {
  const window = { from: new Date("2026-02-20T00:00:00Z"), to: new Date("2026-02-24T00:00:00Z") };
  expect(answerOf(versionReport({ window }))).toMatch(/no telemetry of it shows what ran/);
});

test.each([
  [
    "begins in",
    { from: new Date("2026-02-27T00:00:00Z") },
    "There is no telemetry of the first 2 days of the window.",
  ],
  [
    "ends in",
    { to: new Date("2026-03-09T14:30:00Z"), now: new Date("2026-03-10T00:00:00Z") },
    "There is no telemetry of the last 5 hours of the window.",
  ],
  [
    "begins and ends in",
    {
      from: new Date("2026-02-27T00:00:00Z"),
      to: new Date("2026-03-09T14:30:00Z"),
      now: new Date("2026-03-10T00:00:00Z"),
    },
    "There is no telemetry of the first 2 days and of the last 5 hours of the window.",
  ],
])("where telemetry %s the window, the first line says so", (_, times, sentence) => {
  const { from, to, now } = { from: onset, to: at("09:10"), now: at("09:31"), ...times };
  const report = versionReport({ window: { from, to } });
  const asked = { ...report, at: { ...report.at, now } };
  const whole = [...report.pins, pinReport("region", "infrastructure", "eu-1")];
  expect(answerOf({ ...asked, pins: whole })).toBe(
    `*Nothing changed that the ledger can see. ${sentence}*`,
  );
  const changes = [ledgerChange()];
  expect(answerOf({ ...asked, changes })).toMatch(
    new RegExp(`^\\*1 change in this window.* ${sentence}\\*$`),
  );
});

test("what has not come yet is no gap: a window that ends in the future is seen up to now", () => {
  const report = versionReport({ window: { from: onset, to: at("23:59") } });
  expect(answerOf(report)).toBe(
    "*Nothing changed that the ledger can see; it cannot see Infrastructure.*",
  );
});

test("a layer that was first seen in the window is named, though other telemetry covers it", () => {
  const late = pinReport("region", "infrastructure", "eu-1", { firstSeenAt: at("07:00") });
  const report = versionReport();
  expect(answerOf({ ...report, pins: [...report.pins, late] })).toBe(
    "*Nothing changed that the ledger can see. It could see Infrastructure only in a part of the window.*",
  );
  const marks = [
    {
      service: null,
      layer: "infrastructure" as const,
      from: lastGood,
      to: at("10:00"),
      source: "Deploy log",
      markedBy: people.infrastructure,
      markedAt: at("09:30"),
    },
  ];
  expect(answerOf({ ...report, pins: [...report.pins, late], marks })).toBe(
    "*Nothing changed that the ledger can see, in any of the six layers.*",
  );
});

test("how small a version may be and stay unseen is told of the window's requests alone", () => {
  const gapsOf = (report: VersionReport) => textOf(report, "versions-gaps");
  // a day of nine days of 9,800 requests
  expect(gapsOf(versionReport())).toContain(
    "If the requests came evenly, about 1,100 of them fall into this window; a version that fewer than about 3 in 1,100 carry may then be unseen.",
  );
  const window = { from: new Date("2026-02-28T00:00:00Z"), to: at("23:00") };
  expect(gapsOf(versionReport({ window }))).toContain(
    "A version that fewer than about 3 in 9,800 requests carry may be unseen.",
  );
  const few = { ...coverage, requests: 12 };
  expect(gapsOf(versionReport({ coverage: few }))).toContain(
    "If the requests came evenly, fewer than 3 of them fall into this window: that shows next to nothing.",
  );
  const before = { from: new Date("2026-02-20T00:00:00Z"), to: new Date("2026-02-24T00:00:00Z") };
  expect(gapsOf(versionReport({ window: before }))).not.toMatch(/may (then )?be unseen|evenly/);
});

test("telemetry shows nothing of a declared change only where it could have shown it", () => {
  const wordsOf = (change: LedgerChange) =>
    textOf(versionReport({ changes: [change] }), `change:${change.key}`);
  expect(wordsOf(declaredChange())).toContain("Telemetry shows nothing of it");
  const before = new Date("2026-02-24T00:00:00Z");
  expect(wordsOf(declaredChange({ at: before }))).not.toContain("Telemetry shows nothing");
  expect(wordsOf(declaredChange({ layer: "infrastructure" }))).not.toContain("Telemetry shows");
});
