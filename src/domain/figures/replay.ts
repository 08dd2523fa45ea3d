import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { decidingN } from "#src/domain/statistics/deciding-n.ts";
import { fisherGreater, isSignificantlyAbove } from "#src/domain/statistics/fisher.ts";
import { layersInWords } from "#src/domain/words.ts";
import {
  type ArmReading,
  level,
  overrideArms,
  pooled,
  readArms,
  recoveredReference,
} from "./arm-readings.ts";
import { armsInWords, countsInWords, decidingInWords, pInWords } from "./figure-words.ts";
import { type Arm, type Counts, rateOf } from "./figures.ts";
import type { Reading } from "./reading.ts";
import { notARegression, undecided } from "./undecided-replay.ts";

/** What a replay says, and what each of its arms does. */
export interface ReplayReading extends Reading {
  arms: ArmReading[];
}

/**
 * What the arms of one replay say (B3.1, B13.11, B13.12). Their order does not matter. `layers` of a
 * conjunction are those of the pair that recovers; empty while no pair was tried or none does.
 */
export function readReplay(arms: readonly Arm[]): ReplayReading {
  const baseline = pooled(arms, "baseline");
  const allLkg = pooled(arms, "all_lkg");
  if (!baseline) {
    return unread(arms, {
      id: "insufficient",
      sentence:
        "There is no baseline. Run the request as it was in the incident, with nothing set back.",
      missing: ["baseline_arm"],
    });
  }
  if (baseline.fails === 0) {
    return unread(arms, {
      id: "not_reproducible",
      sentence: `The baseline does not fail: ${countsInWords(baseline)}. Compare failure rates by cohort instead: pool, region, version, hour.`,
      missing: ["cohort_rates"],
    });
  }
  if (allLkg && !isSignificantlyAbove(baseline, allLkg, level)) {
    return unread(arms, notARegression(baseline, allLkg));
  }
  const readings = readArms(arms, true);
  return {
    ...(recovery(baseline, allLkg, readings) ?? undecided(baseline, readings)),
    arms: readings,
  };
}

/**
 * What arms added to a run say (B13.13). Reverse arms alone: whether it fails again when put back,
 * `layers` those that do. Anything else is read together with what was there.
 */
export function readAddedArms(before: readonly Arm[], added: readonly Arm[]): ReplayReading {
  const all = [...before, ...added];
  if (added.length === 0 || added.some(({ role }) => role !== "reverse")) return readReplay(all);
  const { arms } = readReplay(all);
  const names = new Set(added.map(({ name }) => name));
  const reversed = arms.filter(({ role, name }) => role === "reverse" && names.has(name));
  const again = reversed.filter(({ verdict }) => verdict === "fails_again");
  const reference = recoveredReference(all);
  if (again.length > 0 && reference) {
    const layers = inOrder(again.flatMap((arm) => arm.layers));
    return {
      id: "reverse_fails",
      layers,
      sentence: `Put back, it fails again: ${armsInWords(again, reference, "at last known good")}. That is the other half of the demonstration for ${layersInWords(layers)}.`,
      missing: [],
      arms,
    };
  }
  if (!reference) {
    return {
      id: "insufficient",
      layers: [],
      sentence: "There is nothing to compare it with. Run all pins at last known good too.",
      missing: ["all_lkg_arm"],
      arms,
    };
  }
  const [worst] = reversed.toSorted((a, b) => b.rate - a.rate);
  const n = decidingN({
    baselineRate: worst?.rate ?? 0,
    recoveredRate: rateOf(reference),
    family: 1,
    moreThan: Math.min(reference.n, ...reversed.map(({ n }) => n)),
  });
  return {
    id: "insufficient",
    layers: [],
    sentence: `Put back, it does not fail significantly more often: ${armsInWords(reversed, reference, "at last known good")}. Either something else must come with it, or there are too few runs. ${decidingInWords(n, "arm")}`,
    missing: ["more_runs"],
    arms,
  };
}

/**
 * Whether some reverse arm of this layer fails significantly more often than all last known good, else
 * than the best arm at last known good; unadjusted (B3.1).
 */
export function reverseFails(arms: readonly Arm[], layer: LayerId): boolean {
  const reference = recoveredReference(arms);
  return (
    reference !== undefined &&
    arms.some(
      (arm) =>
        arm.role === "reverse" &&
        arm.layers.includes(layer) &&
        isSignificantlyAbove(arm, reference, level),
    )
  );
}

