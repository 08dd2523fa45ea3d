import { brokeFirst } from "./broke-first.ts";
import type { Hypothesis, IncidentId, IncidentState } from "./incident.ts";
import { type LayerId, layerIds } from "./layers/index.ts";
import type { IncidentStatus } from "./vocabulary.ts";

/** What somebody believed first in one incident, beside what broke first in the end. */
export interface FirstBelief {
  incidentId: IncidentId;
  isDrill: boolean;
  /** Null where nobody wrote anything down. */
  layer: LayerId | null;
  /** What broke first in the strand that it was about; empty where nobody could say. */
  brokeFirst: readonly LayerId[];
  /** Whether the verdict is final: the incident is over, and its strand has a layer that broke first. */
  isFinal: boolean;
}

/** How often a layer was named first, and what came of it. */
export interface NamedFirst {
  layer: LayerId;
  named: number;
  right: number;
  wrong: number;
  /** Without a final verdict. */
  open: number;
}

/** The blame meter over the incidents of a team. */
export interface BlameMeter {
  /** Incidents in which somebody wrote down a hypothesis; drills left out. */
  incidents: number;
  /** Of these, with a final verdict. */
  settled: number;
  /** Every layer in its order. */
  layers: NamedFirst[];
}

/** The hypothesis that was written down first, by the time, then by the number; undefined where there is none. */
export function firstHypothesis(hypotheses: readonly Hypothesis[]): Hypothesis | undefined {
  return hypotheses.toSorted(
    (a, b) => a.raisedAt.getTime() - b.raisedAt.getTime() || a.number - b.number,
  )[0];
}

/** 0.02: the first belief of one incident, and the layers that broke first in its strand as they stand now. */
export function firstBeliefOf(state: IncidentState): FirstBelief {
  const { id, isDrill, status } = state.incident;
  const first = firstHypothesis(state.hypotheses);
  const found = first ? brokeFirst(state, first.strandNumber) : [];
  return {
    incidentId: id,
    isDrill,
    layer: first?.layer ?? null,
    brokeFirst: found,
    isFinal: isFinal(status, found),
  };
}

/** A verdict is final once the incident is over: until then people may still learn better. */
export function isFinal(status: IncidentStatus, found: readonly LayerId[]): boolean {
  return (status === "closed" || status === "learned") && found.length > 0;
}

/** What became of a first belief: right where its layer is among those that broke first. */
function isRight(belief: FirstBelief): boolean | null {
  const { layer } = belief;
  return belief.isFinal && layer !== null ? belief.brokeFirst.includes(layer) : null;
}

/** 4.01: which layer is named first how often, and how often it is right. Drills do not count. */
export function blameMeter(beliefs: readonly FirstBelief[]): BlameMeter {
  const counted = beliefs.filter(({ isDrill, layer }) => !isDrill && layer !== null);
  return {
    incidents: counted.length,
    settled: counted.filter((one) => isRight(one) !== null).length,
    layers: layerIds.map((layer) => {
      const own = counted.filter((one) => one.layer === layer).map(isRight);
      return {
        layer,
        named: own.length,
        right: own.filter((right) => right === true).length,
        wrong: own.filter((right) => right === false).length,
        open: own.filter((right) => right === null).length,
      };
    }),
  };
}
