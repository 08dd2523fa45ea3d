import {
  type ArmReading,
  level,
  overrideArms,
  pooled,
  recoveredReference,
} from "./figures/arm-readings.ts";
import { type Arm, type ArmRole, rateOf } from "./figures/figures.ts";
import { readReplay, recoveringLayers, smallestRecovering } from "./figures/replay.ts";
import type { IncidentState } from "./incident.ts";
import { type LayerId, layerIds, layers } from "./layers/index.ts";
import {
  type BaseRate,
  firstOpenStrand,
  layersToSetBack,
  type LeftOut,
  newestReplay,
  type Replay,
  worstGroup,
} from "./replay-basis.ts";
import { decidingN } from "./statistics/deciding-n.ts";
import { isSignificantlyAbove } from "./statistics/fisher.ts";

/** One arm that is worth running: what it is called, what it is for, and the layers whose pins it sets otherwise. */
export interface PlannedArm {
  name: string;
  role: Exclude<ArmRole, "mitigation">;
  /** Override: these are set back to last known good. Reverse: these alone are as in the incident. */
  layers: LayerId[];
}

/** Arms to run: the baseline first where nobody knows how often it fails. */
export interface ArmsToRun {
  kind: "run";
  strandNumber: number;
  /** In the order they are run. */
  arms: PlannedArm[];
  /** The layers whose pins differ between the incident and last known good, as far as anybody knows. */
  layers: LayerId[];
  /** Of each arm. */
  runs: number;
  /** Null: nobody knows yet, the baseline says. */
  base: BaseRate | null;
  /** So many failures at the baseline, and none at an arm, decide among these arms with `runs` runs each. */
  failsNeeded: number;
  /** The recorded replay that the arms are added to; null: it is a new one, baseline and all. */
  addTo: number | null;
  leftOut: LeftOut[];
}

/** What is worth replaying in a strand: arms, or a sentence why none, with what to do instead. */
export type ReplayPlan =
  | ArmsToRun
  | { kind: "cohorts" | "nothing"; strandNumber: number; sentence: string };

/** What a replay that nobody has figures for begins with: 5 of 20 against 0 of 20 decide for a single arm (B3.1). */
const runsToBegin = 20;
/** Below about this failure rate a replay is the wrong tool (B3.1). */
const tooRare = 0.1;
const pairsAtMost = 6;

/**
 * The arms still worth running in a strand; null: the first one without a layer that broke first. Each
 * override sets one layer back to last known good; after a recovery the reverse arm is left, where no
 * layer recovers alone pairs are. Source: B3.1, B13.11, B13.12, R5a.
 */
export function planReplay(state: IncidentState, strandNumber: number | null): ReplayPlan {
  const number = strandNumber ?? firstOpenStrand(state);
  const strand = { strandNumber: number, ...layersToSetBack(state, number) };
  const replay = newestReplay(state, number);
  return replay ? afterReplay(strand, replay) : firstReplay(strand, worstGroup(state, number));
}

/** What is known of the strand before any arm. */
interface Strand {
  strandNumber: number;
  open: LayerId[];
  leftOut: LeftOut[];
}

type Sized = Pick<ArmsToRun, "arms" | "runs" | "base" | "failsNeeded">;

function firstReplay(strand: Strand, base: BaseRate | null): ReplayPlan {
  if (strand.open.length === 0) return nothingOpen(strand);
  if (base && rateOf(base) < tooRare) return tooSeldom(strand, base, strand.open.length);
  return run(strand, sized(fullRun(strand.open), { base, best: 0 }), null);
}

