import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { StoredService } from "#src/domain/owners/service.ts";

/**
 * The service that a repository (`owner/name`, whatever its case) belongs to: the one that names it among
 * its repositories in the services file, else the one whose issues go there. Null where there is none, or
 * several: then a change in it is one of every service, and nobody misses it.
 */
export function serviceOfRepository(
  repository: string,
  settings: Pick<LedgerSettings, "services">,
  services: readonly Pick<StoredService, "name" | "issuesRepo">[],
): string | null {
  const isIt = (name: string | null): boolean => name?.toLowerCase() === repository.toLowerCase();
  const making = settings.services.filter((service) => service.repositories.some(isIt));
  const meant = making.length > 0 ? making : services.filter(({ issuesRepo }) => isIt(issuesRepo));
  return meant.length === 1 ? (meant[0]?.name ?? null) : null;
}
