import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { readAblation } from "./ablation.ts";
import { readCohorts } from "./cohorts.ts";
import type { Figures } from "./figures.ts";
import type { Finding, Reading } from "./reading.ts";
import { readReplay } from "./replay.ts";
import { readSeries } from "./series.ts";
import { readStacks } from "./stacks.ts";

const found = new WeakMap<Figures, Map<EvidenceKind, Finding | null>>();

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
  const known = found.get(figures) ?? new Map<EvidenceKind, Finding | null>();
  found.set(figures, known);
  const before = known.get(kind);
  if (before !== undefined) return before;
  const finding = find(kind, figures);
  known.set(kind, finding);
  return finding;
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
