// Goal: what the ledger shows becomes entries of the incident's timeline, each change once, with today's truth.
// Method: given what stands, when the ledger is read, then what is added, changed and told; a property over any order.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IncidentState } from "#src/domain/incident.ts";
import { changesAtMost, recordFound, recordMarks } from "#src/domain/ledger/found-changes.ts";
import type { LedgerChange } from "#src/domain/ledger/ledger.ts";
import { applyChanges } from "#test/support/apply-decision.ts";
import { at, incidentState, people } from "#test/support/factories.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const by = { now: at("12:00"), actor: people.coordinator };

function change(facts: Partial<LedgerChange> = {}): LedgerChange {
  return {
    key: "S1-CP7",
    at: at("08:00"),
    until: null,
    kind: "load_balancing",
    layer: "infrastructure",
    summary: "routine load balancing change",
    link: null,
    isDeclared: true,
    source: "api",
    declaredBy: null,
    pin: null,
    fromValues: [],
    toValue: null,
    seen: null,
    ...facts,
  };
}
const undeclared = change({
  key: "pin:12",
  kind: "model_rollout",
  layer: "model",
  summary: "gpt-4o-03-27 → gpt-4o-04-25",
  isDeclared: false,
  source: "telemetry",
  pin: "model.served",
  fromValues: ["gpt-4o-03-27"],
  toValue: "gpt-4o-04-25",
  seen: { requests: 12, of: 40 },
  intervalId: 12,
});

function after(state: IncidentState, found: LedgerChange[]): IncidentState {
  return applyChanges(state, recordFound(state, found, by).changes);
}

describe("a change that is new", () => {
  test("becomes an entry of the control-plane lane, at the time at which it happened", () => {
    const { changes, timeline, added } = recordFound(incidentState(), [change()], by);
    expect(added).toBe(1);
    expect(changes.ledgerChanges).toMatchObject([{ number: 1, key: "S1-CP7" }]);
    expect(timeline).toMatchObject([
      { lane: "control_plane", kind: "change_found", happenedAt: at("08:00") },
    ]);
  });

  test("read a second time, it adds nothing", () => {
    const state = after(incidentState(), [change(), undeclared]);
    expect(recordFound(state, [change(), undeclared], by)).toEqual({
      changes: {},
      timeline: [],
      added: 0,
    });
  });

  test("of more than an incident keeps, the newest are kept", () => {
    const many = Array.from({ length: changesAtMost + 20 }, (_, index) =>
      change({ key: `c${index}`, at: new Date(at("00:00").getTime() + index * 1_000) }),
    );
    const state = after(incidentState(), many);
    expect(state.ledgerChanges).toHaveLength(changesAtMost);
    expect(state.ledgerChanges.at(0)?.key).toBe("c20");
    expect(recordFound(state, [change({ key: "late" })], by).added).toBe(0);
  });
});

describe("a change that stands", () => {
  test("gets today's counts without an entry", () => {
    const state = after(incidentState(), [undeclared]);
    const later = recordFound(state, [{ ...undeclared, seen: { requests: 30, of: 90 } }], by);
    expect(later.timeline).toEqual([]);
    expect(later.changes.ledgerChanges).toMatchObject([{ number: 1, seenRequests: 30 }]);
  });

  test("is said to be declared once somebody has declared it, and stays one change", () => {
    const state = after(incidentState(), [undeclared]);
    const declared = { ...undeclared, key: "release-9", isDeclared: true, source: "api" } as const;
    const { changes, timeline } = recordFound(state, [declared], by);
    expect(changes.ledgerChanges).toMatchObject([{ number: 1, key: "release-9" }]);
    expect(timeline).toMatchObject([{ kind: "change_declared" }]);
    expect(after(state, [declared]).ledgerChanges).toHaveLength(1);
  });

  test("of another value of the same pin is another change", () => {
    const state = after(incidentState(), [undeclared]);
    const other = { ...undeclared, key: "release-10", toValue: "gpt-5", intervalId: 13 };
    expect(after(state, [other]).ledgerChanges).toHaveLength(2);
  });
});

describe("a change that the ledger no longer shows", () => {
  const window = { from: at("00:00"), to: at("12:00") };

  test("is withdrawn where the ledger was looked at, and says so", () => {
    const state = after(incidentState(), [undeclared]);
    const { changes, timeline } = recordFound(state, [], { ...by, window });
    expect(changes.ledgerChanges).toMatchObject([{ number: 1, withdrawnAt: by.now }]);
    expect(timeline).toMatchObject([{ kind: "change_withdrawn" }]);
    expect(recordFound(applyChanges(state, changes), [], { ...by, window }).timeline).toEqual([]);
  });

  test("stays where nobody looked at its time, and where somebody wrote it down", () => {
    const typed = change({ key: "slack:1", source: "slack" });
    const early = change({ key: "early", at: new Date("2020-01-01T00:00:00Z") });
    const state = after(incidentState(), [early, typed]);
    expect(recordFound(state, [], { ...by, window }).changes).toEqual({});
  });
});

