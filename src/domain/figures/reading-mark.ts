import type { Mark } from "#src/domain/decision.ts";
import type { Reading } from "./reading.ts";

/**
 * What the numbers of an item say, for the receipt and for whoever reads by program: `reading:<id>:EV2`, or
 * `insufficient:B3.1:<what would decide>` where they decide nothing.
 */
export function readingMark(reading: Reading, evidenceNumber: number): Mark {
  const isOpen = reading.missing.length > 0;
  return {
    id: isOpen
      ? `insufficient:B3.1:${reading.missing.join(",")}:${reading.id}:EV${evidenceNumber}`
      : `reading:${reading.id}:EV${evidenceNumber}`,
    sentence: reading.sentence,
  };
}