function afterReplay(strand: Strand, replay: Replay): ReplayPlan {
  const { arms, baseline, item } = replay;
  const reading = readReplay(arms);
  const base = { ...baseline, evidenceNumber: item.number, isBaseline: true };
  const isRare = rateOf(base) < tooRare;
  switch (reading.id) {
    case "not_reproducible":
      return say(
        strand,
        "cohorts",
        `The baseline did not fail in ${baseline.n} runs (item ${item.number}). ${cohortsInstead}`,
      );
    case "not_a_regression":
      if (isRare) return tooSeldom(strand, base, 1);
      return isSignificantlyAbove(baseline, { n: pooled(arms, "all_lkg")?.n ?? 1, fails: 0 }, level)
        ? say(
            strand,
            "nothing",
            `With everything set back it still fails (item ${item.number}), so no single layer set back can help. Look for a fault that was always there, inputs that shifted, or a wrong expectation.`,
          )
        : again(strand, base, []);
    case "single_layer":
    case "interaction":
      return reverseArms(strand, replay, smallestRecovering(reading.arms), base);
    case "conjunction":
      return reading.layers.length > 0
        ? reverseArms(strand, replay, smallestRecovering(reading.arms), base)
        : pairArms(strand, replay, reading.arms, base);
    default:
      if (isRare) return tooSeldom(strand, base, Math.max(1, strand.open.length));
      return undecidedArms(strand, replay, reading.arms, base);
  }
}

/** R5a: what recovers is put back alone, everything else staying set back. */
function reverseArms(
  strand: Strand,
  { arms, item }: Replay,
  recovering: readonly ArmReading[],
  base: BaseRate,
): ReplayPlan {
  const left = recovering.filter(
    (arm) => !arms.some(({ role, layers: own }) => role === "reverse" && isSame(own, arm.layers)),
  );
  if (left.length === 0) {
    const { length } = recoveringLayers(arms);
    return say(
      strand,
      "nothing",
      `Nothing is left to replay: ${length > 1 ? "each layer that recovers" : "the layer that recovers"} was put back too (item ${item.number}). Decide in the checklist what broke first.`,
    );
  }
  const reverse = left.map((arm): PlannedArm => ({
    name: `All but ${labels(arm.layers)} set back`,
    role: "reverse",
    layers: arm.layers,
  }));
  const best = recoveredReference(arms);
  const planned = [...(pooled(arms, "all_lkg") ? [] : [allSetBack]), ...reverse];
  // a reverse arm stands in no family: it is compared with all last known good alone
  const plan = sized(planned, { base, best: best ? rateOf(best) : 0, family: 1 });
  return run(strand, plan, item.number, overrideArms(arms));
}

/** B3.1: none alone, all together: try pairs, those first whose layers helped most. */
function pairArms(
  strand: Strand,
  { arms, item, baseline }: Replay,
  readings: readonly ArmReading[],
  base: BaseRate,
): ReplayPlan {
  const tried = overrideArms(arms);
  const alone = readings
    .filter(({ adjusted, layers: own }) => adjusted !== null && own.length === 1)
    .toSorted((one, other) => one.rate - other.rate)
    .flatMap(({ layers: own }) => own);
  const pairs = alone
    .flatMap((first, at) => alone.slice(at + 1).map((second) => inOrder([first, second])))
    .filter((pair) => !tried.some(({ layers: own }) => isSame(own, pair)))
    .slice(0, pairsAtMost);
  if (pairs.length === 0) {
    return say(
      strand,
      "nothing",
      `No layer and no pair that was tried recovers, all together do (item ${item.number}). Say so in the checklist: they failed together.`,
    );
  }
  const planned = pairs.map(setBack);
  const plan = sized(planned, { base, best: 0, family: tried.length + planned.length });
  return baseline.n >= plan.runs
    ? run(strand, plan, item.number, tried)
    : run(strand, sized([baselineArm, ...planned, allSetBack], { base, best: 0 }), null, tried);
}

/** Layers that have no arm yet are added; where arms that were run are neither yes nor no, all of it is run again, longer. */
function undecidedArms(
  strand: Strand,
  { arms, item, baseline }: Replay,
  readings: readonly ArmReading[],
  base: BaseRate,
): ReplayPlan {
  const tried = overrideArms(arms);
  const missing = strand.open.filter(
    (layer) => !tried.some(({ layers: own }) => isSame(own, [layer])),
  );
  const isUnclear = readings.some(({ adjusted, verdict }) => adjusted !== null && verdict === null);
  const planned = [
    ...missing.map((layer) => setBack([layer])),
    ...(pooled(arms, "all_lkg") ? [] : [allSetBack]),
  ];
  const plan = sized(planned, {
    base,
    best: 0,
    family: Math.max(1, tried.length + missing.length),
  });
  if (planned.length > 0 && !isUnclear && baseline.n >= plan.runs) {
    return run(strand, plan, item.number, tried);
  }
  if (strand.open.length === 0) return nothingOpen(strand);
  const best = recoveredReference(arms);
  return again(strand, base, strand.open, best && rateOf(best) < rateOf(base) ? rateOf(best) : 0);
}

