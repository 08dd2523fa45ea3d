import type { EvidenceItem } from "#src/domain/evidence.ts";
import { isWeak } from "#src/domain/evidence-weight.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { readAblation } from "./ablation.ts";
import { type Arm, type Figures, splits } from "./figures.ts";
import { hasFigures, readFigures } from "./read-figures.ts";
import { makesNoDifference, readReplay, smallestRecovering } from "./replay.ts";
import { hasSignificantEdge } from "./series.ts";
import { readStacks } from "./stacks.ts";

type Item = Pick<EvidenceItem, "kind" | "data" | "supports">;

/** What an item's figures show of layers, apart from what its author says it supports. */
interface Shown {
  /** Layers they decide for; "any": for whichever layer the author names. */
  decides: LayerId[] | "any";
  /** Both ways, as R5 a to d. */
  twoWay: LayerId[] | "any";
  /** Layers they speak against or say nothing of, although they were measured; "any": nothing is shown. */
  empty: LayerId[] | "any";
}

const known = new WeakMap<Figures, { kind: EvidenceItem["kind"]; shown: Shown }>();

/**
 * The layers that this item supports decisively (B3, B3.1): those its author names and its figures show.
 * A replay: an override arm of the layer recovers, or only several together do and it is one of them.
 * Cohort rates: the groups differ or follow the change in and out; where they are split by a version or
 * place of one layer, for that layer alone (B13.8). A reproducer: no figures, or they hold.
 * An ablation: without the change it fails less often. All other kinds: none.
 */
export function decisiveLayers(item: Item): LayerId[] {
  const { decides } = shownBy(item);
  return layerIds.filter((id) => item.supports.includes(id) && isAmong(decides, id));
}

/** Whether this item shows it both ways for a layer that it supports: R5 a to d. */
export function twoWay(item: Item, layer: LayerId): boolean {
  return decisiveLayers(item).includes(layer) && isAmong(shownBy(item).twoWay, layer);
}

/**
 * Whether this item speaks for a layer at all (R8, B13.5): its author says so, it is not weak, and its
 * figures do not show that there is nothing: a replay whose only arms of the layer are mitigations or
 * make no difference, groups that do not differ, an ablation or a reproducer that shows nothing.
 */
export function supportsAtAll(item: Item, layer: LayerId): boolean {
  return (
    item.supports.includes(layer) && !isWeak(item.kind) && !isAmong(shownBy(item).empty, layer)
  );
}

/**
 * Whether this item may clear a layer (B3.3, R2) for which its author says so, or which cites it: it does
 * not support the layer, and its figures do not decide for it. A replay clears only what it has set back
 * to no effect.
 */
export function mayClear(item: Item, layer: LayerId): boolean {
  if (item.supports.includes(layer)) return false;
  if (item.kind === "E4") return makesNoDifference(item.data.arms ?? [], layer);
  const { decides } = shownBy(item);
  return decides === "any" || !decides.includes(layer);
}

/**
 * Computed once for each object of figures: a strand asks it of every item, for every claim. Most items have
 * no figures, and are not worth remembering.
 */
function shownBy({ kind, data }: Item): Shown {
  if (!hasFigures(kind, data)) return kind === "E7" ? onItsAuthorsWord : nothing;
  const before = known.get(data);
  if (before?.kind === kind) return before.shown;
  const shown = showing(kind, data);
  known.set(data, { kind, shown });
  return shown;
}

function showing(kind: EvidenceItem["kind"], figures: Figures): Shown {
  const { arms = [], series = [], ablation = [], stacks = [] } = figures;
  switch (kind) {
    case "E4":
      return ofReplay(arms);
    case "E5": {
      const reading = readFigures(kind, figures);
      const isFollowing = reading?.id === "in_and_out";
      const own = figures.splitBy === undefined ? null : splits[figures.splitBy].layer;
      const whose = own === null ? "any" : [own];
      return {
        decides: reading ? whose : [],
        twoWay: isFollowing && figures.areOtherPinsEqual === true ? whose : [],
        empty: reading || hasSignificantEdge(series) ? [] : "any",
      };
    }
    case "E6": {
      const { isShown, isTwoWay } = readAblation(ablation);
      return {
        decides: isShown ? "any" : [],
        twoWay: isTwoWay && figures.isSameBuild === true ? "any" : [],
        empty: isShown ? [] : "any",
      };
    }
    case "E7": {
      const { holds, isTwoWay } = readStacks(stacks);
      return {
        decides: holds ? "any" : [],
        twoWay: isTwoWay ? "any" : [],
        empty: holds ? [] : "any",
      };
    }
    default:
      return nothing;
  }
}

function ofReplay(arms: readonly Arm[]): Shown {
  const reading = readReplay(arms);
  const smallest = reading.layers.length === 0 ? [] : smallestRecovering(reading.arms);
  const together =
    reading.id === "conjunction" && smallest.length === 0
      ? reading.arms.filter(({ adjusted }) => adjusted !== null)
      : smallest;
  const decides = together.flatMap(({ layers }) => layers);
  // an arm that is neither yes nor no hints, unless the run as a whole leaves nothing to read (B13.11)
  const isRead = reading.id !== "not_reproducible" && reading.id !== "not_a_regression";
  const hinting = reading.arms.filter(
    ({ adjusted, verdict }) =>
      verdict === "fails_again" || (isRead && adjusted !== null && verdict !== "no_difference"),
  );
  const shown = new Set([...decides, ...hinting.flatMap(({ layers }) => layers)]);
  const measured = new Set(arms.flatMap(({ layers }) => layers));
  const failing = reading.arms.filter(({ verdict }) => verdict === "fails_again");
  return {
    decides,
    // R5a for the same layers: a pair that recovers is put back as a pair
    twoWay: smallest
      .filter((arm) => failing.some(({ layers }) => isSameSet(layers, arm.layers)))
      .flatMap(({ layers }) => layers),
    empty: layerIds.filter((id) => measured.has(id) && !shown.has(id)),
  };
}

/** No figures: the author's word alone, neither decisive nor spoken against. */
const nothing: Shown = { decides: [], twoWay: [], empty: [] };
/** A contract test passes or fails: it says what it says without counts (B3). */
const onItsAuthorsWord: Shown = { ...nothing, decides: "any" };

function isAmong(layers: readonly LayerId[] | "any", layer: LayerId): boolean {
  return layers === "any" || layers.includes(layer);
}

function isSameSet(one: readonly LayerId[], other: readonly LayerId[]): boolean {
  return (
    new Set([...one, ...other]).size === new Set(one).size &&
    new Set(one).size === new Set(other).size
  );
}
