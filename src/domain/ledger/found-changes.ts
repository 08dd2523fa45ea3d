import type { Changes } from "#src/domain/decision.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { marksLayer } from "#src/domain/layer-state.ts";
import type { UserId } from "#src/domain/person.ts";
import type { NewTimelineEntry } from "#src/domain/timeline.ts";
import type { IncidentChange } from "./incident-change.ts";
import type { ChangeSourceMark, LedgerChange } from "./ledger.ts";
import { scanOf } from "./scan-window.ts";

/** An incident keeps so many: the ledger has the rest, and a timeline that holds more is read by nobody. */
export const changesAtMost = 300;

/**
 * What the ledger shows in the window, as the incident keeps it: a change that is not in it yet becomes an
 * entry of the control-plane lane, at the time at which it happened (3.23); of one that is, today's counts and
 * words are kept, and an entry says so where somebody has declared it since. Of more than 300 the newest
 * ones are kept. Nothing new: no changes, no entries.
 */
export function recordFound(
  state: IncidentState,
  found: readonly LedgerChange[],
  by: { now: Date; actor: UserId },
): { changes: Pick<Changes, "ledgerChanges">; timeline: NewTimelineEntry[]; added: number } {
  const changed: IncidentChange[] = [];
  const timeline: NewTimelineEntry[] = [];
  const standing = [...state.ledgerChanges];
  let added = 0;
  const room = changesAtMost - standing.length;
  const isNew = (change: LedgerChange) => !standing.some((one) => isSame(one, change));
  const fresh = new Set(found.filter(isNew).slice(room > 0 ? -room : found.length));
  for (const change of found) {
    const known = standing.find((one) => isSame(one, change));
    if (known) {
      const next = { ...known, ...kept(change), foundAt: known.foundAt };
      if (!differs(known, next)) continue;
      changed.push(next);
      if (!known.isDeclared && next.isDeclared) timeline.push(declaredSince(next, by));
    } else if (fresh.has(change)) {
      const number = Math.max(0, ...standing.map((one) => one.number)) + 1;
      const one = { number, ...kept(change), foundAt: by.now };
      standing.push(one);
      changed.push(one);
      timeline.push(entryOf(one, by));
      added += 1;
    }
  }
  return { changes: changed.length > 0 ? { ledgerChanges: changed } : {}, timeline, added };
}

/**
 * R4: marks of the ledger that hold for all of the time that is scanned, as marks of the incident, where none
 * stands for the layer that does: by whom they were made stays.
 */
export function recordMarks(
  { incident, sourceMarks }: IncidentState,
  marks: readonly ChangeSourceMark[],
  by: { now: Date; actor: UserId },
): { changes: Pick<Changes, "sourceMarks">; timeline: NewTimelineEntry[] } {
  const { from, to } = scanOf(incident);
  const holding = marks.filter((mark) => mark.from <= from && mark.to >= to);
  const byLayer = new Map(holding.map((mark) => [mark.layer, mark]));
  const fresh = [...byLayer.values()].filter(
    ({ layer }) => !marksLayer(incident, sourceMarks, layer),
  );
  if (fresh.length === 0) return { changes: {}, timeline: [] };
  return {
    changes: {
      sourceMarks: fresh.map(({ layer, source, markedBy, markedAt, ...mark }) => ({
        layer,
        fromAt: mark.from,
        toAt: mark.to,
        source,
        markedBy,
        markedAt,
      })),
    },
    timeline: fresh.map((mark) => ({
      lane: "diagnosis",
      kind: "source_marked",
      happenedAt: by.now,
      actor: by.actor,
      data: {
        layers: [mark.layer],
        source: mark.source,
        markedBy: mark.markedBy,
        from: mark.from.toISOString(),
        to: mark.to.toISOString(),
      },
    })),
  };
}

/** The same key; or what was seen in telemetry alone, and is declared by now. */
function isSame(one: IncidentChange, change: LedgerChange): boolean {
  if (one.key === change.key) return true;
  return (
    !one.isDeclared &&
    change.isDeclared &&
    one.pin !== null &&
    one.pin === change.pin &&
    one.toValue === change.toValue &&
    Math.abs(one.happenedAt.getTime() - change.at.getTime()) < dayMs
  );
}

const dayMs = 24 * 60 * 60 * 1_000;

function kept({
  at,
  until,
  seen,
  ...change
}: LedgerChange): Omit<IncidentChange, "number" | "foundAt"> {
  return {
    ...change,
    happenedAt: at,
    untilAt: until,
    seenRequests: seen?.requests ?? null,
    ofRequests: seen?.of ?? null,
  };
}

function differs(one: IncidentChange, other: IncidentChange): boolean {
  return JSON.stringify(sorted(one)) !== JSON.stringify(sorted(other));
}

function sorted(one: IncidentChange): unknown[] {
  return Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function entryOf(one: IncidentChange, { actor }: { actor: UserId }): NewTimelineEntry {
  return {
    lane: "control_plane",
    kind: "change_found",
    happenedAt: one.happenedAt,
    // the bot looks it up on the coordinator's behalf, or for who asked
    actor,
    data: dataOf(one),
  };
}

function declaredSince(
  one: IncidentChange,
  { now, actor }: { now: Date; actor: UserId },
): NewTimelineEntry {
  return {
    lane: "control_plane",
    kind: "change_declared",
    happenedAt: now,
    actor,
    data: dataOf(one),
  };
}

function dataOf(one: IncidentChange): NewTimelineEntry["data"] {
  const { number, layer, kind, summary, pin, fromValues, toValue } = one;
  const { isDeclared, declaredBy, link, source } = one;
  return {
    change: number,
    layer,
    changeKind: kind,
    summary,
    pin,
    from: fromValues,
    to: toValue,
    isDeclared,
    declaredBy,
    link,
    source,
  };
}
