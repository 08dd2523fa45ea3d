import { z } from "zod";
import { err, ok, type Result } from "#src/lib/result.ts";
import {
  type FieldFault,
  faultsOf,
  instant,
  layerId,
  lineOf,
  timeFaults,
} from "./declared-change.ts";
import type { ChangeSourceMark } from "./ledger.ts";

/** Clocks of two machines differ by as much. */
const skewMs = 600_000;

/**
 * Reads a mark from JSON: `{service?, layer, from, to, source, marked_by}`. It says that the changes of a
 * layer are recorded whole from one time to another (R4), so it cannot speak of what is still to come.
 * Errors as those of a change.
 */
export function parseMark(
  raw: unknown,
  now: Date,
): Result<Omit<ChangeSourceMark, "markedAt">, FieldFault[]> {
  const parsed = Mark.safeParse(raw);
  if (!parsed.success) return err(parsed.error.issues.flatMap((issue) => faultsOf(issue, fields)));
  const { service, layer, from, to, source, marked_by: markedBy } = parsed.data;
  const faults = timeFaults("from", from, now);
  if (to <= from) faults.push({ path: "to", message: "must be later than from" });
  if (to.getTime() > now.getTime() + skewMs) {
    faults.push({
      path: "to",
      message: "is still to come: a record is complete up to now at most",
    });
  }
  return faults.length > 0
    ? err(faults)
    : ok({ service: service ?? null, layer, from, to, source, markedBy });
}

const Mark = z.strictObject(
  {
    service: lineOf(200).nullish(),
    layer: layerId,
    from: instant,
    to: instant,
    source: lineOf(500),
    marked_by: lineOf(200),
  },
  {
    error: (issue) =>
      issue.code === "invalid_type"
        ? "must be an object with layer, from, to, source and marked_by"
        : undefined,
  },
);
const fields = Object.keys(Mark.shape);
