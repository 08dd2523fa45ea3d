import type { TeamId } from "#src/domain/person.ts";
import type { Database } from "./open.ts";

/** The names under which telemetry has come in for a team, in their order; at most 1,000. */
export async function listLedgerServices(db: Database, teamId: TeamId): Promise<string[]> {
  const rows = await db
    .selectFrom("ledgerService")
    .select("service")
    .where("teamId", "=", teamId)
    .orderBy("service")
    .limit(1000)
    .execute();
  return rows.map(({ service }) => service);
}
