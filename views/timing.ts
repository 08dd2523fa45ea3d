import type { Incident } from "#src/domain/incident.ts";

/**
 * The headline of detection (B5): "Seen 5 days after it began, declared 10 minutes later."; what is not
 * known is said to be unknown. One sentence.
 */
export function detectionLag({
  onsetAt,
  noticedAt,
  declaredAt,
}: Pick<Incident, "onsetAt" | "noticedAt" | "declaredAt">): string {
  if (onsetAt === null) {
    const unknown = "When it began is not recorded yet.";
    if (noticedAt === null) return unknown;
    return `Seen ${lag(noticedAt, declaredAt)} before it was declared. ${unknown}`;
  }
  if (noticedAt === null) return `Declared ${lag(onsetAt, declaredAt)} after it began.`;
  return `Seen ${lag(onsetAt, noticedAt)} after it began, declared ${lag(noticedAt, declaredAt)} later.`;
}

/** How long it took, in the one unit that people would say: "5 days", "10 minutes". */
function lag(from: Date, to: Date): string {
  return spanWords(to.getTime() - from.getTime());
}

/** How long that is, of milliseconds, in the one unit that people would say: "5 days", "10 minutes". */
export function spanWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return "less than a minute";
  if (minutes < 120) return counted(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 48 ? counted(hours, "hour") : counted(Math.round(hours / 24), "day");
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
