import type { Incident } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { LedgerChange, PinId, VersionReport } from "#src/domain/ledger/ledger.ts";
import { knownPin, pinLabel } from "#src/domain/ledger/pins.ts";
import { layersInWords, listInWords } from "#src/domain/words.ts";
import { oneLine } from "#views/block-kit.ts";
import { spanWords } from "#views/timing.ts";
import { countOf } from "#views/words.ts";
import { holeWords, partlySeenWords, unseenLayers } from "./versions-sight.ts";

/** What the times of changes are told against: the onset of an incident, else its declaration; null: now. */
export interface Anchor {
  at: Date;
  words: "the onset" | "the declaration";
}

/** The anchor of an incident. */
export function anchorOf({ onsetAt, onsetHeldAt, declaredAt }: Incident): Anchor {
  const onset = onsetAt ?? onsetHeldAt;
  return onset ? { at: onset, words: "the onset" } : { at: declaredAt, words: "the declaration" };
}

/** "17 hours before the onset", "3 hours ago". */
export function whenWords(at: Date, anchor: Anchor | null, now: Date): string {
  const ms = (anchor?.at ?? now).getTime() - at.getTime();
  const span = spanWords(Math.abs(ms));
  if (!anchor) return ms < 0 ? `in ${span}` : `${span} ago`;
  if (Math.abs(ms) < 60_000) return `at ${anchor.words}`;
  return `${span} ${ms > 0 ? "before" : "after"} ${anchor.words}`;
}

/**
 * The order in which changes are read: what nobody declared first; then what came before the anchor, the
 * nearest to it first; what came after it last.
 */
export function inReadingOrder(
  changes: readonly LedgerChange[],
  anchor: Anchor | null,
): LedgerChange[] {
  const isAfter = ({ at }: LedgerChange) => anchor !== null && at > anchor.at;
  return changes.toSorted(
    (a, b) =>
      Number(a.isDeclared) - Number(b.isDeclared) ||
      Number(isAfter(a)) - Number(isAfter(b)) ||
      (isAfter(a) ? a.at.getTime() - b.at.getTime() : b.at.getTime() - a.at.getTime()),
  );
}

/**
 * The first line: "3 changes in this window, 1 of them undeclared: the model that answers changed 17 hours
 * before the onset." Where telemetry covers only a part of the window it says so, too. `ordered`: the changes
 * in reading order.
 */
export function answerSentence(
  report: VersionReport,
  ordered: readonly LedgerChange[],
  anchor: Anchor | null,
): string {
  const [first] = ordered;
  if (!first) return nothingChanged(report);
  const undeclared = ordered.filter(({ isDeclared }) => !isDeclared).length;
  const changed = changedWords(first, whenWords(first.at, anchor, report.at.now));
  const counted = `${countOf(ordered.length, "change")} in this window, ${undeclaredWords(undeclared, ordered.length)}`;
  return [`${counted}: ${changed}.`, ...holeWords(report)].join(" ");
}

/** Whether the ledger holds anything at all of the service. */
export function hasNoData({ coverage, changes, pins, marks }: VersionReport): boolean {
  return (
    coverage.requests === 0 &&
    coverage.declared === 0 &&
    changes.length + pins.length + marks.length === 0
  );
}

function nothingChanged(report: VersionReport): string {
  const name = oneLine(report.service);
  if (hasNoData(report)) {
    return `It cannot be said whether anything changed: no telemetry and no change of ${name} has ever come in.`;
  }
  const unseen = unseenLayers(report);
  if (unseen.length === layerIds.length) {
    return "No change was declared in this window, and no telemetry of it shows what ran: something may have changed unseen.";
  }
  const limits = [...holeWords(report), ...partlySeenWords(report)];
  if (unseen.length + limits.length === 0) {
    return "Nothing changed that the ledger can see, in any of the six layers.";
  }
  const blind = unseen.length === 0 ? "" : `; it cannot see ${layersInWords(unseen)}`;
  return [`Nothing changed that the ledger can see${blind}.`, ...limits].join(" ");
}

function undeclaredWords(undeclared: number, all: number): string {
  if (undeclared === 0) return all === 1 ? "and it was declared" : "all of them declared";
  if (all === 1) return "and nobody declared it";
  return undeclared === all ? "none of them declared" : `${undeclared} of them undeclared`;
}

/** "the model that answers changed 17 hours before the onset". */
function changedWords({ pin, isDeclared, summary, layer }: LedgerChange, when: string): string {
  if (pin !== null && !isDeclared) return `${inSentence(pin)} changed ${when}`;
  return `“${oneLine(summary, 120)}” (${layersInWords([layer])}), ${when}`;
}

/** A pin of ours as the subject of a sentence; one that a team named itself as it is named. */
function inSentence(pin: PinId): string {
  return knownPin(pin) ? `the ${pinLabel(pin)}` : oneLine(pin, 100);
}

/** A pin as the beginning of a line: "Model that answers"; one that a team named itself as it is named. */
export function pinTitle(pin: PinId): string {
  const label = oneLine(pinLabel(pin), 100);
  return knownPin(pin) ? `${label.charAt(0).toUpperCase()}${label.slice(1)}` : label;
}

/** "gpt-4o-03-27 → gpt-4o-04-25"; of many values before, three. */
export function valuesWords({ fromValues, toValue, summary }: LedgerChange): string {
  if (toValue === null) return oneLine(summary, 500);
  const more = fromValues.length - 3;
  const from = listInWords([
    ...fromValues.slice(0, 3).map((value) => oneLine(value, 200)),
    ...(more > 0 ? [`${more} more`] : []),
  ]);
  return from === "" ? oneLine(toValue, 200) : `${from} → ${oneLine(toValue, 200)}`;
}
