import { listKnownServices } from "#src/db/ledger-services.ts";
import type { Database } from "#src/db/open.ts";
import { listServices } from "#src/db/services.ts";
import { listUnheardServices } from "#src/db/unknown-services.ts";
import { ledgerNamesOf, type LedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import { didYouMean } from "#src/lib/did-you-mean.ts";

/** A service that nobody has named before, and the name that may have been meant. */
export interface UnknownService {
  service: string;
  meant: string | undefined;
}

/**
 * Which of these services, named in a request of machines that is kept already, neither Slack nor telemetry
 * nor an earlier change knows: likely typing errors, of which nothing would be seen otherwise. `keys` are
 * those of the request's own changes, so that the same request again is answered alike.
 */
export async function findUnknownServices(
  ctx: { db: Database; teamId: TeamId; settings: LedgerSettings },
  named: { services: readonly string[]; keys: readonly string[] },
): Promise<UnknownService[]> {
  const { db, teamId, settings } = ctx;
  const asked = [...new Set(named.services)];
  if (asked.length === 0) return [];
  const unheard = await listUnheardServices(db, teamId, { services: asked, keys: named.keys });
  if (unheard.length === 0) return [];
  const inSlack = await listServices(db, teamId);
  const own = [...inSlack, ...settings.services].flatMap(({ name }) =>
    ledgerNamesOf(settings, name),
  );
  const unknown = unheard.filter((service) => !own.includes(service));
  if (unknown.length === 0) return [];
  const heard = await listKnownServices(db, teamId);
  const known = [...own, ...heard].filter((name) => !unknown.includes(name));
  return unknown.map((service) => ({ service, meant: didYouMean(service, known) }));
}