/** A new run, baseline and all; at least as long as one that was too short. */
function again(strand: Strand, base: BaseRate, open: readonly LayerId[], best = 0): ArmsToRun {
  const plan = sized(fullRun(open), { base, best });
  return run(strand, { ...plan, runs: Math.max(plan.runs, upToTen(base.n + 1)) }, null);
}

function run(
  { strandNumber, open, leftOut }: Strand,
  plan: Sized,
  addTo: number | null,
  tried: readonly Arm[] = [],
): ArmsToRun {
  const own = [...tried, ...plan.arms].flatMap(({ layers: ids }) => ids);
  return {
    kind: "run",
    strandNumber,
    ...plan,
    layers: inOrder([...open, ...own]),
    addTo,
    leftOut: leftOut.filter(({ layer }) => !own.includes(layer)),
  };
}

/** With so many arms, so often a failure, and so few where it recovers: how many runs each. */
function sized(
  arms: PlannedArm[],
  { base, best, family }: { base: BaseRate | null; best: number; family?: number },
): Sized {
  const k = family ?? Math.max(1, arms.filter(({ role }) => role === "override").length);
  const n = base && decidingN({ baselineRate: rateOf(base), recoveredRate: best, family: k });
  const runs = upToTen(n ?? runsToBegin);
  return { arms, runs, base, failsNeeded: failsThatDecide(runs, k) };
}

/** The fewest failures of `runs` that are significant against none, among `family` arms (Holm's first step). */
function failsThatDecide(runs: number, family: number): number {
  let fails = 1;
  while (
    fails < runs &&
    !isSignificantlyAbove({ n: runs, fails }, { n: runs, fails: 0 }, level / family)
  ) {
    fails += 1;
  }
  return fails;
}

/** People run 20 or 30, not 17: and a few more than what just decides. */
function upToTen(n: number): number {
  return Math.max(10, Math.ceil(n / 10) * 10);
}

const baselineArm: PlannedArm = { name: "Baseline", role: "baseline", layers: [] };
const allSetBack: PlannedArm = { name: "All set back", role: "all_lkg", layers: [] };

function fullRun(open: readonly LayerId[]): PlannedArm[] {
  return [baselineArm, ...open.map((layer) => setBack([layer])), allSetBack];
}

function setBack(ids: readonly LayerId[]): PlannedArm {
  return { name: `${labels(ids)} set back`, role: "override", layers: [...ids] };
}

const cohortsInstead = "Record failure rates by cohort instead: pool, region, version, hour.";

function tooSeldom(strand: Strand, base: BaseRate, family: number): ReplayPlan {
  const n = decidingN({ baselineRate: rateOf(base), recoveredRate: 0, family });
  const runs = n === null ? "" : ` A replay would take about ${n} runs of each arm.`;
  return say(
    strand,
    "cohorts",
    `It fails in ${base.fails} of ${base.n} requests (item ${base.evidenceNumber}), too seldom for a replay.${runs} ${cohortsInstead}`,
  );
}

function nothingOpen(strand: Strand): ReplayPlan {
  return say(
    strand,
    "nothing",
    "There is nothing to set back: every layer is ruled out, not applicable, or known not to have changed.",
  );
}

function say({ strandNumber }: Strand, kind: "cohorts" | "nothing", sentence: string): ReplayPlan {
  return { kind, strandNumber, sentence };
}

function labels(ids: readonly LayerId[]): string {
  return ids.map((id) => layers[id].label).join(" + ");
}

function inOrder(ids: readonly LayerId[]): LayerId[] {
  return layerIds.filter((id) => ids.includes(id));
}

function isSame(one: readonly LayerId[], other: readonly LayerId[]): boolean {
  return new Set(one).size === new Set(other).size && one.every((id) => other.includes(id));
}
