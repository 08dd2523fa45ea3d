/**
 * Goal: a page of a long timeline is read as it reads today, a message's entries are found by their
 * message, and a change behind the chain is found wherever it is.
 * Method: a real PostgreSQL with an incident of 5,000 entries, written as `saveDecision` writes them.
 */
import { sql } from "kysely";
import { expect, test } from "vitest";
import { saveDecision } from "#src/db/save-decision.ts";
import { readTimelinePage } from "#src/db/timeline-page.ts";
import { findBrokenEntry, listEntriesOfSource, listTimeline } from "#src/db/timeline.ts";
import { standingEntries } from "#src/domain/timeline-fold.ts";
import type { NewTimelineEntry } from "#src/domain/timeline.ts";
import { lanes, type Lane } from "#src/domain/vocabulary.ts";
import { testDatabase } from "#test/support/database.ts";
import { declareOne, declarer, seedPeople } from "#test/usecases/support.ts";

const { db } = await testDatabase();
await seedPeople(db);
const incidentId = await declareOne(db);
const laneIds = Object.keys(lanes) as Lane[];
const start = Date.parse("2026-03-09T10:00:00Z");
const now = new Date("2026-03-10T10:00:00Z");

/** Notes a minute apart, every tenth corrected into another lane and an earlier day, every fiftieth taken out. */
function entriesOf(count: number, first: number): NewTimelineEntry[] {
  return Array.from({ length: count }, (_, index): NewTimelineEntry => {
    const sequence = first + index;
    const common = { actor: declarer, happenedAt: new Date(start + index * 60_000) };
    if (sequence % 50 === 3) {
      const data = { entry: sequence - 2, reason: null };
      return { ...common, lane: "diagnosis", kind: "entry_withdrawn", data };
    }
    if (sequence % 10 === 2) {
      const happenedAt = new Date(start - 86_400_000 + sequence * 1_000).toISOString();
      const data = {
        entry: sequence - 1,
        text: "corrected",
        happenedAt,
        lane: "impact",
        reason: null,
      };
      return { ...common, lane: "impact", kind: "entry_corrected", data };
    }
    const lane = laneIds[sequence % laneIds.length]!;
    return { ...common, lane, kind: "note_added", data: { text: `note ${sequence}` } };
  });
}

const { length: before } = await listTimeline(db, incidentId);
await db.transaction().execute((trx) =>
  saveDecision(trx, {
    incidentId,
    changes: {},
    timeline: entriesOf(5_000 - before, before + 1),
    effects: [],
    now,
  }),
);

test.each(["all", "withdrawn", "impact", "communication"] as const)(
  "pages of %s hold what the whole timeline folds to, the newest first",
  async (filter) => {
    const all = await listTimeline(db, incidentId);
    const standing = standingEntries(all);
    const withdrawn = all
      .filter(({ kind }) => kind === "entry_withdrawn")
      .map(({ data }) => Number(data["entry"]));
    const wanted =
      filter === "withdrawn"
        ? withdrawn.toSorted((a, b) => a - b)
        : standing.filter(({ lane }) => filter === "all" || lane === filter).map((e) => e.sequence);
    const first = await readTimelinePage(db, incidentId, { filter, page: 0, size: 20 });
    expect(first).toMatchObject({ found: wanted.length, recorded: 5_000, page: 0 });
    expect(first.entries.length).toBe(Math.min(20, wanted.length));
    if (filter !== "withdrawn") {
      const last = await readTimelinePage(db, incidentId, { filter, page: 9_999, size: 20 });
      expect(last.page).toBe(last.pages - 1);
      expect(last.entries.map(({ entry }) => entry.sequence).at(-1)).toBe(wanted[0]);
      expect(first.entries.map(({ entry }) => entry.sequence)).toEqual(
        wanted.slice(-20).toReversed(),
      );
    }
  },
);

test("one page of 5,000 entries is read well within the time that Slack waits", async () => {
  const startedAt = performance.now();
  await readTimelinePage(db, incidentId, { filter: "diagnosis", page: 3, size: 15 });
  expect(performance.now() - startedAt).toBeLessThan(500);
});

test("the whole chain is checked, and the first entry that does not follow is named", async () => {
  expect(await findBrokenEntry(db, incidentId)).toBeUndefined();
  await sql`alter table timeline_entry disable trigger timeline_entry_append_only`.execute(db);
  await sql`update timeline_entry set data = '{"text": "never said"}'
    where incident_id = ${incidentId} and sequence = 2345`.execute(db);
  expect(await findBrokenEntry(db, incidentId)).toMatchObject({ sequence: 2345 });
});

test("the entries of a message are found by it, and no others", async () => {
  const other = await declareOne(db);
  const pin = (ts: string): NewTimelineEntry => ({
    lane: "diagnosis",
    kind: "message_pinned",
    happenedAt: now,
    actor: declarer,
    data: { text: "x", source: `C1:${ts}` },
  });
  for (const id of [incidentId, other]) {
    const timeline = [pin("1.000100"), pin("2.000100")];
    await db
      .transaction()
      .execute((trx) =>
        saveDecision(trx, { incidentId: id, changes: {}, timeline, effects: [], now }),
      );
  }
  const found = await listEntriesOfSource(db, other, "C1:2.000100");
  expect(found.map(({ data }) => data["source"])).toEqual(["C1:2.000100"]);
});
