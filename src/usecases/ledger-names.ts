import { listKnownServices } from "#src/db/ledger-services.ts";
import type { Database, Trx } from "#src/db/open.ts";
import type { Incident } from "#src/domain/incident.ts";
import { ledgerNamesOf, type LedgerSettings } from "#src/domain/ledger/ledger.ts";

/**
 * The names under which the ledger knows what an incident is about. Where no service was chosen and the ledger
 * knows only one, it is that one; where it knows several, nobody has said which, and none is.
 */
export async function findLedgerNames(
  db: Database | Trx,
  settings: LedgerSettings,
  { teamId, serviceName }: Pick<Incident, "teamId" | "serviceName">,
): Promise<string[]> {
  if (serviceName !== null) return ledgerNamesOf(settings, serviceName);
  const known = await listKnownServices(db, teamId);
  return known.length === 1 ? known : [];
}
