import { listServices } from "#src/db/services.ts";
import type { MessageSource } from "#src/domain/inputs.ts";
import type { Context } from "#src/usecases/context.ts";
import { lookUpStranger } from "#src/usecases/look-up.ts";
import { declareIncidentModal } from "#views/modals/declare-incident.ts";
import { say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";
import type { TeamCommand } from "./slash-command.ts";

/** Declares an incident; what was typed becomes the title. */
export const declare: TeamCommand = {
  subcommand: "declare",
  usage: "declare [title] [--drill]",
  isAboutIncident: false,
  summary: "Declare an incident. A title and a severity are enough.",
  run: async (ctx, { text }) => {
    const words = text.split(/\s+/).filter((word) => word !== "");
    if (words.includes("--private")) {
      return say(
        "Private incidents are not possible yet, so nothing was opened. Leave out `--private` to declare in a public channel.",
      );
    }
    const title = text.replace(/(^|\s+)--drill(?=\s|$)/g, "").trim();
    return openDeclareForm(ctx, { title, isDrill: words.includes("--drill") });
  },
};

/** The form for declaring. Whoever we do not know yet is looked up while they fill it in. */
export async function openDeclareForm(
  ctx: Context,
  input: { title: string; isDrill: boolean; userImpact?: string; source?: MessageSource },
): Promise<Reply> {
  await lookUpStranger(ctx);
  const services = await listServices(ctx.db, ctx.actor.teamId);
  return { kind: "modal", view: declareIncidentModal.render({ ...input, services }) };
}
