import type { ModalView } from "@slack/types";
import { getService } from "#src/db/services.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { isPatternId } from "#src/domain/patterns/index.ts";
import type { Context } from "#src/usecases/context.ts";
import type { Hint } from "#views/hint.ts";
import { renderPatterns } from "#views/messages/patterns.ts";
import { addEvidenceModal } from "#views/modals/add-evidence.ts";
import {
  type CompareInput,
  cascadeText,
  parseCascadeWord,
  patternModal,
} from "#views/modals/pattern.ts";
import { readIncident, readOpenIncident, say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";
import type { IncidentCommand } from "./slash-command.ts";

/** See the checklists of failures that happen again and again, those that fit first. */
export const patterns: IncidentCommand = {
  subcommand: "patterns",
  usage: "patterns",
  isAboutIncident: true,
  summary: "See which known failure it looks like, and its checklist.",
  run: async (ctx, { incidentId }) => {
    const read = await readIncident(ctx, incidentId);
    return read.ok ? { kind: "ephemeral", ...renderPatterns(read.value) } : read.error;
  },
};

/** The checklist that a button names by the `word` of its hint. */
export async function openPattern(ctx: Context, { incidentId, word }: Hint): Promise<Reply> {
  if (!isPatternId(word)) return say(noSuch(ctx));
  const read = await readOpenIncident(ctx, incidentId);
  if (!read.ok) return read.error;
  const objectiveMs = await objectiveOf(ctx, read.value);
  return {
    kind: "modal",
    view: patternModal.render({ state: read.value, pattern: word, objectiveMs }),
  };
}

/** The same checklist with what was compared on top; undefined where it may not be seen any more. */
export async function drawCompared(
  ctx: Context,
  { incidentId, pattern, ...compared }: CompareInput,
): Promise<ModalView | undefined> {
  const read = await readOpenIncident(ctx, incidentId);
  if (!read.ok) return undefined;
  const objectiveMs = await objectiveOf(ctx, read.value);
  return patternModal.render({ state: read.value, pattern, objectiveMs, compared });
}

/** The form for evidence, with the comparison that the button names as its text. */
export async function recordCascade(ctx: Context, { incidentId, word }: Hint): Promise<Reply> {
  const compared = parseCascadeWord(word);
  if (!compared) return say(noSuch(ctx));
  const read = await readOpenIncident(ctx, incidentId);
  if (!read.ok) return read.error;
  const view = addEvidenceModal.render({
    state: read.value,
    presser: ctx.actor.userId,
    what: cascadeText(compared),
  });
  return { kind: "modal", view };
}

async function objectiveOf(ctx: Context, { incident }: IncidentState): Promise<number | null> {
  const { teamId, serviceName } = incident;
  const service = serviceName === null ? undefined : await getService(ctx.db, teamId, serviceName);
  return service?.latencyObjectiveMs ?? null;
}

function noSuch(ctx: Context): string {
  return `This button is from an older version. \`${ctx.settings.slashCommand} patterns\` shows the checklists.`;
}
