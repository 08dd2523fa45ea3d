import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { readAblation } from "./ablation.ts";
import { readCohorts } from "./cohorts.ts";
import type { Figures } from "./figures.ts";
import type { Finding, Reading } from "./reading.ts";
import { readReplay } from "./replay.ts";
import { readSeries } from "./series.ts";
import { readStacks } from "./stacks.ts";

const found = new WeakMap<Figures, { kind: EvidenceKind; finding: Finding | null }>();

/**
 * The reading of an item's figures that has a name (B3.1, B13.11 to B13.13); null where there are no
 * figures of its kind, or they show nothing that has one. `in_and_out` wins over `differs` (B13.13).
 */
export function readFigures(kind: EvidenceKind, figures: Figures): Reading | null {
  const finding = findingOf(kind, figures);
  if (!finding) return null;
  const { id } = finding;
  return id === null ? null : { ...finding, id };
}

/**
 * What an item's figures say in any case, also where they show nothing or have no name, as ablations and
 * stacks; null where there are none of its kind. Computed once for each object of figures.
 */
export function findingOf(kind: EvidenceKind, figures: Figures): Finding | null {
  if (!hasFigures(kind, figures)) return null;
  const before = found.get(figures);
  if (before?.kind === kind) return before.finding;
  const finding = find(kind, figures);
  found.set(figures, { kind, finding });
  return finding;
}

/** Whether an item of this kind has the figures that belong to it. */
export function hasFigures(
  kind: EvidenceKind,
  { arms, cohorts, series, ablation, stacks }: Figures,
): boolean {
  if (kind === "E4") return Boolean(arms?.length);
  if (kind === "E5") return Boolean(cohorts?.length) || Boolean(series?.length);
  if (kind === "E6") return Boolean(ablation?.length);
  return kind === "E7" && Boolean(stacks?.length);
}

function find(kind: EvidenceKind, { arms, cohorts, series, ablation, stacks }: Figures) {
  if (kind === "E4" && arms?.length) return readReplay(arms);
  if (kind === "E6" && ablation?.length) return readAblation(ablation);
  if (kind === "E7" && stacks?.length) return readStacks(stacks);
  if (kind !== "E5") return null;
  const ofSeries = series?.length ? readSeries(series) : null;
  if (ofSeries?.id) return ofSeries;
  return cohorts?.length ? readCohorts(cohorts) : ofSeries;
}
