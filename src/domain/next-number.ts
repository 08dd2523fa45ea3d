/** The number after the highest one given; 1 for the first. Without gaps under the incident's lock, since nothing is deleted. */
export function nextNumber(given: readonly { number: number }[]): number {
  return Math.max(0, ...given.map((one) => one.number)) + 1;
}

/** The revision after the newest one that stands; 1 for the first. */
export function nextRevision(standing: readonly { revision: number }[]): number {
  return Math.max(0, ...standing.map((one) => one.revision)) + 1;
}
