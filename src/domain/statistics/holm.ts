/**
 * Holm's adjustment of p values for several tests at once: adjusted values of 0 to 1, in the order they
 * came. The smallest is multiplied by their number, the next by one less, and none falls below the one
 * before. Source: B3.1; Holm, Scandinavian Journal of Statistics 6 (1979) 65, as R's `p.adjust`.
 */
export function holm(ps: readonly number[]): number[] {
  const byValue = ps.map((p, at) => ({ p, at })).toSorted((one, other) => one.p - other.p);
  const adjusted: number[] = [];
  let highest = 0;
  for (const [rank, { p, at }] of byValue.entries()) {
    highest = Math.max(highest, Math.min(1, p * (ps.length - rank)));
    adjusted[at] = highest;
  }
  return adjusted;
}
