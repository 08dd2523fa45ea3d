import type { IncidentState } from "#src/domain/incident.ts";
import type { IncidentChange } from "./incident-change.ts";
import { scanOf } from "./scan-window.ts";

/**
 * The changes that an incident found in its window, what nobody declared first, then the newest. Those that
 * were withdrawn are left out, and those after the end: the time at which it was noticed may have been corrected since. One that was declared
 * before the window begins may have been seen in it.
 */
export function changesInWindow({
  incident,
  ledgerChanges,
}: Pick<IncidentState, "incident" | "ledgerChanges">): IncidentChange[] {
  const { to } = scanOf(incident);
  return ledgerChanges
    .filter(({ happenedAt, withdrawnAt }) => happenedAt <= to && withdrawnAt === null)
    .toSorted(byInterest);
}

function byInterest(a: IncidentChange, b: IncidentChange): number {
  return (
    Number(a.isDeclared) - Number(b.isDeclared) || b.happenedAt.getTime() - a.happenedAt.getTime()
  );
}
