import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type {
  ChangeSourceMark,
  DeclaredChange,
  LedgerCoverage,
  PinId,
  PinInterval,
  PinReport,
  ScanWindow,
  VersionReport,
} from "./ledger.ts";
import { createStates, type StoredInterval } from "./pin-state.ts";
import { knownPins } from "./pins.ts";
import { changesIn, type SeenPinHistory } from "./seen-changes.ts";

/** What the ledger holds of one pin, for a report. */
export interface ReportedPin extends SeenPinHistory {
  /** As telemetry names it. */
  service: string;
  layer: LayerId;
  pin: PinId;
  overflow: number;
}

/** For which service, which window, and which times. */
export interface ReportQuestion {
  service: string;
  window: ScanWindow;
  now: Date;
  /** 48 hours before the onset (4.19). */
  before: Date;
  lastKnownGood: Date | null;
}

/** From when on a report needs intervals and declared changes. */
export function reportBegins({ window, before, lastKnownGood }: ReportQuestion): Date {
  const times = [window.from, before, ...(lastKnownGood ? [lastKnownGood] : [])];
  return new Date(Math.min(...times.map((time) => time.getTime())));
}

/**
 * Puts the answer together: the state of each pin at the three times (layers in their order, known pins in
 * theirs), the changes of the window, and how many there were between the last known good time and the
 * window.
 */
export function versionReport(
  question: ReportQuestion,
  pins: readonly ReportedPin[],
  declared: readonly DeclaredChange[],
  marks: ChangeSourceMark[],
  coverage: LedgerCoverage,
): VersionReport {
  const { service, window, now, before, lastKnownGood } = question;
  const earlier =
    lastKnownGood === null || lastKnownGood >= window.from
      ? []
      : changesIn({ from: lastKnownGood, to: window.from }, pins, declared);
  const changes = changesIn(window, pins, declared);
  const keys = new Set(changes.map(({ key }) => key));
  return {
    service,
    window,
    at: { now, before, lastKnownGood },
    pins: pins.toSorted(inOrder).map((pin) => reportOf(pin, question)),
    changes,
    earlierChanges: earlier.filter(({ key }) => !keys.has(key)).length,
    marks,
    coverage,
  };
}

function reportOf(pin: ReportedPin, { now, before, lastKnownGood }: ReportQuestion): PinReport {
  const states = createStates(pin);
  const stateAt = (at: Date) => ({ values: states(at).map(asPinInterval) });
  const { layer, service, firstSeenAt, lastSeenAt, requests, overflow } = pin;
  return {
    layer,
    pin: pin.pin,
    service,
    now: stateAt(now),
    before: stateAt(before),
    lastKnownGood: lastKnownGood === null ? null : stateAt(lastKnownGood),
    firstSeenAt,
    lastSeenAt,
    requests,
    overflow,
  };
}

function asPinInterval({ fromCount: _from, toCount: _to, ...one }: StoredInterval): PinInterval {
  return one;
}

const places = new Map(Object.keys(knownPins).map((pin, index) => [pin, index]));

function inOrder(a: ReportedPin, b: ReportedPin): number {
  const place = ({ pin }: ReportedPin) => places.get(pin) ?? places.size;
  return (
    layerIds.indexOf(a.layer) - layerIds.indexOf(b.layer) ||
    place(a) - place(b) ||
    compare(a.pin, b.pin) ||
    compare(a.service, b.service)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
