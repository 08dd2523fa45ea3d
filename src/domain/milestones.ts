import type { By } from "./decider.ts";
import type { Changes, Decision } from "./decision.ts";
import { harmSignalNamed, leverRecorded } from "./gates/stabilization.ts";
import type { Incident, IncidentState } from "./incident.ts";
import { isAttributed } from "./layer-state.ts";
import type { NewTimelineEntry } from "./timeline.ts";

/**
 * A decision with what follows from it for the phases (B5): a move that came by itself is told in the
 * timeline too, after the decision's own entries; and what was reached for the first time gets its time.
 */
export function withMilestones<Decided extends Pick<Decision, "changes" | "timeline">>(
  state: IncidentState,
  decision: Decided,
  by: By,
): Decided {
  const times = newMilestones(state, decision.changes, by.now);
  const moved = phaseEntry(state, decision, by);
  if (Object.keys(times).length === 0 && !moved) return decision;
  return {
    ...decision,
    changes: { ...decision.changes, incident: { ...decision.changes.incident, ...times } },
    timeline: moved ? [...decision.timeline, moved] : decision.timeline,
  };
}

function phaseEntry(
  { incident }: IncidentState,
  { changes, timeline }: Pick<Decision, "changes" | "timeline">,
  by: By,
): NewTimelineEntry | undefined {
  const to = changes.incident?.phase ?? incident.phase;
  if (to === incident.phase || timeline.some((entry) => entry.kind === "phase_changed")) {
    return undefined;
  }
  return {
    lane: to === "stabilizing" ? "stabilization" : to === "learning" ? "learning" : "diagnosis",
    kind: "phase_changed",
    happenedAt: by.now,
    actor: by.userId,
    data: { from: incident.phase, to, reason: null, isAutomatic: true },
  };
}

type Milestones = Pick<Incident, "stabilizedAt" | "diagnosedAt" | "recoveredAt">;

/**
 * When the harm had a lever with a signal, when every strand had a layer that broke first, when recovery
 * was left: each once, for the timers of the record (B5).
 */
function newMilestones(state: IncidentState, changes: Changes, now: Date): Partial<Milestones> {
  const { incident } = state;
  const after = stateAfter(state, changes);
  const isStabilized = () => !leverRecorded(after, undefined) && !harmSignalNamed(after, undefined);
  const isDiagnosed = () => after.strands.every(({ number }) => isAttributed(after, number));
  return {
    ...(incident.stabilizedAt === null && isStabilized() ? { stabilizedAt: now } : {}),
    ...(incident.diagnosedAt === null && changes.verdicts && isDiagnosed()
      ? { diagnosedAt: now }
      : {}),
    ...(incident.recoveredAt === null && reachesLearning(incident, changes)
      ? { recoveredAt: now }
      : {}),
  };
}

/** Somebody said that recovery is over. The end of the response alone says nothing of the users. */
function reachesLearning(incident: Incident, { incident: changed }: Changes): boolean {
  const isByClosing = changed?.status === "closed";
  return incident.phase !== "learning" && changed?.phase === "learning" && !isByClosing;
}

/** What milestones look at, as it stands once the changes are saved. */
function stateAfter(state: IncidentState, changes: Changes): IncidentState {
  const { levers = [], strands = [], verdicts = [] } = changes;
  return {
    ...state,
    incident: { ...state.incident, ...changes.incident },
    levers: [...state.levers.filter((use) => !isAmong(levers, use)), ...levers],
    strands: [...state.strands.filter((strand) => !isAmong(strands, strand)), ...strands],
    verdicts: [...state.verdicts, ...verdicts],
  };
}

function isAmong(rows: readonly { number: number }[], one: { number: number }): boolean {
  return rows.some(({ number }) => number === one.number);
}
