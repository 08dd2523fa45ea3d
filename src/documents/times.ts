/** `2026-03-09 09:20 UTC`. */
export function utcTime(at: Date): string {
  return `${utcMinute(at)} UTC`;
}

/** `2026-03-09 09:20`, for a column whose heading says that times are UTC. */
export function utcMinute(at: Date): string {
  return at.toISOString().slice(0, 16).replace("T", " ");
}

/** How long it took, in the two largest units: "7 days 3 hours", "10 minutes", "less than a minute". */
export function duration(from: Date, to: Date): string {
  const minutes = Math.floor((to.getTime() - from.getTime()) / 60_000);
  if (minutes < 0) return `minus ${duration(to, from)}`;
  if (minutes < 1) return "less than a minute";
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [
    [days, "day"],
    [hours, "hour"],
    [days > 0 ? 0 : minutes % 60, "minute"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`)
    .join(" ");
}

/** Whole minutes from one moment to another; null where one of them is not known. */
export function minutesBetween(from: Date | null, to: Date | null): number | null {
  return from && to ? Math.round((to.getTime() - from.getTime()) / 60_000) : null;
}
