import type { LayerId } from "#src/domain/layers/index.ts";
import type { LedgerChange } from "./ledger.ts";

/** A change that was found in the window of an incident, as it stood when it was found last. */
export interface IncidentChange extends Omit<LedgerChange, "seen" | "at" | "until" | "intervalId"> {
  /** Counts from 1 within the incident, in the order in which they were found. */
  number: number;
  happenedAt: Date;
  untilAt: Date | null;
  /** How many of how many requests carried the new value; null where telemetry shows none. */
  seenRequests: number | null;
  ofRequests: number | null;
  /** The interval that begins with it; null where telemetry shows none. */
  intervalId: number | null;
  foundAt: Date;
  /** What came in later shows that it was none; null: it stands. */
  withdrawnAt: Date | null;
}

/** R4: somebody marked the changes of a layer as recorded whole for the window of the incident. The newest of a layer. */
export interface SourceMark {
  layer: LayerId;
  fromAt: Date;
  toAt: Date;
  /** Where the changes are recorded, in words. */
  source: string;
  /** A Slack id, or the word of a machine that receives the record whole. */
  markedBy: string;
  markedAt: Date;
}
