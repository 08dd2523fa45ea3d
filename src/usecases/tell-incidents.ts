import { writeEffects } from "#src/db/effects.ts";
import { listOpenIncidentIds } from "#src/db/incident-lists.ts";
import type { Trx } from "#src/db/open.ts";
import { ledgerNamesOf, type LedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";

/**
 * The open incidents of these services look at the ledger again: something new stands in it. Services are
 * named as the sender names them; null: it is about every service. In the transaction that wrote it.
 */
export async function tellIncidents(
  trx: Trx,
  about: { teamId: TeamId; settings: LedgerSettings; services: readonly (string | null)[] },
): Promise<void> {
  const { teamId, settings, services } = about;
  const open = await listOpenIncidentIds(trx, teamId);
  const isMeant = (serviceName: string | null): boolean =>
    // of an incident that nobody has named a service for, the ledger may know which it is
    serviceName === null ||
    services.includes(null) ||
    ledgerNamesOf(settings, serviceName).some((name) => services.includes(name));
  await writeEffects(
    trx,
    open
      .filter(({ serviceName }) => isMeant(serviceName))
      .map(({ id }) => ({ name: "read-ledger", incidentId: id }) as const),
  );
}
