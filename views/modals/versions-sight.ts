import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type { VersionReport } from "#src/domain/ledger/ledger.ts";
import { layersInWords, listInWords } from "#src/domain/words.ts";
import { spanWords } from "#views/timing.ts";

/** Less than this at either end of the window is how telemetry comes in, and no gap. */
const holeMs = 3_600_000;

/** Layers of which nothing can be seen in the window: no pin of theirs was sent, and no record of theirs is marked complete. */
export function unseenLayers(report: VersionReport): LayerId[] {
  const marked = markedLayers(report);
  return layerIds.filter((layer) => !marked.has(layer) && spanOf(report, layer) === undefined);
}

/** "It could see Infrastructure only in a part of the window.": of layers whose own telemetry began later, or ended sooner, than the other. */
export function partlySeenWords(report: VersionReport): string[] {
  const { coverage } = report;
  const marked = markedLayers(report);
  const partly = layerIds.filter((layer) => {
    const span = spanOf(report, layer);
    if (!span || marked.has(layer)) return false;
    const { from, to } = seenWindow(report);
    const begun = Math.max(from, coverage.firstSeenAt?.getTime() ?? from);
    const ended = Math.min(to, coverage.lastSeenAt?.getTime() ?? to);
    return span.from - begun > holeMs || ended - span.to > holeMs;
  });
  return partly.length === 0
    ? []
    : [`It could see ${layersInWords(partly)} only in a part of the window.`];
}

/** How long, in ms, the window has no telemetry at its beginning and at its end; up to an hour is 0. */
export function holesOf(report: VersionReport): { first: number; last: number } {
  const { firstSeenAt, lastSeenAt } = report.coverage;
  const { from, to } = seenWindow(report);
  const hole = (ms: number) => (ms > holeMs ? ms : 0);
  return {
    first: firstSeenAt ? hole(firstSeenAt.getTime() - from) : 0,
    last: lastSeenAt ? hole(to - lastSeenAt.getTime()) : 0,
  };
}

/** "There is no telemetry of the first 2 days of the window.": where it covers only a part of it, and no complete record makes up for that. */
export function holeWords(report: VersionReport): string[] {
  if (layerIds.every((layer) => spanOf(report, layer) === undefined)) return [];
  if (markedLayers(report).size === layerIds.length) return [];
  const { first, last } = holesOf(report);
  const holes = [
    ...(first > 0 ? [`of the first ${spanWords(first)}`] : []),
    ...(last > 0 ? [`of the last ${spanWords(last)}`] : []),
  ];
  return holes.length === 0 ? [] : [`There is no telemetry ${listInWords(holes)} of the window.`];
}

/**
 * How many requests fall into the window: all that came, where they all lie in it; else as many as would if
 * they came evenly, rounded down to two figures, since they are not counted by time. Undefined: none at all.
 */
export function requestsInWindow({
  coverage,
  window,
}: VersionReport): { count: number; isCounted: boolean } | undefined {
  const { requests, firstSeenAt, lastSeenAt } = coverage;
  if (requests === 0 || !firstSeenAt || !lastSeenAt) return undefined;
  if (firstSeenAt > window.to || lastSeenAt < window.from) return undefined;
  if (firstSeenAt >= window.from && lastSeenAt <= window.to) {
    return { count: requests, isCounted: true };
  }
  const begun = Math.max(firstSeenAt.getTime(), window.from.getTime());
  const ended = Math.min(lastSeenAt.getTime(), window.to.getTime());
  const share = (ended - begun) / (lastSeenAt.getTime() - firstSeenAt.getTime());
  const count = Math.floor(requests * share);
  const figure = 10 ** Math.max(String(count).length - 2, 0);
  return { count: Math.floor(count / figure) * figure, isCounted: false };
}

/** R4: layers whose change record is marked complete for the whole window. */
function markedLayers({ marks, window }: VersionReport): Set<LayerId> {
  return new Set(
    marks
      .filter(({ from, to }) => from <= window.from && to >= window.to)
      .map(({ layer }) => layer),
  );
}

/** From when to when a layer's pins were seen, in ms, as far as any was in the window; undefined: none was. */
function spanOf(
  { pins, window }: VersionReport,
  layer: LayerId,
): { from: number; to: number } | undefined {
  const seen = pins.filter(
    (pin) => pin.layer === layer && pin.firstSeenAt <= window.to && pin.lastSeenAt >= window.from,
  );
  if (seen.length === 0) return undefined;
  return {
    from: Math.min(...seen.map(({ firstSeenAt }) => firstSeenAt.getTime())),
    to: Math.max(...seen.map(({ lastSeenAt }) => lastSeenAt.getTime())),
  };
}

/** The window up to now, in ms: what has not come yet is no gap. */
function seenWindow({ window, at }: VersionReport): { from: number; to: number } {
  return { from: window.from.getTime(), to: Math.min(window.to.getTime(), at.now.getTime()) };
}
