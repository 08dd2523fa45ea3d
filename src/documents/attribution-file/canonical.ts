/** Makes the SHA-256 of a text, in hex. Handed in: this folder computes nothing that a machine has to. */
export type Sha256 = (text: string) => string;

/**
 * JSON of a value with the keys of every object sorted and no blanks: the same value is the same text,
 * however it was written. What a hash is made over.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
