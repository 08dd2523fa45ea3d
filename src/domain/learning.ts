import type { LayerId } from "./layers/index.ts";
import type { UserId } from "./person.ts";
import type { Capacity, DetectionQuestion, FactorCategory, GapKind } from "./vocabulary.ts";

/** Somebody disagrees with what stands for a layer; kept beside its verdict, for good (R10). */
export interface Dissent {
  /** Counts from 1 within the incident; machines see `D1`. */
  number: number;
  strandNumber: number;
  layer: LayerId;
  statement: string;
  author: UserId;
  recorder: UserId;
  recordedAt: Date;
}

/** A condition without which it would have gone better (B8). */
export interface ContributingFactor {
  /** Counts from 1 within the incident; machines see `F1`. */
  number: number;
  category: FactorCategory;
  layer: LayerId;
  statement: string;
  /** Numbers of the factors it acted together with. */
  interactsWith: number[];
  recorder: UserId;
  recordedAt: Date;
}

/** What was missing to see the failure earlier (B9). */
export interface DetectionGap {
  /** Counts from 1 within the incident; machines see `G1`. */
  number: number;
  kind: GapKind;
  layer: LayerId | null;
  statement: string;
  recorder: UserId;
  recordedAt: Date;
}

/** A regression test made of the reproduction (Q6). */
export interface Golden {
  /** Counts from 1 within the incident; machines see `GP1`. */
  number: number;
  strandNumbers: number[];
  /** The item it was made from; null where it comes from no reproduction, and then it does not count for Q6. */
  fromEvidence: number | null;
  preconditions: string | null;
  input: string;
  passWhen: string;
  recorder: UserId;
  recordedAt: Date;
}

/** Somebody with authority signs that nothing will be done about it (Q4). */
export interface AcceptedRisk {
  /** Counts from 1 within the incident; machines see `AR1`. */
  number: number;
  /** Layer ids and gaps: `model`, `G1`. */
  addresses: string[];
  statement: string;
  signedBy: UserId;
  capacity: Capacity | null;
  recordedAt: Date;
}

/** The answer to one question about detection (B9); the newest one, earlier ones stay in the timeline. */
export interface DetectionAnswer {
  question: DetectionQuestion;
  answer: string;
  author: UserId;
  recordedAt: Date;
}
