import { listKnownServices } from "#src/db/ledger-services.ts";
import { listServices } from "#src/db/services.ts";
import { ledgerNamesOf } from "#src/domain/ledger/ledger.ts";
import { listInWords } from "#src/domain/words.ts";
import { didYouMean } from "#src/lib/did-you-mean.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { Context } from "#src/usecases/context.ts";
import { escapeMrkdwn, oneLine } from "#views/block-kit.ts";
import { firstOf } from "#views/words.ts";

/** What was typed after a subcommand: the service, and what follows it. */
export interface TypedService {
  /** "versions", for the examples. */
  subcommand: string;
  /** Empty: nothing was typed. */
  service: string;
  /** "7d"; empty where nothing follows. */
  rest?: string;
  /** What else might have been meant, one sentence; empty: nothing. */
  hint?: string;
}

/**
 * The service that is meant: the one that was typed, by its name in Slack or as machines name it; else the
 * incident's; else the default one, or the only one there is. An error says which there are, in Slack's markup.
 */
export async function findService(
  ctx: Context,
  typed: TypedService,
  ofIncident: string | null,
): Promise<Result<string, string>> {
  if (typed.service === "" && ofIncident !== null) return ok(ofIncident);
  const services = await listServices(ctx.db, ctx.actor.teamId);
  const fromMachines = await listKnownServices(ctx.db, ctx.actor.teamId);
  const known = withoutDoubles(
    ctx,
    services.map(({ name }) => name),
    fromMachines,
  );
  return typed.service === ""
    ? usualService(ctx, typed, services.find(({ isDefault }) => isDefault)?.name, known)
    : typedService(ctx, typed, known, fromMachines);
}

/** A name of telemetry's that belongs to a service of Slack's is no service of its own. */
function withoutDoubles(
  { settings }: Context,
  services: readonly string[],
  fromMachines: readonly string[],
): string[] {
  const taken = new Set(services.flatMap((name) => ledgerNamesOf(settings.ledger, name)));
  return [...services, ...fromMachines.filter((name) => !taken.has(name))];
}

function usualService(
  ctx: Context,
  typed: TypedService,
  usual: string | undefined,
  known: readonly string[],
): Result<string, string> {
  const [first] = known;
  if (usual !== undefined) return ok(usual);
  if (first === undefined) {
    const { slashCommand } = ctx.settings;
    return err(
      `No service is set up, and nothing has come in from machines yet. \`${slashCommand} owners\` adds a service; then point its OpenTelemetry exporter at /v1/traces.`,
    );
  }
  return known.length === 1
    ? ok(first)
    : err(`Say which service, for example ${typing(ctx, typed, first)}. ${listed(known)}`);
}

function typedService(
  ctx: Context,
  typed: TypedService,
  known: readonly string[],
  fromMachines: readonly string[],
): Result<string, string> {
  const lower = typed.service.toLowerCase();
  const exact = [...known, ...fromMachines].find((name) => name.toLowerCase() === lower);
  if (exact !== undefined) return ok(exact);
  const near = didYouMean(
    lower,
    known.map((name) => name.toLowerCase()),
  );
  const meant = known.find((name) => name.toLowerCase() === near);
  const what = `There is no service called ${inCode(typed.service)}.`;
  if (meant !== undefined) return err(`${what} Did you mean ${typing(ctx, typed, meant)}?`);
  const next =
    known.length === 0
      ? `None is set up; \`${ctx.settings.slashCommand} owners\` adds one.`
      : listed(known);
  return err([what, next, typed.hint ?? ""].join(" ").trim());
}

function listed(names: readonly string[]): string {
  return `There is ${listInWords(firstOf(names.map(inCode)))}.`;
}

function typing(ctx: Context, { subcommand, rest = "" }: TypedService, name: string): string {
  return inCode(`${ctx.settings.slashCommand} ${subcommand} ${name} ${rest}`.trim());
}

/** A name between backticks, which it cannot end. */
function inCode(name: string): string {
  return `\`${escapeMrkdwn(oneLine(name.replaceAll("`", ""), 100))}\``;
}
