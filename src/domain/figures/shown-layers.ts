import type { LayerId } from "#src/domain/layers/index.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
import { readCohorts } from "./cohorts.ts";
import { type Figures, splits } from "./figures.ts";
import { readFigures } from "./read-figures.ts";
import type { ReadingId } from "./reading.ts";

/** The layers that an item's own counts speak for, and why, as the end of a sentence. */
export interface ShownLayers {
  layers: LayerId[];
  /** "it recovers alone". */
  because: string;
}

/**
 * What the counts of an item speak for by themselves: the layers of a replay that recover, alone or together
 * (B3.1), or the layer that differing groups were split by (B13.8). No layers where they show none.
 */
export function shownLayers(kind: EvidenceKind, figures: Figures): ShownLayers {
  if (kind === "E5") return ofGroups(figures);
  const reading = kind === "E4" ? readFigures(kind, figures) : null;
  const because = reading ? recoveries[reading.id] : undefined;
  return reading && because !== undefined ? { layers: reading.layers, because } : none;
}

/**
 * The layers that an item supports where nobody ticked any: those that its counts show. None where it is
 * said to speak against one of them: then people differ from the counts, and the counts decide nothing for
 * them. `sentence` says so to whoever recorded it; empty where there are none.
 */
export function supportFromCounts(
  kind: EvidenceKind,
  figures: Figures,
  against: readonly LayerId[],
): { layers: LayerId[]; sentence: string } {
  const { layers, because } = shownLayers(kind, figures);
  if (layers.length === 0 || layers.some((layer) => against.includes(layer))) {
    return { layers: [], sentence: "" };
  }
  return { layers, sentence: `Counted as speaking for ${layersInWords(layers)}: ${because}.` };
}

const none: ShownLayers = { layers: [], because: "" };

const recoveries: Partial<Record<ReadingId, string>> = {
  single_layer: "it recovers alone",
  interaction: "each recovers alone",
  conjunction: "they recover together",
};

function ofGroups({ cohorts, splitBy }: Figures): ShownLayers {
  const split = splitBy === undefined ? undefined : splits[splitBy];
  if (!split?.layer || !cohorts || readCohorts(cohorts).id !== "differs") {
    return none;
  }
  return { layers: [split.layer], because: `the groups differ by ${split.label.toLowerCase()}` };
}
