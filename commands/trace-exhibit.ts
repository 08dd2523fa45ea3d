import type { IncidentState } from "#src/domain/incident.ts";
import type { Context } from "#src/usecases/context.ts";
import type { Hint } from "#views/hint.ts";
import { traceExhibitModal } from "#views/modals/trace-exhibit.ts";
import { traceTextModal } from "#views/modals/trace-text.ts";
import { readIncident, say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";

/** A traced request hop by hop (`itemNumber`: the item of evidence; `page`: from 0), for those who take part. */
export function openTraceExhibit(ctx: Context, hint: Hint): Promise<Reply> {
  const { page } = hint;
  return open(ctx, hint, (state, evidenceNumber) =>
    traceExhibitModal.render({ state, evidenceNumber, page }),
  );
}

/** The kept text of one hop of it (`page`: the hop's number), for the same. */
export function openTraceText(ctx: Context, hint: Hint): Promise<Reply> {
  const { page: hopNumber = 0 } = hint;
  return open(ctx, hint, (state, evidenceNumber) =>
    traceTextModal.render({ state, evidenceNumber, hopNumber }),
  );
}

/** It may hold what users said: nobody outside the incident sees it, also after its end. */
async function open(
  ctx: Context,
  { incidentId, itemNumber = 0 }: Hint,
  draw: (
    state: IncidentState,
    evidenceNumber: number,
  ) => ReturnType<typeof traceExhibitModal.render>,
): Promise<Reply> {
  const read = await readIncident(ctx, incidentId, { isForMembers: true });
  if (!read.ok) return read.error;
  const item = read.value.evidence.find(({ number }) => number === itemNumber);
  if (!item?.data.trace) return say("There is no such trace in this incident.");
  return { kind: "modal", view: draw(read.value, itemNumber) };
}
