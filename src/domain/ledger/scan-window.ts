import { subDays, subHours } from "date-fns";
import type { Incident, IncidentState } from "#src/domain/incident.ts";
import type { ScanWindow } from "./ledger.ts";

/**
 * The default change scan (B3): from 24 hours before the onset estimate held at the declaration (none held:
 * before the declaration) to the detection that led to the declaration (not told: the declaration).
 */
export function defaultScan(incident: Incident): ScanWindow {
  const to = incident.noticedAt ?? incident.declaredAt;
  return { from: subHours(incident.onsetHeldAt ?? incident.declaredAt, 24), to };
}

/** What is scanned now: the default window, or from where somebody has widened it to. */
export function scanOf(incident: Incident): ScanWindow {
  const { from, to } = defaultScan(incident);
  const { scanFrom } = incident;
  return { from: scanFrom !== null && scanFrom < from ? scanFrom : from, to };
}

/** Whether the scan goes back further than the default one. */
export function isWidened(incident: Incident): boolean {
  return scanOf(incident).from < defaultScan(incident).from;
}

/** When it began, as it is estimated now: the incident's onset, else the earliest strand's; null: nobody has said. */
export function onsetOf({
  incident,
  strands,
}: Pick<IncidentState, "incident" | "strands">): Date | null {
  const begins = strands.flatMap(({ windowFrom }) => windowFrom ?? []);
  const earliest = begins.toSorted((a, b) => a.getTime() - b.getTime())[0];
  return incident.onsetAt ?? incident.onsetHeldAt ?? earliest ?? null;
}

/** 4.19: versions of the incident are compared with those of 48 hours before the onset; where nobody has said it, before the declaration. */
export function comparedWith(state: Pick<IncidentState, "incident" | "strands">): Date {
  return subDays(onsetOf(state) ?? state.incident.declaredAt, 2);
}
