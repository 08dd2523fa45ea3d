import { sql } from "kysely";
import type { TeamId } from "#src/domain/person.ts";
import type { Database, Trx } from "./open.ts";

/**
 * Which of these services nobody has named yet: neither telemetry nor a declared change of another key than
 * `keys`, which are those that name them now. In the order given.
 */
export async function listUnheardServices(
  db: Database | Trx,
  teamId: TeamId,
  { services, keys }: { services: readonly string[]; keys: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ service: string }>`
    select asked.service from unnest(${services}::text[]) with ordinality as asked (service, nth)
    where not exists (select from ledger_service l
        where l.team_id = ${teamId} and l.service = asked.service)
      and not exists (select from declared_change c
        where c.team_id = ${teamId} and c.service = asked.service and c.key <> all(${keys}::text[]))
    order by asked.nth`.execute(db);
  return rows.map(({ service }) => service);
}
