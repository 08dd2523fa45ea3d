import type { ModalView } from "@slack/types";
import { getService, listAllServiceOwners, listServices } from "#src/db/services.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { ServiceOwner, StoredService } from "#src/domain/owners/service.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { Context } from "#src/usecases/context.ts";
import type { Hint } from "#views/hint.ts";
import { editOwnersModal } from "#views/modals/edit-owners.ts";
import { editServiceModal } from "#views/modals/edit-service.ts";
import { ownersModal } from "#views/modals/owners.ts";
import { serviceModal } from "#views/modals/service.ts";
import { mayReadList, readIncident, say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";
import type { TeamCommand } from "./slash-command.ts";

/** Services and who answers for their layers; in an incident's channel first who answers in this incident. */
export const owners: TeamCommand = {
  subcommand: "owners",
  usage: "owners [service]",
  isAboutIncident: false,
  summary: "See and name who answers for each layer of each service.",
  run: async (ctx, { text, incidentId = noIncident }) => {
    const hint = { incidentId, ...(text === "" ? {} : { word: text.slice(0, 200) }) };
    return asReply(await drawOwners(ctx, hint));
  },
};

const noIncident = 0 as IncidentId;

type Drawn = Result<ModalView, Reply>;

/** The list of services: `page` of the hint, `word` what their names must hold; `incidentId` whose owners stand first. */
export async function drawOwners(ctx: Context, hint: Hint): Promise<Drawn> {
  const denied = await mayReadList(ctx);
  if (denied) return err(denied);
  const { teamId } = ctx.actor;
  // the services are for everybody: an incident that may not be read is left out
  const read = hint.incidentId > 0 ? await readIncident(ctx, hint.incidentId) : undefined;
  const search = hint.word ?? "";
  const services = (await listServices(ctx.db, teamId)).filter(({ name }) =>
    name.toLowerCase().includes(search.toLowerCase()),
  );
  return ok(
    ownersModal.render({
      state: read?.ok ? read.value : null,
      services,
      owners: await listAllServiceOwners(ctx.db, teamId),
      search,
      page: hint.page ?? 0,
    }),
  );
}

/** One service, by the `word` of the hint. */
export async function drawService(ctx: Context, hint: Hint): Promise<Drawn> {
  const found = await findService(ctx, hint);
  return found.ok
    ? ok(serviceModal.render({ ...found.value, incidentId: hint.incidentId }))
    : found;
}

/** The form of a service, by the `word` of the hint; without one, the form of a new service. */
export async function openServiceForm(
  ctx: Context,
  form: "edit-service" | "edit-owners",
  hint: Hint,
): Promise<Reply> {
  const { incidentId } = hint;
  if (form === "edit-service" && hint.word === undefined) {
    const denied = await mayReadList(ctx);
    return denied ?? asModal(editServiceModal.render({ service: null, incidentId }));
  }
  const found = await findService(ctx, hint);
  if (!found.ok) return found.error;
  const view =
    form === "edit-service"
      ? editServiceModal.render({ service: found.value.service, incidentId })
      : editOwnersModal.render({ ...found.value, incidentId });
  return asModal(view);
}

async function findService(
  ctx: Context,
  { word = "" }: Hint,
): Promise<Result<{ service: StoredService; owners: ServiceOwner[] }, Reply>> {
  const denied = await mayReadList(ctx);
  if (denied) return err(denied);
  const { teamId } = ctx.actor;
  const service = await getService(ctx.db, teamId, word);
  if (!service) {
    const { slashCommand } = ctx.settings;
    return err(
      say(`There is no such service any more. \`${slashCommand} owners\` shows all of them.`),
    );
  }
  const all = await listAllServiceOwners(ctx.db, teamId, word);
  return ok({ service, owners: all.get(word) ?? [] });
}

function asReply(drawn: Drawn): Reply {
  return drawn.ok ? asModal(drawn.value) : drawn.error;
}

function asModal(view: ModalView): Reply {
  return { kind: "modal", view };
}
