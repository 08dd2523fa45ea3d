// An incident in the database, with or without its channel, for tests of effects.
import { insertIncident, takeIncidentNumber } from "#src/db/create-incident.ts";
import type { Database } from "#src/db/open.ts";
import { decideDeclare } from "#src/domain/declare.ts";
import type { Effect, EffectName } from "#src/domain/effect.ts";
import type { IncidentId, LayerOwner } from "#src/domain/incident.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import { writeEffects } from "#src/db/effects.ts";

export const team = "T1" as TeamId;
export const ada = "UADA" as UserId;
export const bo = "UBO" as UserId;

/** An incident that `ada` declared, unless somebody else did; `channelId` null: its channel is still to be opened. */
export async function incidentIn(
  db: Database,
  given: {
    title?: string;
    channelId?: string | null;
    owners?: LayerOwner[];
    declaredBy?: UserId;
  } = {},
): Promise<IncidentId> {
  return db.transaction().execute(async (trx) => {
    const { incidentId, number } = await takeIncidentNumber(trx, team);
    const { incident, strand } = decideDeclare(
      {
        title: given.title ?? "Old rule",
        severity: "SEV2",
        isSeverityUnsure: false,
        serviceName: null,
        userImpact: null,
        incidentClass: null,
        onsetAt: null,
        noticedAt: null,
        noticedHow: null,
        isDrill: false,
      },
      { userId: given.declaredBy ?? ada, now: new Date() },
      { incidentId, number, teamId: team, owners: given.owners ?? [], serviceName: null },
    );
    const channelId = given.channelId === undefined ? `C-OF-${number}` : given.channelId;
    await insertIncident(trx, { ...incident, channelId }, given.owners ?? [], strand);
    return incidentId;
  });
}

export async function write(db: Database, ...effects: Effect[]): Promise<void> {
  await db.transaction().execute((trx) => writeEffects(trx, effects));
}

/** All rows, in the order in which they were written. */
export async function effectRows(db: Database, name?: EffectName) {
  let query = db.selectFrom("effect").selectAll().orderBy("position");
  if (name) query = query.where("name", "=", name);
  return query.execute();
}
