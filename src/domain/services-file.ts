import type { LayerId } from "./layers/index.ts";
import type { LedgerSettings } from "./ledger/ledger.ts";
import type { Capacity } from "./vocabulary.ts";

/**
 * The YAML file of FAULTLINE_SERVICES (architecture: "The contract with the outside"). People are given as in
 * the file, a Slack id or an e-mail: who they are is asked of Slack elsewhere.
 */
export interface ServicesFile {
  services: ServiceEntry[];
  people: PersonEntry[];
  /** How telemetry, paths and repositories are placed; not edited in Slack. */
  ledger: LedgerSettings;
}
export interface ServiceEntry {
  name: string;
  isDefault: boolean;
  promise?: string;
  latencyObjectiveMs?: number;
  owners: Partial<Record<LayerId, OwnerEntry>>;
  /** `owner/name` */
  issuesRepo?: string;
  postmortemRepo?: string;
  postmortemPath?: string;
  /** Channel id. */
  announceChannel?: string;
}
/** A person, perhaps with a stand-in, or a Slack user group, which is only mentioned. */
export type OwnerEntry = { person: string; standIn?: string } | { group: string };
export interface PersonEntry {
  /** Slack id or e-mail. */
  slack: string;
  github: string;
  capacities: Capacity[];
}
