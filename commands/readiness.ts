import { findReadinessFacts } from "#src/db/readiness.ts";
import { ledgerNamesOf } from "#src/domain/ledger/ledger.ts";
import { readiness as readinessOf } from "#src/domain/ledger/readiness.ts";
import { renderReadiness } from "#views/messages/readiness.ts";
import { findService, readServiceNames } from "./find-service.ts";
import { mayReadList, readIncident, say } from "./read-incident.ts";
import type { TeamCommand } from "./slash-command.ts";
import { readTypedName } from "./typed-name.ts";

/** Could "did anything change?" be answered of a service today, from what, and what to wire up next. */
export const readiness: TeamCommand = {
  subcommand: "readiness",
  usage: "readiness [service]",
  isAboutIncident: false,
  summary: "See of which layers it could be answered today whether they changed.",
  run: async (ctx, { text, incidentId }) => {
    const denied = await mayReadList(ctx);
    if (denied) return denied;
    const read = incidentId === undefined ? undefined : await readIncident(ctx, incidentId);
    const ofIncident = read?.ok ? read.value.incident.serviceName : null;
    const { quoted, rest } = readTypedName(text);
    const asked = { subcommand: "readiness", service: quoted ?? rest };
    const service = findService(ctx, await readServiceNames(ctx), asked, ofIncident);
    if (!service.ok) return say(service.error);
    const facts = await findReadinessFacts(ctx.db, {
      teamId: ctx.actor.teamId,
      service: service.value,
      names: ledgerNamesOf(ctx.settings.ledger, service.value),
    });
    return { kind: "ephemeral", ...renderReadiness(readinessOf(facts, ctx.now), ctx.now) };
  },
};
