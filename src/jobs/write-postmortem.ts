import { listRefusals } from "#src/db/incidents.ts";
import { findOtherIncidents } from "#src/db/other-incidents.ts";
import { listTimeline } from "#src/db/timeline.ts";
import { type PostmortemDocument, renderPostmortem } from "#src/documents/postmortem.ts";
import { brokeFirst } from "#src/domain/broke-first.ts";
import { findVersionReport } from "#src/db/version-report.ts";
import type { SimilarRecord } from "#src/documents/record.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { VersionReport } from "#src/domain/ledger/ledger.ts";
import { comparedWith, scanOf } from "#src/domain/ledger/scan-window.ts";
import { sha256 } from "#src/lib/sha256.ts";
import { findLedgerNames } from "#src/usecases/ledger-names.ts";
import { findDestinations } from "./destinations.ts";
import type { AttemptContext } from "./handler.ts";
import { findNames, peopleIn } from "./names.ts";

/** The postmortem as the record stands now, and the repository that takes it; undefined where none does. */
export async function writePostmortem(
  ctx: AttemptContext,
  state: IncidentState,
): Promise<{ document: PostmortemDocument; repo: string | undefined }> {
  const { id } = state.incident;
  const { postmortemRepo: repo, postmortemPath } = await findDestinations(
    ctx.db,
    ctx.settings,
    state.incident,
  );
  const timeline = await listTimeline(ctx.db, id);
  const refusals = await listRefusals(ctx.db, id);
  const names = await findNames(ctx, peopleIn(state, timeline, refusals));
  const similar = await findSimilarOnes(ctx, state);
  const versions = await findVersions(ctx, state);
  const { effectId } = ctx;
  const record = { state, timeline, refusals, names, similar, versions, postmortemPath, effectId };
  return { document: renderPostmortem({ ...record, sha256 }), repo };
}

/** B11.5: versions in the incident against those of 48 hours before the onset, and of when it last worked. */
async function findVersions(
  { db, settings }: AttemptContext,
  state: IncidentState,
): Promise<VersionReport | null> {
  const { incident } = state;
  const { teamId, lastKnownGoodAt: lastKnownGood } = incident;
  const names = await findLedgerNames(db, settings.ledger, incident);
  const service = incident.serviceName ?? names[0];
  if (service === undefined) return null;
  const window = scanOf(incident);
  const times = { window, now: window.to, before: comparedWith(state), lastKnownGood };
  return findVersionReport(db, { teamId, service, names, ...times });
}

async function findSimilarOnes(
  { db }: AttemptContext,
  record: IncidentState,
): Promise<SimilarRecord[]> {
  const { incident, similarIncidents } = record;
  const ours = brokeFirst(record);
  const rows = similarIncidents.filter((row) => row.state !== "dismissed");
  const others = await findOtherIncidents(
    db,
    incident.teamId,
    rows.map((row) => row.otherId),
  );
  return rows
    .flatMap(({ otherId, state, reasons }) => {
      const other = others.get(otherId);
      if (!other) return [];
      const { number, title, postmortemUrl: url, openActions } = other;
      const isSameLayer = ours.some((layer) => other.brokeFirst.includes(layer));
      return [{ number, title, url, state, reasons, isSameLayer, openActions: openActions.length }];
    })
    .toSorted((a, b) => a.number - b.number);
}
