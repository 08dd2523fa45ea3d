import type { ModalView } from "@slack/types";
import { findBrokenEntry, listEntryWithHistory } from "#src/db/timeline.ts";
import { readTimelinePage } from "#src/db/timeline-page.ts";
import type { Incident } from "#src/domain/incident.ts";
import { foldTimeline } from "#src/domain/timeline-fold.ts";
import type { ChainState } from "#src/domain/timeline-page.ts";
import type { Context } from "#src/usecases/context.ts";
import type { Hint } from "#views/hint.ts";
import { correctEntryModal } from "#views/modals/correct-entry.ts";
import { entriesOnPage, filterOf, timelineModal } from "#views/modals/timeline.ts";
import { readIncident, say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** What happened, by lane, with the time it happened and the time it was recorded. */
export const timeline: IncidentCommand = {
  subcommand: "timeline",
  usage: "timeline",
  isAboutIncident: true,
  summary: "See what happened when, correct it, and take things out.",
  run: (ctx, { incidentId }) => openTimeline(ctx, { incidentId }),
};

/** One page of the timeline: the hint says which, and which lane of it (`word`). */
export async function openTimeline(
  ctx: Context,
  hint: Hint,
  options: { isChecked?: boolean } = {},
): Promise<Reply> {
  const read = await readIncident(ctx, hint.incidentId);
  if (!read.ok) return read.error;
  return { kind: "modal", view: await drawTimeline(ctx, read.value.incident, hint, options) };
}

/** One entry in full, with its history, to be corrected. */
export async function openEntry(ctx: Context, hint: Hint): Promise<Reply> {
  const read = await readIncident(ctx, hint.incidentId);
  if (!read.ok) return read.error;
  const { incident, lastSequence } = read.value;
  const known = await listEntryWithHistory(ctx.db, incident.id, hint.itemNumber ?? 0);
  const folded = foldTimeline(known).find(({ entry }) => entry.sequence === hint.itemNumber);
  if (!folded) return say("There is no such entry in this incident.");
  const from = { filter: filterOf(hint.word), page: hint.page ?? 0 };
  return {
    kind: "modal",
    view: correctEntryModal.render({ incident, folded, lastSequence, from }),
  };
}

/** So many entries are checked unasked: it takes a few milliseconds. */
const checkedUnasked = 300;

async function drawTimeline(
  ctx: Context,
  incident: Incident,
  hint: Hint,
  { isChecked = false }: { isChecked?: boolean },
): Promise<ModalView> {
  const filter = filterOf(hint.word);
  const asked = { filter, page: hint.page ?? 0, size: entriesOnPage };
  const page = await readTimelinePage(ctx.db, incident.id, asked);
  const isToCheck = isChecked || page.recorded <= checkedUnasked;
  const chain = isToCheck ? await checkChain(ctx, incident) : ({ kind: "unchecked" } as const);
  return timelineModal.render({ incident, page, filter, chain });
}

async function checkChain(ctx: Context, incident: Incident): Promise<ChainState> {
  const broken = await findBrokenEntry(ctx.db, incident.id);
  return broken ? { kind: "broken", sequence: broken.sequence } : { kind: "whole" };
}
