import { type BlameMeter, blameMeter, isFinal } from "./blame-meter.ts";
import type { IncidentId } from "./incident.ts";
import { type LayerId, layerIds } from "./layers/index.ts";
import type { IncidentStatus } from "./vocabulary.ts";

/** What is counted of one incident; drills and cancelled ones are left out before (`src/db/stats.ts`). */
export interface CountedIncident {
  incidentId: IncidentId;
  status: IncidentStatus;
  onsetAt: Date | null;
  noticedAt: Date | null;
  declaredAt: Date;
  /** When every strand had a layer that broke first. */
  diagnosedAt: Date | null;
  /** The layer that somebody named first; null where nobody wrote anything down. */
  firstLayer: LayerId | null;
  /** What broke first in the strand that this was about. */
  firstBrokeFirst: LayerId[];
  /** What broke first in any strand: a layer as often as strands have it. */
  brokeFirst: LayerId[];
  strands: number;
  /** Strands of which nobody has said what broke first. */
  unattributed: number;
  refusedClaims: number;
}

/** A median in milliseconds, and of how many incidents both times are known; null where of none. */
export interface Median {
  ms: number;
  of: number;
}

/** What a team sees of its incidents (`/incident stats`). */
export interface Stats {
  incidents: number;
  /** Of these, over. */
  ended: number;
  meter: BlameMeter;
  /** In how many strands each layer broke first: those that ever did, the most frequent first. */
  brokeFirst: { layer: LayerId; strands: number }[];
  onsetToDetection: Median | null;
  detectionToDeclaration: Median | null;
  detectionToAttribution: Median | null;
  /** Strands of incidents that ended without anybody knowing what broke first there, of all strands of these. */
  undetermined: number;
  endedStrands: number;
  refusedClaims: number;
}

/** Counts over the incidents of a period; pure, in any order. Times that run backwards are mistakes, and left out. */
export function statsOf(incidents: readonly CountedIncident[]): Stats {
  const ended = incidents.filter(({ status }) => status === "closed" || status === "learned");
  const counts = layerIds
    .map((layer) => ({
      layer,
      strands: incidents.flatMap((one) => one.brokeFirst).filter((one) => one === layer).length,
    }))
    .filter(({ strands }) => strands > 0)
    .toSorted((a, b) => b.strands - a.strands);
  return {
    incidents: incidents.length,
    ended: ended.length,
    meter: blameMeter(
      incidents.map(({ incidentId, status, firstLayer, firstBrokeFirst }) => ({
        incidentId,
        isDrill: false,
        layer: firstLayer,
        brokeFirst: firstBrokeFirst,
        isFinal: isFinal(status, firstBrokeFirst),
      })),
    ),
    brokeFirst: counts,
    onsetToDetection: median(incidents.map((one) => span(one.onsetAt, one.noticedAt))),
    detectionToDeclaration: median(incidents.map((one) => span(one.noticedAt, one.declaredAt))),
    detectionToAttribution: median(incidents.map((one) => span(one.noticedAt, one.diagnosedAt))),
    undetermined: sum(ended.map((one) => one.unattributed)),
    endedStrands: sum(ended.map((one) => one.strands)),
    refusedClaims: sum(incidents.map((one) => one.refusedClaims)),
  };
}

function span(from: Date | null, to: Date | null): number | null {
  if (from === null || to === null || to < from) return null;
  return to.getTime() - from.getTime();
}

function median(spans: readonly (number | null)[]): Median | null {
  const known = spans.filter((ms) => ms !== null).toSorted((a, b) => a - b);
  const middle = known[Math.floor(known.length / 2)];
  if (middle === undefined) return null;
  const before = known[known.length / 2 - 1];
  return { ms: before === undefined ? middle : (before + middle) / 2, of: known.length };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
