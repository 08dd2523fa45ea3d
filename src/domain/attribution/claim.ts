import type { LayerId } from "#src/domain/layers/index.ts";
import type { UserId } from "#src/domain/person.ts";
import type { Slice } from "#src/domain/strand.ts";
import type { Confidence, Locus, VerdictKind } from "#src/domain/vocabulary.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { Rule } from "#src/domain/rule.ts";

/**
 * What a person claims of one layer of one strand. R10 is structural as well: nothing but a person's form
 * makes a claim, and no other part of this service sets a verdict.
 */
export interface VerdictClaim {
  strandNumber: number;
  layer: LayerId;
  verdict: VerdictKind;
  confidence: Confidence | null;
  scope: Slice;
  contribution: string | null;
  /** R5: why no decisive item can be had. */
  reason: string | null;
  locus: Locus;
  /** The items it rests on; empty stands for all items of the strand. */
  evidenceNumbers: number[];
  approver: UserId | null;
  /** The claimant. */
  author: UserId;
}

/** A rule that a verdict is tested by. */
export type ClaimRule = Rule<IncidentState, VerdictClaim>;
