import type { LayerId } from "./index.ts";

/** One diagnosis layer, all data: who owns it, how it shows, what to ask, what speaks against it. */
export interface Layer {
  /** What people see. */
  label: string;
  /** Who owns it in most teams, for help texts. */
  owner: string;
  /** What sets a failure of this layer apart. */
  signal: string;
  /** The version pins to collect, in words. */
  pins: readonly string[];
  /** Every one of these gets an answer with evidence, or "cannot tell" (B2). */
  questions: readonly string[];
  /** What must be ruled out before this layer may be named proximate, in table order (B3.2, R9). */
  opposing: readonly OpposingRow[];
}

/** One row of the opposing-hypothesis matrix (B3.2). */
export interface OpposingRow {
  /** Id of the rule table, for example "RD1". Never shown without its question. */
  id: string;
  question: string;
  /** The layer the row asks about (B13.6); "claimed" where it asks about the claimed layer itself. */
  asks: LayerId | "claimed";
}
