import { findVersionReport } from "#src/db/version-report.ts";
import type { IncidentId, IncidentState } from "#src/domain/incident.ts";
import { type ChangeSourceMark, ledgerNamesOf } from "#src/domain/ledger/ledger.ts";
import { comparedWith, scanOf } from "#src/domain/ledger/scan-window.ts";
import { err, ok, type Result } from "#src/lib/result.ts";
import type { Context } from "#src/usecases/context.ts";
import type { Hint } from "#views/hint.ts";
import { versionsModal } from "#views/modals/versions.ts";
import { findService, readServiceNames } from "./find-service.ts";
import { mayReadList, readIncident, say } from "./read-incident.ts";
import type { Reply } from "./reply.ts";
import type { TeamCommand } from "./slash-command.ts";
import { readTypedScan } from "./typed-window.ts";

/** Did anything change? Of a service in a window; in an incident's channel, of its service in its window. */
export const versions: TeamCommand = {
  subcommand: "versions",
  usage: "versions [service] [window]",
  isAboutIncident: false,
  summary: "See what changed, declared or not, and what runs now in each layer.",
  run: (ctx, { text, incidentId = noIncident }) => openVersions(ctx, { incidentId, word: text }),
};

const noIncident = 0 as IncidentId;
/** Outside an incident, where no window was typed. */
const usualHours = 48;
/** As much of what was typed as a button carries. */
const typedAtMost = 200;

/** The versions as the hint says: of which incident, what was typed (`word`), and which page. */
export async function openVersions(ctx: Context, hint: Hint): Promise<Reply> {
  const read = await readAskedIncident(ctx, hint.incidentId);
  if (!read.ok) return read.error;
  const incident = read.value?.incident ?? null;
  const { now, settings } = ctx;
  const text = (hint.word ?? "").trim().slice(0, typedAtMost);
  const names = await readServiceNames(ctx);
  const { slashCommand } = settings;
  const services = [...names.inSlack, ...names.fromMachines];
  const typed = readTypedScan(text, { now, slashCommand, services });
  if (!typed.ok) return say(typed.error);
  const asked = {
    subcommand: "versions",
    service: typed.value.service,
    rest: typed.value.windowText,
    hint: "A window is typed as `48h`, `7d` or `2026-03-01..2026-03-05`.",
  };
  const service = findService(ctx, names, asked, incident?.serviceName ?? null);
  if (!service.ok) return say(service.error);
  const usual = { from: new Date(now.getTime() - usualHours * 3_600_000), to: now };
  const window = typed.value.window ?? (incident ? scanOf(incident) : usual);
  const report = await findVersionReport(ctx.db, {
    teamId: ctx.actor.teamId,
    service: service.value,
    names: ledgerNamesOf(settings.ledger, service.value),
    window,
    now,
    // 4.19; of no incident, what ran when the window began
    before: read.value ? comparedWith(read.value) : window.from,
    lastKnownGood: incident?.lastKnownGoodAt ?? null,
  });
  return {
    kind: "modal",
    view: versionsModal.render({
      report: { ...report, marks: marksOf(read.value, report.marks) },
      incident,
      text,
      isOwnWindow: incident !== null && typed.value.window === null,
      page: hint.page ?? 0,
      botCommand: slashCommand,
    }),
  };
}

/** R4: what is marked as complete, in the incident itself or in the ledger; a mark that stands in both once. */
function marksOf(
  state: IncidentState | null,
  inLedger: readonly ChangeSourceMark[],
): ChangeSourceMark[] {
  const own = (state?.sourceMarks ?? []).map(({ fromAt, toAt, ...mark }) => ({
    ...mark,
    service: null,
    from: fromAt,
    to: toAt,
  }));
  const isOwn = (mark: ChangeSourceMark) =>
    own.some(({ layer, source, markedBy }) => {
      const same = [mark.layer, mark.source, mark.markedBy];
      return layer === same[0] && source === same[1] && markedBy === same[2];
    });
  return [...own, ...inLedger.filter((mark) => !isOwn(mark))];
}

/** The incident whose versions are asked for, or null where it is about none; an error for who may not see it. */
async function readAskedIncident(
  ctx: Context,
  incidentId: IncidentId,
): Promise<Result<IncidentState | null, Reply>> {
  if (incidentId > 0) return readIncident(ctx, incidentId);
  const denied = await mayReadList(ctx);
  return denied ? err(denied) : ok(null);
}
