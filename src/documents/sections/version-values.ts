import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { changesInWindow } from "#src/domain/ledger/window-changes.ts";
import type { IncidentChange } from "#src/domain/ledger/incident-change.ts";
import type {
  LedgerChange,
  PinInterval,
  PinReport,
  PinState,
  VersionReport,
} from "#src/domain/ledger/ledger.ts";
import { pinLabel } from "#src/domain/ledger/pins.ts";
import { isWidened, onsetOf, scanOf } from "#src/domain/ledger/scan-window.ts";
import type { UserId } from "#src/domain/person.ts";
import { grouped } from "#src/domain/figures/figure-words.ts";
import { listInWords } from "#src/domain/words.ts";
import { inline, link, table } from "#src/documents/github-markdown.ts";
import type { Names } from "#src/documents/record.ts";
import { utcMinute } from "#src/documents/times.ts";
import { nameOf, sentence } from "#src/documents/words.ts";

/**
 * 4.19: for each pin that telemetry named, its values in the incident, 48 hours before the onset (where nobody
 * has said it, before the declaration) and when it last worked; those that differ first, then on what that
 * stands. Empty where no telemetry came.
 */
export function versionValues(
  { pins, at, coverage }: VersionReport,
  state: Pick<IncidentState, "incident" | "strands">,
): string[] {
  if (pins.length === 0) return [];
  const than = onsetOf(state) === null ? "it was declared" : "the onset";
  const hasLastGood = at.lastKnownGood !== null;
  const heads = [
    "Layer",
    "What",
    `In the incident (${utcMinute(at.now)})`,
    `48 hours before ${than} (${utcMinute(at.before)})`,
    ...(at.lastKnownGood ? [`Last known good (${utcMinute(at.lastKnownGood)})`] : []),
    "Changed?",
  ];
  const rows = pins
    .toSorted(byInterest)
    .map((pin) => [
      layers[pin.layer].label,
      inline(pinLabel(pin.pin)),
      valuesOf(pin.now),
      valuesOf(pin.before),
      ...(hasLastGood ? [pin.lastKnownGood ? valuesOf(pin.lastKnownGood) : "–"] : []),
      isChanged(pin) ? "**Yes**" : "No",
    ]);
  const without = layerIds.filter((layer) => !pins.some((pin) => pin.layer === layer));
  return [
    table(heads, rows),
    [
      `Telemetry of ${grouped(coverage.requests)} requests named these versions; a version that few requests carry may be missing.`,
      ...(without.length > 0 ? [`It named none of ${labels(without)}.`] : []),
      ...(pins.some((pin) => pin.now.values.some(({ isDerived }) => isDerived))
        ? [
            "A value that begins with “sha256:” is a hash of what was sent, since no version came with it.",
          ]
        : []),
    ].join(" "),
  ];
}

/** What was found to have changed in the window that was searched, the oldest first, and whether anybody had declared it. */
export function changesFound(
  state: IncidentState,
  report: VersionReport | null,
  names: Names,
): string[] {
  const { incident, sourceMarks } = state;
  const { from, to } = scanOf(incident);
  const searched = `from ${utcMinute(from)} to ${utcMinute(to)}${isWidened(incident) ? "; it last worked at the first of these" : ""}`;
  const inWindow = changesInWindow(state).toSorted(
    (a, b) => a.happenedAt.getTime() - b.happenedAt.getTime(),
  );
  // how often it was seen in all, and not until it was found
  const seen = new Map(report?.changes.map((one) => [one.key, one.seen]));
  const marks = sourceMarks.map(
    ({ layer, source, markedBy }) =>
      `${whoever(markedBy, names)} marked the change record of ${layers[layer].label} as complete. It is kept in: ${sentence(source)}`,
  );
  if (inWindow.length === 0) return marks.length > 0 ? [marks.join(" ")] : [];
  return [
    `Changes found, searched ${searched}:`,
    table(
      ["When (UTC)", "Layer", "What changed", "Declared?"],
      inWindow.map((one) => [
        utcMinute(one.happenedAt),
        layers[one.layer].label,
        `${inline(one.summary)}${seenWords(one, seen.get(one.key))}`,
        declaredWords(one, names),
      ]),
    ),
    ...(marks.length > 0 ? [marks.join(" ")] : []),
  ];
}

/** " (app.lb.version: lb-0804 → lb-0805, in 12 of 40 requests)"; empty where telemetry showed nothing. */
function seenWords(one: IncidentChange, latest: LedgerChange["seen"] | undefined): string {
  if (one.pin === null || one.toValue === null) return "";
  const { seenRequests, ofRequests } = one;
  const counts =
    latest ?? (seenRequests === null ? null : { requests: seenRequests, of: ofRequests ?? 0 });
  const share =
    counts === null ? "" : `, in ${grouped(counts.requests)} of ${grouped(counts.of)} requests`;
  // where nobody declared it, the values are its words already
  const values = one.isDeclared
    ? `${pinLabel(one.pin)}: ${one.fromValues.length > 0 ? `${one.fromValues.join(", ")} → ` : ""}${one.toValue}`
    : pinLabel(one.pin);
  return ` (${inline(values)}${share})`;
}

function declaredWords(
  { isDeclared, declaredBy, link: url }: IncidentState["ledgerChanges"][number],
  names: Names,
): string {
  if (!isDeclared) return "**Nobody declared it**";
  const who = declaredBy === null ? "" : ` by ${whoever(declaredBy, names)}`;
  const where = url === null ? "" : ` (${link("where", url) ?? inline(url)})`;
  return `Yes${who}${where}`;
}

/** A person's name; of somebody whom Slack does not know the word that was sent. */
function whoever(who: string, names: Names): string {
  return names.has(who as UserId) ? nameOf(names, who as UserId) : inline(who);
}

function valuesOf({ values }: PinState): string {
  if (values.length === 0) return "Not seen";
  if (values.length === 1) return inline(values[0]?.value ?? "");
  return values.map((one) => `${inline(one.value)} (${shareOf(one)})`).join("; ");
}

/** Counts are kept for all the time in which a value was seen, so that time is said with them. */
function shareOf({ requests, ofRequests, firstSeenAt, lastSeenAt }: PinInterval): string {
  return `in ${grouped(requests)} of ${grouped(ofRequests)} requests from ${utcMinute(firstSeenAt)} to ${utcMinute(lastSeenAt)}`;
}

/** Whether a pin has other values in the incident than before it, or than when it last worked. */
export function isChanged({ now, before, lastKnownGood }: PinReport): boolean {
  const of = (state: PinState) =>
    state.values
      .map(({ value }) => value)
      .toSorted()
      .join("\n");
  const differs = (other: PinState) => other.values.length > 0 && of(other) !== of(now);
  return differs(before) || (lastKnownGood !== null && differs(lastKnownGood));
}

function byInterest(a: PinReport, b: PinReport): number {
  return (
    Number(isChanged(b)) - Number(isChanged(a)) ||
    layerIds.indexOf(a.layer) - layerIds.indexOf(b.layer)
  );
}

function labels(ids: readonly LayerId[]): string {
  return listInWords(ids.map((id) => layers[id].label));
}
