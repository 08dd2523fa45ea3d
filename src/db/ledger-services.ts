import { sql } from "kysely";
import type { TeamId } from "#src/domain/person.ts";
import type { Database, Trx } from "./open.ts";

/** The services that machines have named for a team, by telemetry or by a declared change, in their order; at most 1,000. */
export async function listKnownServices(db: Database | Trx, teamId: TeamId): Promise<string[]> {
  const { rows } = await sql<{ service: string }>`
    select service from ledger_service where team_id = ${teamId}
    union
    select distinct service from declared_change where team_id = ${teamId} and service is not null
    order by service limit 1000`.execute(db);
  return rows.map(({ service }) => service);
}
