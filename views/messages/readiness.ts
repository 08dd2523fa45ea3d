import type { KnownBlock } from "@slack/types";
import { layers } from "#src/domain/layers/index.ts";
import type { LayerReadiness, Readiness, ReadinessPin } from "#src/domain/ledger/readiness.ts";
import { baselineDaysAtMost } from "#src/domain/ledger/ledger.ts";
import { pinLabel } from "#src/domain/ledger/pins.ts";
import { grouped } from "#src/domain/figures/figure-words.ts";
import { listInWords } from "#src/domain/words.ts";
import { context, type Mrkdwn, mrkdwn, oneLine, section } from "#views/block-kit.ts";
import { spanWords } from "#views/timing.ts";
import { countOf, firstOf } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** More pins of a layer than this are counted. */
const pinsAtMost = 4;

const answers = { yes: "yes", part: "only in part", no: "no" } as const;

/**
 * Could "did it change?" be answered today, of each layer of a service; for one person. The first line is
 * the answer, the second the one thing to wire up next. `now` is the service's time.
 */
export function renderReadiness(found: Readiness, now: Date): MessageContent {
  const head = headline(found);
  const next = nextLine(found);
  return content(mrkdwn`${head} ${next}`, [
    section(mrkdwn`*${head}*`, "readiness"),
    section(mrkdwn`*${next}*`),
    ...found.layers.map((layer) => layerBlock(layer, now)),
    ...[telemetryLine(found, now), samplingLine(found), ...overflowLines(found)]
      .filter((line) => line !== undefined)
      .map((line) => context(line)),
    context(baselineLine(found, now)),
  ]);
}

function headline({ service, layers: all }: Readiness): string {
  const name = oneLine(service, 100);
  const yes = all.filter(({ answer }) => answer === "yes").length;
  const part = all.filter(({ answer }) => answer === "part").length;
  const begin = `${name}: “did it change?” could be answered today`;
  if (yes === all.length) return `${begin} for all ${all.length} layers.`;
  const some = part === 0 ? "" : `, for ${part}${yes === 0 ? "" : " more"} only in part`;
  return yes === 0
    ? `${begin} for no layer${some}.`
    : `${begin} for ${yes} of ${all.length} layers${some}.`;
}

function nextLine({ next }: Readiness): string {
  return next === null ? "Nothing is left to wire up." : `Next: ${next}.`;
}

function layerBlock(found: LayerReadiness, now: Date): KnownBlock {
  const { layer, answer, missing, next, isDerivedOnly } = found;
  const lines = [
    mrkdwn`*${layers[layer].label}: ${answers[answer]}.*${sources(found, now)}`,
    ...(isDerivedOnly
      ? [
          mrkdwn`What is seen are hashes of our own: that it changed is seen, and not to which version.`,
        ]
      : []),
    ...stoppedLines(found, now),
    ...(missing.length === 0
      ? []
      : [mrkdwn`Not seen: ${listInWords(missing.map(({ words }) => words))}.`]),
    ...(next === null ? [] : [mrkdwn`To close it: ${next}.`]),
  ];
  return section({ mrkdwn: lines.map((line) => line.mrkdwn).join("\n") }, `readiness-${layer}`);
}

/** "Telemetry shows the search index (40 requests named it; the newest is “idx-1”), last seen 2 hours ago. 3 declared changes, …" */
function sources({ pins, stopped, declared, mark }: LayerReadiness, now: Date): Mrkdwn {
  const parts: string[] = [];
  if (pins.length > 0) {
    const words = firstOf(
      pins.toSorted((a, b) => b.requests - a.requests).map(pinWords),
      pinsAtMost,
    );
    const last = new Date(Math.max(...pins.map(({ lastSeenAt }) => lastSeenAt.getTime())));
    parts.push(`Telemetry shows the ${listInWords(words)}, last seen ${ago(last, now)}.`);
  }
  if (declared) {
    parts.push(
      `${countOf(declared.count, "declared change")}, the newest ${ago(declared.newestAt, now)}.`,
    );
  }
  if (mark) {
    const source = oneLine(mark.source, 80);
    parts.push(
      `Somebody marked its changes as recorded whole in ${source}, up to ${ago(mark.to, now)}.`,
    );
  }
  if (parts.length === 0 && stopped.length === 0) return mrkdwn` Nothing is known of it.`;
  const isDeclaredAlone = pins.length === 0 && declared && !mark;
  if (isDeclaredAlone) parts.push("What nobody declares is not seen.");
  return mrkdwn`${parts.map((part) => ` ${part}`).join("")}`;
}

