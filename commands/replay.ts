import type { Context } from "#src/usecases/context.ts";
import { renderReplayPlan } from "#views/messages/replay-plan.ts";
import { openForm } from "./forms.ts";
import { readOpenIncident, say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";
import type { IncidentCommand, IncidentRequest } from "./slash-command.ts";

/** Record a replay, the same request with one thing set back at a time; or what is still worth running (B3.1). */
export const replay: IncidentCommand = {
  subcommand: "replay",
  usage: "replay [plan | what was replayed]",
  isAboutIncident: true,
  summary: "Record how often each arm of a replay failed; “plan” says what is still worth running.",
  run(ctx, request) {
    const { incidentId, text } = request;
    // "plan", or of one strand: "plan 2", "plan strand 2"
    const plan = /^plan(?:\s+(?:strand\s+|s)?(\d{1,3}))?$/i.exec(text);
    if (!plan) return openForm(ctx, "add-evidence", { incidentId, word: "E4" }, text);
    return showPlan(ctx, request, plan[1] === undefined ? null : Number(plan[1]));
  },
};

async function showPlan(
  ctx: Context,
  { incidentId }: IncidentRequest,
  strandNumber: number | null,
): Promise<Reply> {
  const read = await readOpenIncident(ctx, incidentId);
  if (!read.ok) return read.error;
  const state = read.value;
  const isThere = strandNumber === null || state.strands.some((one) => one.number === strandNumber);
  if (!isThere) return say(`There is no strand ${strandNumber} in this incident.`);
  const plan = renderReplayPlan(state, strandNumber, ctx.settings.slashCommand);
  return { kind: "ephemeral", ...plan };
}
