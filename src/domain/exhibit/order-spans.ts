import type { RawSpan } from "./raw-span.ts";

export interface PlacedSpan {
  span: RawSpan;
  depth: number;
}

/** Deeper is drawn as this deep: a loop of calls is no staircase. */
const depthAtMost = 30;

/**
 * The spans of one trace in order of start, each with its depth. A span that was exported twice counts
 * once; one whose parent is not there, or whose parents go round in a circle, begins anew at 0. Spans
 * without a time come last.
 */
export function placeSpans(spans: readonly RawSpan[]): PlacedSpan[] {
  const byId = new Map<string, RawSpan>();
  const own: RawSpan[] = [];
  for (const span of spans) {
    if (span.spanId !== "" && byId.has(span.spanId)) continue;
    if (span.spanId !== "") byId.set(span.spanId, span);
    own.push(span);
  }
  const depths = depthsOf(own, byId);
  return own
    .map((span) => ({ span, depth: Math.min(depthAtMost, depths.get(span) ?? 0) }))
    .toSorted((a, b) => compared(a.span.startMs, b.span.startMs) || a.depth - b.depth);
}

function depthsOf(
  spans: readonly RawSpan[],
  byId: ReadonlyMap<string, RawSpan>,
): Map<RawSpan, number> {
  const depths = new Map<RawSpan, number>();
  for (const start of spans) {
    const path: RawSpan[] = [];
    const onPath = new Set<RawSpan>();
    let current: RawSpan | undefined = start;
    while (current && !depths.has(current) && !onPath.has(current)) {
      path.push(current);
      onPath.add(current);
      current = current.parentId === "" ? undefined : byId.get(current.parentId);
    }
    let depth = current === undefined ? 0 : (depths.get(current) ?? -1) + 1;
    for (const span of path.toReversed()) depths.set(span, depth++);
  }
  return depths;
}

function compared(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}