describe("rollout, rollback, rollout again, then one declaration", () => {
  const rollout = (intervalId: number, time: string, facts: Partial<LedgerChange> = {}) =>
    change({
      ...undeclared,
      key: `pin:${intervalId}`,
      at: at(time),
      toValue: intervalId === 2 ? "m1" : "m2",
      intervalId,
      ...facts,
    });
  const seen = [rollout(1, "04:00"), rollout(2, "05:00"), rollout(3, "06:00")];

  test("of the second rollout changes that one alone", () => {
    const state = after(incidentState(), seen);
    const declared = { key: "release-9", isDeclared: true, source: "api" } as const;
    const found = [seen[0]!, seen[1]!, rollout(3, "06:00", declared)];
    const { changes, timeline } = recordFound(state, found, by);
    expect(changes.ledgerChanges).toMatchObject([{ number: 3, key: "release-9" }]);
    expect(timeline).toMatchObject([{ kind: "change_declared" }]);
  });

  test("that turns out to be of another pin changes hands with its key", () => {
    const declared = { isDeclared: true, source: "api" } as const;
    const first = [rollout(1, "04:00", { ...declared, key: "K" }), rollout(3, "06:00", declared)];
    const then = [rollout(1, "04:00", declared), rollout(3, "06:00", { ...declared, key: "K" })];
    const state = after(after(incidentState(), first), then);
    expect(state.ledgerChanges.map(({ number, key }) => [number, key])).toEqual([
      [1, "pin:1"],
      [2, "K"],
    ]);
  });

  test("a declaration far from the first sighting is still the same change", () => {
    const state = after(incidentState(), [rollout(1, "09:00")]);
    const days = new Date(at("09:00").getTime() - 2 * 24 * 3_600_000);
    const found = [rollout(1, "09:00", { key: "K", isDeclared: true, at: days })];
    expect(after(state, found).ledgerChanges).toHaveLength(1);
  });
});

test("whatever is read in whatever order, numbers and keys stay unique, and numbers have no gaps", () => {
  const anyFound = fc.uniqueArray(
    fc.record({
      key: fc.constantFrom("a", "b", "c", "pin:1", "pin:2", "pin:3"),
      intervalId: fc.constantFrom(undefined, 1, 2, 3),
      isDeclared: fc.boolean(),
    }),
    { selector: ({ key }) => key },
  );
  const window = { from: at("00:00"), to: at("12:00") };
  fc.assert(
    fc.property(fc.array(anyFound), (reads) => {
      let state = incidentState();
      for (const read of reads) {
        const intervals = new Map(read.map((one) => [one.intervalId ?? one.key, one]));
        const found = [...intervals.values()].map(({ intervalId, ...one }) =>
          change({ ...one, ...(intervalId === undefined ? {} : { intervalId }) }),
        );
        state = applyChanges(state, recordFound(state, found, { ...by, window }).changes);
      }
      const keys = state.ledgerChanges.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(state.ledgerChanges.map(({ number }) => number)).toEqual(keys.map((_, i) => i + 1));
    }),
    { numRuns: propertyRuns },
  );
});

describe("R4: a mark that the ledger holds", () => {
  const mark = {
    service: "assistant",
    layer: "model" as const,
    from: new Date("2020-01-01T00:00:00Z"),
    to: new Date("2030-01-01T00:00:00Z"),
    source: "the release log",
    markedBy: "release-bot",
    markedAt: at("11:00"),
  };

  test("R4: that covers all of the window counts in the incident, once, in the name of who made it", () => {
    const state = incidentState();
    const { changes, timeline } = recordMarks(state, [mark], by);
    expect(changes.sourceMarks).toMatchObject([{ layer: "model", markedBy: "release-bot" }]);
    expect(timeline).toMatchObject([{ kind: "source_marked", data: { markedBy: "release-bot" } }]);
    expect(recordMarks(applyChanges(state, changes), [mark], by).timeline).toEqual([]);
  });

  test("R4: that covers a part of the window counts for nothing", () => {
    const part = { ...mark, from: at("08:00") };
    expect(recordMarks(incidentState(), [part], by)).toEqual({ changes: {}, timeline: [] });
  });
});
