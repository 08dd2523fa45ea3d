import type { RowReading } from "./evidence.ts";
import { type LayerId, layers } from "./layers/index.ts";

/** The question of an opposing row; the id itself where no layer has it. */
export function questionOf(row: string): string {
  return rowOf(row)?.question ?? row;
}

/**
 * How a row was answered, in words, a capital first (R9). A row about the claimed layer itself rules
 * nothing out: it agrees with the claim (B13.6).
 */
export function readingWords(
  row: string,
  claimedLayer: string,
  reading: RowReading,
  pointsTo: LayerId | null,
): string {
  if (reading === "cannot_tell") return "Cannot tell";
  if (reading === "no_other_version") return "No other version can be called";
  if (reading === "points_to" && pointsTo) return `Points to ${layers[pointsTo].label}`;
  const asks = rowOf(row)?.asks;
  return asks === undefined || asks === "claimed" || asks === claimedLayer
    ? "Points to no other layer"
    : `Does not point to ${layers[asks].label}`;
}

/** Whether a row may be answered by "no other version can be called" (B13.8). */
export function mayLackVersion(row: string): boolean {
  return rowOf(row)?.mayLackVersion === true;
}

function rowOf(id: string) {
  return Object.values(layers)
    .flatMap((layer) => layer.opposing)
    .find((row) => row.id === id);
}
