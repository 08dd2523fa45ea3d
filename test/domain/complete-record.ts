// A record that carries a claim on a layer, and the same with some of it taken out, for properties of what is missing.

import fc from "fast-check";
import type { EvidenceItem, RowAnswer, RowReading } from "#src/domain/evidence.ts";
import type { Arm } from "#src/domain/figures/figures.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import { allRows, answersExcept, item, openIncident } from "./fixtures.ts";

/** A run in which only this layer, set back, recovers. */
export const recovering = (layer: LayerId): Arm[] => [
  { name: "baseline", role: "baseline", layers: [], isLkg: false, n: 20, fails: 18 },
  { name: "set back", role: "override", layers: [layer], isLkg: true, n: 20, fails: 1 },
];

/** A run in which this layer, set back, makes no difference. */
const failing = (layer: LayerId): Arm[] => [
  { name: "baseline", role: "baseline", layers: [], isLkg: false, n: 20, fails: 18 },
  { name: "set back", role: "override", layers: [layer], isLkg: true, n: 20, fails: 18 },
];

/** Item 1 counts for rows alone; then what B3.3 asks of the layer. */
function evidenceFor(layer: LayerId): EvidenceItem[] {
  const supports = [layer];
  const clears = layers[layer].needs.clears.map((need): Partial<EvidenceItem> => {
    const [kind = "E1"] = need.kinds;
    const [first = "model"] = need.layers;
    return { kind, clears: [first], data: kind === "E4" ? { arms: failing(first) } : {} };
  });
  const positive: Partial<EvidenceItem>[] = [
    { kind: "E4", supports, data: { arms: recovering(layer) } },
    { kind: "E1", supports },
    ...(layer === "model" ? [{ kind: "E6" as const, supports, data: { inputCount: 3 } }] : []),
  ];
  return [{ kind: "E3" as const }, ...positive, ...clears].map((facts, index) =>
    item(index + 1, facts),
  );
}

/** Every layer answered, every row of this one ruled out, its evidence and its clears there. */
export function completeFor(layer: LayerId): IncidentState {
  return openIncident({
    answers: answersExcept(),
    rowAnswers: allRows(layer),
    evidence: evidenceFor(layer),
  });
}

/** The same with some answers, rows and items missing, and some rows pointing elsewhere, untold or bare. */
export function withoutSome(layer: LayerId): fc.Arbitrary<IncidentState> {
  const whole = completeFor(layer);
  const most = <Item>(all: readonly Item[]): fc.Arbitrary<Item[]> =>
    fc.oneof(
      { arbitrary: fc.constant<Item[]>([...all]), weight: 3 },
      { arbitrary: fc.subarray<Item>([...all]), weight: 1 },
    );
  const readings = fc.constantFrom<RowReading>(
    "rules_out",
    "rules_out",
    "points_to",
    "cannot_tell",
  );
  return fc
    .record({
      answers: most(whole.answers),
      rowAnswers: most(whole.rowAnswers),
      evidence: most(whole.evidence),
      readings: fc.array(readings, { minLength: 12, maxLength: 12 }),
      isOneVersion: fc.boolean(),
    })
    .map(({ answers, rowAnswers, evidence, readings: all, isOneVersion }) => ({
      ...whole,
      answers,
      evidence,
      rowAnswers: rowAnswers.map((row, index): RowAnswer => {
        if (row.row === "M10" && isOneVersion) return { ...row, reading: "no_other_version" };
        const reading = all[index] ?? "rules_out";
        const other: LayerId = layer === "model" ? "infrastructure" : "model";
        return { ...row, reading, pointsTo: reading === "points_to" ? other : null };
      }),
    }));
}
