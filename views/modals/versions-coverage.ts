import type { KnownBlock } from "@slack/types";
import { baselineGap } from "#src/domain/test-results/baseline.ts";
import { layers } from "#src/domain/layers/index.ts";
import type { ChangeSourceMark, PinReport, VersionReport } from "#src/domain/ledger/ledger.ts";
import { pinLabel } from "#src/domain/ledger/pins.ts";
import { grouped } from "#src/domain/figures/figure-words.ts";
import { layersInWords } from "#src/domain/words.ts";
import { dateTime, joinMrkdwn, type Mrkdwn, mrkdwn, oneLine, section } from "#views/block-kit.ts";
import { spanWords } from "#views/timing.ts";
import { countOf, firstOf, whoever } from "#views/words.ts";
import { pinTitle } from "./versions-answer.ts";
import { holesOf, requestsInWindow, unseenLayers } from "./versions-sight.ts";

/** What the answer stands on, and what it does not cover; each a list, and where to read what to wire up next. */
export function coverageBlocks(report: VersionReport, botCommand: string): KnownBlock[] {
  const next = mrkdwn`\`${botCommand} readiness ${oneLine(report.service, 100).replaceAll("`", "")}\` says for each layer what to wire up next.`;
  return [
    section(joinMrkdwn([mrkdwn`*On what this stands*`, ...basis(report)], "\n"), "versions-basis"),
    section(
      joinMrkdwn([mrkdwn`*What it does not cover*`, ...gaps(report), next], "\n"),
      "versions-gaps",
    ),
  ];
}

function basis({ coverage, marks, at }: VersionReport): Mrkdwn[] {
  const { requests, firstSeenAt, lastSeenAt, declared, lastDeclaredAt, baseline } = coverage;
  const lines: Mrkdwn[] = [];
  if (requests > 0 && firstSeenAt && lastSeenAt) {
    lines.push(
      mrkdwn`• Telemetry: ${countedRequests(requests)} received, ${dateTime(firstSeenAt)} to ${dateTime(lastSeenAt)}; ${ageWords(lastSeenAt, at.now)}. Where the sender samples, there were more.`,
    );
  }
  if (declared > 0 && lastDeclaredAt) {
    lines.push(
      mrkdwn`• Declared: ${countOf(declared, "change")} in all, the newest of ${dateTime(lastDeclaredAt)}.`,
    );
  }
  lines.push(...marks.slice(0, 10).map(markWords));
  if (baseline) {
    lines.push(
      mrkdwn`• Golden run without a failure: ${dateTime(baseline.ranAt)}, ${countOf(baseline.total, "test")}.`,
    );
  }
  return lines.length > 0 ? lines : [mrkdwn`• Nothing yet: no data has come in.`];
}

function markWords({ layer, from, to, source, markedBy }: ChangeSourceMark): Mrkdwn {
  return mrkdwn`• ${layers[layer].label}: change record marked complete by ${whoever(markedBy)}, ${dateTime(from)} to ${dateTime(to)}: ${oneLine(source, 200)}`;
}

function gaps(report: VersionReport): Mrkdwn[] {
  const { coverage, at } = report;
  const { dropped } = coverage;
  const baseline = baselineGap(coverage.baseline, at.now);
  return [
    ...telemetryGaps(report),
    ...pinGaps(report.pins, coverage.lastSeenAt),
    ...(coverage.declared === 0
      ? [
          mrkdwn`• No change was ever declared for this service: why something changed is not known.`,
        ]
      : []),
    ...(baseline === undefined ? [] : [mrkdwn`• ${baseline}`]),
    ...(dropped
      ? [
          mrkdwn`• What is older than ${dateTime(dropped.before)} is not kept: ${grouped(dropped.count)} ${dropped.count === 1 ? "entry" : "entries"} of all services went at ${dateTime(dropped.at)}.`,
        ]
      : []),
  ];
}

function telemetryGaps(report: VersionReport): Mrkdwn[] {
  const { requests, firstSeenAt, lastSeenAt } = report.coverage;
  if (requests === 0) {
    return [
      mrkdwn`• No telemetry of it has ever come in: a change that nobody declared cannot be seen.`,
    ];
  }
  const unseen = unseenLayers(report);
  const holes = holesOf(report);
  return [
    ...(unseen.length > 0
      ? [mrkdwn`• ${layersInWords(unseen)}: nothing shows what ran; it may have changed unseen.`]
      : []),
    ...(firstSeenAt && holes.first > 0
      ? [mrkdwn`• Before ${dateTime(firstSeenAt)} there is no telemetry.`]
      : []),
    ...(lastSeenAt && holes.last > 0
      ? [mrkdwn`• After ${dateTime(lastSeenAt)} there is no telemetry.`]
      : []),
    ...unseenVersions(report),
  ];
}

/** The rule of three: what none of n requests showed is, 95 %, in fewer than 3 of n. */
function unseenVersions(report: VersionReport): Mrkdwn[] {
  const found = requestsInWindow(report);
  if (!found) return [];
  const { count, isCounted } = found;
  if (isCounted) {
    return [
      count < 3
        ? mrkdwn`• So few requests show next to nothing.`
        : mrkdwn`• A version that fewer than about 3 in ${grouped(count)} requests carry may be unseen.`,
    ];
  }
  return [
    count < 3
      ? mrkdwn`• If the requests came evenly, fewer than 3 of them fall into this window: that shows next to nothing.`
      : mrkdwn`• If the requests came evenly, about ${grouped(count)} of them fall into this window; a version that fewer than about 3 in ${grouped(count)} carry may then be unseen.`,
  ];
}

/** A pin that has not come for this long while other telemetry did is said to have stopped. */
const stoppedAfterMs = 24 * 3_600_000;

function pinGaps(pins: readonly PinReport[], lastSeenAt: Date | null): Mrkdwn[] {
  const last = lastSeenAt?.getTime() ?? 0;
  const stopped = pins.filter((pin) => last - pin.lastSeenAt.getTime() > stoppedAfterMs);
  const derived = pins.filter(({ now }) => now.values.some(({ isDerived }) => isDerived));
  const capped = pins.filter(({ overflow }) => overflow > 0);
  const names = (some: readonly PinReport[]) =>
    firstOf([...new Set(some.map(({ pin }) => pinLabel(pin)))], 8).join(", ");
  return [
    ...(stopped.length > 0
      ? [mrkdwn`• No longer sent, though other telemetry comes: ${names(stopped)}.`]
      : []),
    ...(derived.length > 0
      ? [
          mrkdwn`• No version is sent of: ${names(derived)}. It is known by a hash that we make of it, which tells that it changed and not to what.`,
        ]
      : []),
    ...capped
      .slice(0, 5)
      .map(
        ({ pin, overflow }) =>
          mrkdwn`• ${pinTitle(pin)} has more different values than are kept: ${countedRequests(overflow)} carried one that is not shown.`,
      ),
  ];
}

function countedRequests(requests: number): string {
  return `${grouped(requests)} ${requests === 1 ? "request" : "requests"}`;
}

function ageWords(lastSeenAt: Date, now: Date): string {
  const ms = now.getTime() - lastSeenAt.getTime();
  return ms < 60_000 ? "it is up to date" : `the newest is ${spanWords(ms)} old`;
}
