import { listLedgerServices } from "#src/db/ledger-services.ts";
import { findReadinessFacts } from "#src/db/readiness.ts";
import { listServices } from "#src/db/services.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { ledgerNamesOf } from "#src/domain/ledger/ledger.ts";
import { readiness as readinessOf } from "#src/domain/ledger/readiness.ts";
import { listInWords } from "#src/domain/words.ts";
import { didYouMean } from "#src/lib/did-you-mean.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { Context } from "#src/usecases/context.ts";
import { escapeMrkdwn, oneLine } from "#views/block-kit.ts";
import { renderReadiness } from "#views/messages/readiness.ts";
import { firstOf } from "#views/words.ts";
import { mayReadList, readIncident, say } from "./read-incident.ts";
import type { TeamCommand } from "./slash-command.ts";

/** Could "did anything change?" be answered of a service today, from what, and what to wire up next. */
export const readiness: TeamCommand = {
  subcommand: "readiness",
  usage: "readiness [service]",
  isAboutIncident: false,
  summary: "See of which layers it could be answered today whether they changed.",
  run: async (ctx, { text, incidentId }) => {
    const denied = await mayReadList(ctx);
    if (denied) return denied;
    const service = await findService(ctx, text, incidentId);
    if (!service.ok) return say(service.error);
    const facts = await findReadinessFacts(ctx.db, {
      teamId: ctx.actor.teamId,
      service: service.value,
      names: ledgerNamesOf(ctx.settings.ledger, service.value),
    });
    return { kind: "ephemeral", ...renderReadiness(readinessOf(facts, ctx.now), ctx.now) };
  },
};

/**
 * The service that is meant: the one that was typed, by its name in Slack or in telemetry; else the
 * incident's; else the default one, or the only one there is. An error says which there are.
 */
async function findService(
  ctx: Context,
  typed: string,
  incidentId: IncidentId | undefined,
): Promise<Result<string, string>> {
  const { teamId } = ctx.actor;
  if (typed === "" && incidentId !== undefined) {
    const read = await readIncident(ctx, incidentId);
    if (read.ok && read.value.incident.serviceName !== null) {
      return ok(read.value.incident.serviceName);
    }
  }
  const [services, seen] = await Promise.all([
    listServices(ctx.db, teamId),
    listLedgerServices(ctx.db, teamId),
  ]);
  const names = [...new Set([...services.map(({ name }) => name), ...seen])];
  return typed === ""
    ? usualService(ctx, services.find(({ isDefault }) => isDefault)?.name, names)
    : typedService(ctx, typed, names);
}

function usualService(
  { settings: { slashCommand } }: Context,
  usual: string | undefined,
  names: readonly string[],
): Result<string, string> {
  const [first] = names;
  if (usual !== undefined) return ok(usual);
  if (first === undefined) {
    return err(
      `No service is set up, and no telemetry has come in. \`${slashCommand} owners\` adds a service; then point its OpenTelemetry exporter at /v1/traces.`,
    );
  }
  return names.length === 1
    ? ok(first)
    : err(`Say which service, for example ${typing(slashCommand, first)}. ${listed(names)}`);
}

function typedService(
  { settings: { slashCommand } }: Context,
  typed: string,
  names: readonly string[],
): Result<string, string> {
  const lower = typed.toLowerCase();
  const exact = names.find((name) => name.toLowerCase() === lower);
  if (exact !== undefined) return ok(exact);
  const near = didYouMean(
    lower,
    names.map((name) => name.toLowerCase()),
  );
  const meant = names.find((name) => name.toLowerCase() === near);
  const what = `There is no service called ${inCode(typed)}.`;
  if (meant !== undefined) return err(`${what} Did you mean ${typing(slashCommand, meant)}?`);
  return err(
    names.length === 0
      ? `${what} No service is set up; \`${slashCommand} owners\` adds one.`
      : `${what} ${listed(names)}`,
  );
}

function listed(names: readonly string[]): string {
  return `Services: ${listInWords(firstOf(names.map(inCode)))}.`;
}

function typing(slashCommand: string, name: string): string {
  return inCode(`${slashCommand} readiness ${name}`);
}

/** A name between backticks, which it cannot end. */
function inCode(name: string): string {
  return `\`${escapeMrkdwn(oneLine(name.replaceAll("`", ""), 100))}\``;
}
