import { randomUUID } from "node:crypto";

/** A new id for an effect, a request without a key of its own, or an error reference. */
export function newId(): string {
  return randomUUID();
}
