import type { LeverUse } from "./incident.ts";
import { levers } from "./lever.ts";

/** What was done, in words: the lever's label, or the recorder's own words where there is none. */
export function leverWords(use: Pick<LeverUse, "lever" | "ownWords">): string {
  return use.lever === "other" && use.ownWords ? use.ownWords : levers[use.lever].label;
}

/** B5: a lever is in force, claimed, confirmed or declined, until somebody takes it back or keeps it for good. */
export function isInForce(use: LeverUse): boolean {
  return use.endedAt === null;
}