/**
 * Whether setting this layer back changes nothing (B3.3): the baseline fails, no override arm of the layer
 * is significantly below it (unadjusted: what may be a yes is no plain no, B13.12), and no pair with it
 * recovers. Of arms that set several layers only where it has none of its own. Mitigations say nothing (R8).
 */
export function makesNoDifference(arms: readonly Arm[], layer: LayerId): boolean {
  const baseline = pooled(arms, "baseline");
  if (!baseline || baseline.fails === 0) return false;
  const own = overrideArms(arms).filter((arm) => arm.layers.includes(layer));
  const alone = own.filter((arm) => new Set(arm.layers).size === 1);
  const telling = alone.length > 0 ? alone : own;
  const recovering = smallestRecovering(readReplay(arms).arms);
  return (
    telling.length > 0 &&
    telling.every((arm) => !isSignificantlyAbove(baseline, arm, level)) &&
    !recovering.some((arm) => arm.layers.includes(layer))
  );
}

/** The layers that recover, alone or, where none of a pair does alone, as that pair; in the order of the layers. */
export function recoveringLayers(arms: readonly Arm[]): LayerId[] {
  return readReplay(arms).layers;
}

/**
 * Arms that recover and hold nothing that recovers without the rest: an arm of two layers says nothing
 * of the second where the first recovers alone.
 */
export function smallestRecovering(readings: readonly ArmReading[]): ArmReading[] {
  const recovering = readings.filter(
    ({ role, verdict }) => role === "override" && verdict === "recovers",
  );
  return recovering.filter(
    (arm) =>
      !recovering.some(
        (other) =>
          new Set(other.layers).size < new Set(arm.layers).size &&
          other.layers.every((layer) => arm.layers.includes(layer)),
      ),
  );
}

function unread(arms: readonly Arm[], reading: Omit<Reading, "layers">): ReplayReading {
  return { ...reading, layers: [], arms: readArms(arms, false) };
}

/** Layers that recover alone, a pair that does, or only all together (R7); undefined where nothing is decided. */
function recovery(
  baseline: Counts,
  allLkg: Counts | undefined,
  readings: ArmReading[],
): Reading | undefined {
  const smallest = smallestRecovering(readings);
  const layers = inOrder(smallest.flatMap((arm) => arm.layers));
  const numbers = armsInWords(smallest, baseline, "at the baseline");
  if (smallest.some((arm) => isAlone(arm))) {
    if (layers.length === 1) {
      return {
        id: "single_layer",
        layers,
        sentence: `${layersInWords(layers)} recovers alone: ${numbers}.`,
        missing: [],
      };
    }
    return {
      id: "interaction",
      layers,
      sentence: `${layersInWords(layers)} recover it, each arm alone: ${numbers}. Say which changed first and which change completed it.`,
      missing: [],
    };
  }
  // B13.12: a conjunction says that no layer recovers alone, so each was tried and is a plain no
  const tried = readings.filter(({ adjusted }) => adjusted !== null);
  const alone = tried.filter((arm) => isAlone(arm)).flatMap((arm) => arm.layers);
  if (tried.some(({ verdict }) => verdict === null)) return undefined;
  if (smallest.length > 0) {
    if (layers.some((layer) => !alone.includes(layer))) return undefined;
    return {
      id: "conjunction",
      layers,
      sentence: `No layer recovers alone, ${layersInWords(layers)} together do: ${numbers}. Say which changed first and which change completed it.`,
      missing: [],
    };
  }
  if (!allLkg || inOrder(alone).length < 2) return undefined;
  return onlyAllTogether(baseline, allLkg, inOrder(alone), tried.length > alone.length);
}

/** B3.1: none alone, all last known good recovers. */
function onlyAllTogether(
  baseline: Counts,
  allLkg: Counts,
  alone: LayerId[],
  arePairsTried: boolean,
): Reading {
  const next = arePairsTried
    ? "No pair that was tried does either: try other pairs, and the layers not tried yet"
    : `Try pairs of ${layersInWords(alone)}, and the layers not tried yet`;
  return {
    id: "conjunction",
    layers: [],
    sentence: `No layer recovers alone, all together do: ${countsInWords(allLkg)} at last known good against ${countsInWords(baseline)} at the baseline (${pInWords(fisherGreater(baseline, allLkg))}). ${next}.`,
    missing: [],
  };
}

function isAlone({ layers }: ArmReading): boolean {
  return new Set(layers).size === 1;
}

function inOrder(layers: readonly LayerId[]): LayerId[] {
  return layerIds.filter((id) => layers.includes(id));
}
