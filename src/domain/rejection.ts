import type { Shown } from "./meanwhile.ts";
import type { UserId } from "./person.ts";

/**
 * The closed union of "no". A rejection is a value: its message is a whole sentence that tells the
 * person what to do, and travels with it, so no view needs to know the rule.
 */
export type Rejection =
  /** Who asks may not do this (team, guest, not in the channel, not the authorizer). */
  | { code: "not_allowed"; message: string }
  /** The form's field is wrong in a way only the state could tell; `field` is its block_id. */
  | { code: "bad_field"; message: string; field: string; rule?: string }
  /**
   * It stands already, or it is over (closed incident, lever answered, taken back). With `changes`:
   * somebody else changed the same thing while the form was open; it is drawn anew with them, and with
   * `shown` as what its sender has seen of these fields by then.
   */
  | { code: "stale"; message: string; changes?: MeanwhileChange[]; shown?: Shown }
  /** No incident, lever or layer of that name. */
  | { code: "not_found"; message: string }
  /** A rule or gate refuses; the refusal is itself recorded. */
  | { code: "refused"; message: string; refusal: RuleRefusal }
  /** Two people at once, or the database is busy. */
  | { code: "conflict"; message: string };

/** What somebody else did while a form was open: "answered “No change” for Model". */
export interface MeanwhileChange {
  /** Null where it is told what stands now, and not who did it. */
  by: UserId | null;
  /** The rest of the sentence after the name, without its stop. */
  what: string;
}

/** What one more rule asks for. */
export interface OtherRefusal {
  rule: string;
  missing: string[];
  sentence: string;
}

/** What rules and gates say is missing, in the order of refusal (after R14). */
export interface RuleRefusal {
  /** Ids of the rules that refuse, the first one first: `["R1", "R9"]`, or `["B5"]` for a gate. */
  rules: string[];
  /** Ids of what the first rule misses: layer ids, row ids, `LV1`, `S1`. */
  missing: string[];
  /** One sentence: what is missing first, and the cheapest way to get it. */
  sentence: string;
  /** The rest, one sentence each, folded under the first. */
  more: string[];
  /** What the other rules that refuse ask for, in their order: it stands in `more` as well. */
  others?: OtherRefusal[];
  /** R12: other words that may be taken with one press, for the field of this block_id. */
  rewrite?: { field: string; text: string };
}