function pinWords({ pin, value, requests }: ReadinessPin): string {
  // of the newest value it is not known how many of them carried it
  const count = `${grouped(requests)} ${requests === 1 ? "request" : "requests"} named it`;
  return `${oneLine(pinLabel(pin), 60)} (${count}; the newest is “${oneLine(value, 60)}”)`;
}

function stoppedLines({ stopped }: LayerReadiness, now: Date): Mrkdwn[] {
  if (stopped.length === 0) return [];
  const words = firstOf(
    stopped.map(
      ({ pin, lastSeenAt }) => `${oneLine(pinLabel(pin), 60)} (last seen ${ago(lastSeenAt, now)})`,
    ),
    pinsAtMost,
  );
  return [mrkdwn`No longer seen: ${listInWords(words)}.`];
}

function telemetryLine({ telemetry }: Readiness, now: Date): string {
  if (telemetry.state === "never") return "No telemetry of this service has come in.";
  const since = ago(telemetry.lastSeenAt, now);
  const count = `${grouped(telemetry.requests)} ${telemetry.requests === 1 ? "request" : "requests"} in all`;
  return telemetry.state === "live"
    ? `Telemetry: ${count}, the newest ${since}.`
    : `Telemetry stopped: ${count}, the newest ${since}, so nothing newer is known of any layer.`;
}

/** The rule of three: what none of n requests showed is, with 95 % confidence, in fewer than 3 of n. */
function samplingLine(found: Readiness): string | undefined {
  const { telemetry, requestsADay, unseenBelowOneIn } = found;
  if (telemetry.state === "never") return undefined;
  if (unseenBelowOneIn === null) {
    return "Fewer than 6 requests a day come in: too few to notice a version that only some of them run on.";
  }
  return `On average ${grouped(requestsADay)} requests a day come in: a version that fewer than 1 in ${grouped(unseenBelowOneIn)} of them carry may go unseen for a day. If your sender samples, that is of the sample.`;
}

function overflowLines({ overflowing }: Readiness): string[] {
  return overflowing
    .slice(0, pinsAtMost)
    .map(
      ({ pin, layer, values, overflow }) =>
        `${oneLine(pinLabel(pin), 80)} (${layers[layer].label}) has more than ${grouped(values)} different values, and ${grouped(overflow)} requests with others are only counted. It is hardly a version: stop sending it.`,
    );
}

/** How old the baseline is, and what the newest run came to where that is another one. */
function baselineLine({ baselineGap, goldenRun }: Readiness, now: Date): string {
  if (!goldenRun) return baselineGap ?? "";
  const { total, failed, errors, ranAt } = goldenRun;
  const bad = failed + errors;
  if (bad === 0) {
    const newest = `The newest golden run was ${ago(ranAt, now)}: ${countOf(total, "test")}, all passed.`;
    const isFresh = baselineGap === null && ranAt.getTime() - now.getTime() <= clockOffMs;
    return [
      ...(isFresh ? ["The baseline is fresh."] : []),
      ...(baselineGap === null ? [] : [baselineGap]),
      newest,
    ].join(" ");
  }
  const newest = `The newest golden run, ${ago(ranAt, now)}, is no baseline: ${bad} of ${countOf(total, "test")} failed or had no answer.`;
  const earlier =
    baselineGap ??
    `An earlier one in which everything passed is at most ${baselineDaysAtMost} days old.`;
  return `${newest} ${earlier}`;
}

/** Clocks of other machines are off by so much. */
const clockOffMs = 600_000;

/** What a replay of the past holds of today lies ahead of its clock. */
function ago(at: Date, now: Date): string {
  const ms = now.getTime() - at.getTime();
  if (ms < -clockOffMs) return `${spanWords(-ms)} ahead of the clock here`;
  return ms < 60_000 ? "just now" : `${spanWords(ms)} ago`;
}
