import type { Changes } from "#src/domain/decision.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { marksLayer } from "#src/domain/layer-state.ts";
import type { UserId } from "#src/domain/person.ts";
import type { NewTimelineEntry } from "#src/domain/timeline.ts";
import type { IncidentChange } from "./incident-change.ts";
import type { ChangeSourceMark, LedgerChange, ScanWindow } from "./ledger.ts";
import { scanOf } from "./scan-window.ts";

/** An incident keeps so many: the ledger has the rest, and a timeline that holds more is read by nobody. */
export const changesAtMost = 300;

/**
 * What the ledger shows in the window, as the incident keeps it: a change that is not in it yet becomes an
 * entry of the control-plane lane, at the time at which it happened (3.23); of one that is, today's counts and
 * words are kept, and an entry says so where somebody has declared it since. One that the ledger no longer
 * shows, although it looked where it was, is withdrawn. Of more than 300 the newest ones are kept. Nothing
 * new: no changes, no entries.
 */
export function recordFound(
  state: IncidentState,
  found: readonly LedgerChange[],
  by: { now: Date; actor: UserId; window?: ScanWindow },
): { changes: Pick<Changes, "ledgerChanges">; timeline: NewTimelineEntry[]; added: number } {
  const standing = state.ledgerChanges.filter(({ withdrawnAt }) => withdrawnAt === null);
  const pairs = matched(found, standing);
  const taken = new Set(pairs.values());
  const room = changesAtMost - standing.length;
  const fresh = found.filter((change) => !pairs.has(change)).slice(room > 0 ? -room : Infinity);
  let number = Math.max(0, ...state.ledgerChanges.map((one) => one.number));
  const changed: IncidentChange[] = [];
  const timeline: NewTimelineEntry[] = [];
  for (const change of found) {
    const known = pairs.get(change);
    if (known) {
      const next = { ...known, ...kept(change) };
      if (!differs(known, next)) continue;
      changed.push(next);
      if (!known.isDeclared && next.isDeclared) timeline.push(told("change_declared", next, by));
    } else if (fresh.includes(change)) {
      number += 1;
      const one = { number, ...kept(change), foundAt: by.now, withdrawnAt: null };
      changed.push(one);
      // a declared change that shows in several pins is told once
      if (!(one.isDeclared && one.key.startsWith("pin:")))
        timeline.push(told("change_found", one, by));
    }
  }
  const keys = new Set(found.map(({ key }) => key));
  for (const one of standing) {
    if (taken.has(one) || !(keys.has(one.key) || isGone(one, found, by.window))) continue;
    // its key may be another one's by now
    changed.push({ ...one, key: `gone:${one.number}`, withdrawnAt: by.now });
    timeline.push(told("change_withdrawn", one, by));
  }
  return {
    changes: changed.length > 0 ? { ledgerChanges: changed } : {},
    timeline,
    added: fresh.length,
  };
}

/**
 * Which standing change each found one is, each at most once: the same key and interval first, then the same
 * interval (it was declared, or its declaration turned out to be of another pin), then the same key.
 */
function matched(
  found: readonly LedgerChange[],
  standing: readonly IncidentChange[],
): Map<LedgerChange, IncidentChange> {
  const pairs = new Map<LedgerChange, IncidentChange>();
  const left = new Set(standing);
  const isInterval = (one: IncidentChange, { intervalId }: LedgerChange) =>
    intervalId !== undefined && one.intervalId === intervalId;
  const steps: ((one: IncidentChange, change: LedgerChange) => boolean)[] = [
    (one, change) =>
      one.key === change.key &&
      (one.intervalId === null || change.intervalId === undefined || isInterval(one, change)),
    isInterval,
    (one, change) => one.key === change.key,
  ];
  for (const isSame of steps) {
    for (const change of found) {
      if (pairs.has(change)) continue;
      const one = [...left].find((candidate) => isSame(candidate, change));
      if (!one) continue;
      pairs.set(change, one);
      left.delete(one);
    }
  }
  return pairs;
}

/** More is never read of one window, so that what is missing shows nothing. */
const readAtMost = 1_000;

/** Whether the ledger was looked at where this change was, and does not show it. What people wrote down stays. */
function isGone(
  { happenedAt, source }: IncidentChange,
  found: readonly LedgerChange[],
  window: ScanWindow | undefined,
): boolean {
  if (window === undefined || source === "slack" || found.length >= readAtMost) return false;
  return happenedAt >= window.from && happenedAt <= window.to;
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

function kept({
  at,
  until,
  seen,
  intervalId,
  ...change
}: LedgerChange): Omit<IncidentChange, "number" | "foundAt" | "withdrawnAt"> {
  return {
    ...change,
    happenedAt: at,
    untilAt: until,
    seenRequests: seen?.requests ?? null,
    ofRequests: seen?.of ?? null,
    intervalId: intervalId ?? null,
  };
}

function differs(one: IncidentChange, other: IncidentChange): boolean {
  return JSON.stringify(sorted(one)) !== JSON.stringify(sorted(other));
}

function sorted(one: IncidentChange): unknown[] {
  return Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** What is told of a change; the bot looks it up on the coordinator's behalf, or for who asked. */
function told(
  kind: "change_found" | "change_declared" | "change_withdrawn",
  one: IncidentChange,
  { now, actor }: { now: Date; actor: UserId },
): NewTimelineEntry {
  const happenedAt = kind === "change_found" ? one.happenedAt : now;
  return { lane: "control_plane", kind, happenedAt, actor, data: dataOf(one) };
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
