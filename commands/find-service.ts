import { listKnownServices } from "#src/db/ledger-services.ts";
import { listServices } from "#src/db/services.ts";
import { ledgerNamesOf } from "#src/domain/ledger/ledger.ts";
import { servicesOf } from "#src/domain/ledger/services-of.ts";
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

/** The services that can be asked for. */
export interface ServiceNames {
  /** As Slack calls them; the default one first. */
  inSlack: readonly string[];
  /** The default one of them; null: none is. */
  usual: string | null;
  /** As machines name them, by telemetry or by a declared change. */
  fromMachines: readonly string[];
  /** All that differ: a name of a machine's that belongs to a service of Slack's is none of its own. */
  known: readonly string[];
}

/** Reads them, for a team: two statements. */
export async function readServiceNames({ db, actor, settings }: Context): Promise<ServiceNames> {
  const services = await listServices(db, actor.teamId);
  const fromMachines = await listKnownServices(db, actor.teamId);
  const inSlack = services.map(({ name }) => name);
  const taken = new Set(inSlack.flatMap((name) => ledgerNamesOf(settings.ledger, name)));
  return {
    inSlack,
    usual: services.find(({ isDefault }) => isDefault)?.name ?? null,
    fromMachines,
    known: [...inSlack, ...fromMachines.filter((name) => !taken.has(name))],
  };
}

/**
 * The service that is meant: the one that was typed, by its name in Slack or as machines name it; else the
 * incident's; else the default one, or the only one there is. An error says which there are, in Slack's markup.
 */
export function findService(
  ctx: Context,
  names: ServiceNames,
  typed: TypedService,
  ofIncident: string | null,
): Result<string, string> {
  if (typed.service !== "") return typedService(ctx, names, typed);
  return ofIncident === null ? usualService(ctx, names, typed) : ok(ofIncident);
}

function usualService(
  ctx: Context,
  { usual, known }: ServiceNames,
  typed: TypedService,
): Result<string, string> {
  const [first] = known;
  if (usual !== null) return ok(usual);
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
  names: ServiceNames,
  typed: TypedService,
): Result<string, string> {
  const { known } = names;
  const found = namedBy(ctx, names, typed.service);
  if (found !== undefined) return ok(found);
  const lower = typed.service.toLowerCase();
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

/**
 * The service of this name, in whatever case; for a name of a machine's the service of Slack's that it belongs
 * to, since what was declared for that one counts. A name that several of them share stands for itself.
 */
function namedBy(
  { settings }: Context,
  { inSlack, fromMachines, known }: ServiceNames,
  typed: string,
): string | undefined {
  const lower = typed.toLowerCase();
  const isIt = (name: string) => name.toLowerCase() === lower;
  const fromMachine = fromMachines.find(isIt);
  const owners = [fromMachine ?? typed, lower].map((name) =>
    servicesOf(settings.ledger, inSlack, name),
  );
  const owner = owners.find((some) => some.length === 1)?.[0];
  return known.find(isIt) ?? owner ?? fromMachine;
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
