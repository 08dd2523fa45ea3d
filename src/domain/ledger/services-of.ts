import { ledgerNamesOf, type LedgerSettings } from "./ledger.ts";

/**
 * Of these services, as people call them, those that machines know by this name (`ledgerNamesOf`); a gateway
 * that several of them share is several of them. The name is compared as it is written.
 */
export function servicesOf(
  settings: LedgerSettings,
  services: readonly string[],
  ledgerName: string,
): string[] {
  return services.filter((service) => ledgerNamesOf(settings, service).includes(ledgerName));
}
