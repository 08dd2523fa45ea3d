import type { EvidenceKind } from "#src/domain/vocabulary.ts";
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
  /** What else it takes before this layer may be named proximate (B3.3). */
  needs: Needs;
}

/** B3.3: positive evidence, and what must be cleared, before a layer may be named proximate. */
export interface Needs {
  /** Alternatives; of one of them, every item is needed. Asked of a claim that rests on a decisive item. */
  positive: readonly (readonly PositiveNeed[])[];
  /** The positive evidence in words, after "It needs". */
  positiveWords: string;
  /** All of these. */
  clears: readonly ClearNeed[];
}

/** An item that supports the layer. */
export interface PositiveNeed {
  kind: EvidenceKind;
  /**
   * What it has to show beside supporting the layer: its figures carry the layer ("decisive"; a replay:
   * an arm of it recovers), its groups are those of a version or place of this layer ("split"), or the
   * permission that made an action possible ("permission"). "on_record": it need not support the layer,
   * and does not speak against it.
   */
  shows?: "decisive" | "split" | "permission" | "on_record";
}

/** An item of one of these kinds that clears a layer, or that its answer or a row asking about it cites. */
export interface ClearNeed {
  /** Any one of these layers will do. */
  layers: readonly LayerId[];
  kinds: readonly EvidenceKind[];
  /** What to record, after "record". */
  words: string;
}

/** One row of the opposing-hypothesis matrix (B3.2). */
export interface OpposingRow {
  /** Id of the rule table, for example "RD1". Never shown without its question. */
  id: string;
  question: string;
  /** The layer the row asks about (B13.6); "claimed" where it asks about the claimed layer itself. */
  asks: LayerId | "claimed";
  /** It has one answer more: no other version can be called (B13.8). */
  mayLackVersion?: true;
}
