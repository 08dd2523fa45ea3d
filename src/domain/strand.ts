import type { FailureType } from "./vocabulary.ts";
import type { UserId } from "./person.ts";

/** One failure mechanism with its own window and slice; attribution is per strand (B3). */
export interface Strand {
  /** Counts from 1 within the incident. People see "strand 1"; machines see `S1`. */
  number: number;
  name: string;
  windowFrom: Date | null;
  windowTo: Date | null;
  slice: Slice;
  /** What users see of it; null where nobody said. */
  symptom: string | null;
  /** Null for the strand that stands from the declaration. */
  addedBy: UserId | null;
  addedAt: Date | null;
  /** B5: why nobody looks for what broke first here for now; null: somebody does. */
  parkedWhy: string | null;
  /** The day to look again, `yyyy-MM-dd`; set where it is parked. */
  parkedUntil: string | null;
  /** B12, as a person set it; null: it follows what broke first (B13.9). */
  failureType: FailureType | null;
  failureTypeBy: UserId | null;
}

/** Dimension to its values, for example `{region: ["eu-1", "eu-2"]}`; empty stands for the whole strand. */
export type Slice = Readonly<Record<string, readonly string[]>>;
