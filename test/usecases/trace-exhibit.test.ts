// Goal: who takes part sees a traced request and says where it first went wrong, nobody else does either,
// and kept text goes when its time is over.
// Method: the commands and the use case on a real PostgreSQL, as a member, a colleague and a guest.

import { beforeAll, expect, test } from "vitest";
import { openTraceExhibit, openTraceText } from "#commands/trace-exhibit.ts";
import { addChannelMember } from "#src/db/channel-members.ts";
import { dropOldExhibits } from "#src/db/exhibits.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { listTimeline } from "#src/db/timeline.ts";
import type { TraceExhibit } from "#src/domain/exhibit/trace-exhibit.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { recordEvidence } from "#src/usecases/record-evidence.ts";
import { setFirstWrongHop } from "#src/usecases/set-first-wrong-hop.ts";
import { traceExhibit } from "#test/support/agent-trace.ts";
import { testDatabase } from "#test/support/database.ts";
import {
  colleague,
  contextOf,
  declareOne,
  declarer,
  guest,
  seedPeople,
  teamId,
} from "./support.ts";

const { db } = await testDatabase();
beforeAll(() => seedPeople(db));

const kept = "Ms Oduya asks for her Lisbon trip";

/** An incident with one trace in it; the text of its hop 1 kept. */
async function withTrace(overrides: Partial<TraceExhibit> = {}): Promise<IncidentId> {
  const incidentId = await declareOne(db);
  await db
    .updateTable("incident")
    .set({ channelId: `C${incidentId}`, channelName: `inc-${incidentId}` })
    .where("id", "=", incidentId)
    .execute();
  const trace = traceExhibit({ text: "kept", ...overrides });
  trace.hops[0]!.content[0]!.text = kept;
  const recorded = await recordEvidence(contextOf(db), {
    incidentId,
    kind: "E3",
    what: "The request of the first report",
    strandNumbers: null,
    supports: [],
    contradicts: [],
    clears: [],
    link: null,
    source: null,
    slice: {},
    author: declarer,
    figures: { trace },
  });
  if (!recorded.ok) throw new Error(recorded.error.message);
  return incidentId;
}

const traceOf = async (incidentId: IncidentId) =>
  (await getIncidentState(db, incidentId)).evidence[0]!.data.trace!;
const as = (userId: typeof declarer) => contextOf(db, { actor: { teamId, userId } });

test("a member opens the request and reads the kept text; a colleague outside the channel and a guest see neither", async () => {
  const incidentId = await withTrace();
  const hint = { incidentId, itemNumber: 1 };
  const opened = await openTraceExhibit(as(declarer), hint);
  expect(opened.kind).toBe("modal");
  expect(JSON.stringify(opened)).not.toContain(kept);
  expect(JSON.stringify(await openTraceText(as(declarer), { ...hint, page: 1 }))).toContain(kept);
  for (const outsider of [colleague, guest, "U404" as typeof declarer]) {
    for (const reply of [
      await openTraceExhibit(as(outsider), hint),
      await openTraceText(as(outsider), { ...hint, page: 1 }),
    ]) {
      expect(reply.kind).toBe("ephemeral");
      expect(JSON.stringify(reply)).not.toContain("retrieve policy");
      expect(JSON.stringify(reply)).not.toContain(kept);
    }
  }
  await addChannelMember(db, incidentId, colleague);
  expect((await openTraceExhibit(as(colleague), hint)).kind).toBe("modal");
});

test("an item without a trace opens nothing", async () => {
  const incidentId = await declareOne(db);
  expect(await openTraceExhibit(as(declarer), { incidentId, itemNumber: 9 })).toMatchObject({
    kind: "ephemeral",
    text: "There is no such trace in this incident.",
  });
});

test("a member's word on where it first went wrong is kept with who and when, in the timeline, and sets no verdict", async () => {
  const incidentId = await withTrace();
  const said = await setFirstWrongHop(contextOf(db), { incidentId, evidenceNumber: 1, hop: 4 });
  expect(said).toMatchObject({ ok: true });
  const state = await getIncidentState(db, incidentId);
  expect(state.evidence[0]!.data.trace!.firstWrongHop).toEqual({
    n: 4,
    author: declarer,
    at: "2026-03-09T09:20:00.000Z",
  });
  // the kept text was not lost on the way
  expect(state.evidence[0]!.data.trace!.hops[0]!.content[0]!.text).toBe(kept);
  expect(state.verdicts).toEqual([]);
  const entries = await listTimeline(db, incidentId);
  expect(entries.at(-1)).toMatchObject({
    kind: "first_wrong_hop_set",
    actor: declarer,
    data: {
      evidence: 1,
      hop: 4,
      name: "execute_tool search_flights",
      layer: "orchestration_tools",
    },
  });
  const again = await setFirstWrongHop(contextOf(db), { incidentId, evidenceNumber: 1, hop: 4 });
  expect(again).toMatchObject({ ok: false, error: { field: "first_wrong" } });
  expect(
    (await setFirstWrongHop(contextOf(db), { incidentId, evidenceNumber: 1, hop: null })).ok,
  ).toBe(true);
  expect((await traceOf(incidentId)).firstWrongHop).toBeUndefined();
});

test("strangers, hops that are not there and closed incidents change nothing", async () => {
  const incidentId = await withTrace();
  const input = { incidentId, evidenceNumber: 1, hop: 2 };
  for (const outsider of [colleague, guest]) {
    expect(await setFirstWrongHop(as(outsider), input)).toMatchObject({
      ok: false,
      error: { code: "not_allowed" },
    });
  }
  for (const wrong of [{ hop: 99 }, { hop: null }, { evidenceNumber: 7 }]) {
    expect((await setFirstWrongHop(contextOf(db), { ...input, ...wrong })).ok).toBe(false);
  }
  await db
    .updateTable("incident")
    .set({ status: "closed", closedAt: new Date() })
    .where("id", "=", incidentId)
    .execute();
  expect(await setFirstWrongHop(contextOf(db), input)).toMatchObject({
    ok: false,
    error: { code: "stale" },
  });
  expect((await traceOf(incidentId)).firstWrongHop).toBeUndefined();
  // it can still be read
  const reply = await openTraceExhibit(as(declarer), { incidentId, itemNumber: 1 });
  expect(reply.kind === "modal" && reply.view.submit).toBeUndefined();
});

test("kept text is dropped from incidents that ended before a time, and nothing else is", async () => {
  const [old, young, open] = [await withTrace(), await withTrace(), await withTrace()];
  const end = (incidentId: IncidentId, day: string) =>
    db
      .updateTable("incident")
      .set({ status: "closed", closedAt: new Date(day) })
      .where("id", "=", incidentId)
      .execute();
  await end(old, "2026-01-01T00:00:00Z");
  await end(young, "2026-03-01T00:00:00Z");
  const before = await traceOf(old);
  const drop = () =>
    db.transaction().execute((trx) => dropOldExhibits(trx, new Date("2026-02-01T00:00:00Z")));
  expect(await drop()).toBe(1);
  expect(await drop()).toBe(0);
  const [first, ...rest] = before.hops;
  const { text: _, ...redacted } = first!.content[0]!;
  expect(await traceOf(old)).toEqual({
    ...before,
    text: "dropped",
    hops: [{ ...first, content: [redacted] }, ...rest],
  });
  for (const one of [young, open]) {
    expect((await traceOf(one)).hops[0]!.content[0]!.text).toBe(kept);
  }
});
