import type { Database } from "#src/db/open.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { Actor } from "#src/domain/person.ts";
import type { Log } from "#src/lib/log.ts";

/** What every use case and command is handed first: taken once at the edge. */
export interface Context {
  db: Database;
  actor: Actor;
  /** The service's time, asked once for this request. */
  now: Date;
  /**
   * Identity of what the person did: a form's view id and hash, a button's or command's trigger_id,
   * an event's event_id. The same key is decided once and answered alike.
   */
  requestKey: string;
  log: Log;
  settings: Settings;
}

/** What the configuration says that use cases and commands need to know. */
export interface Settings {
  /** The slash command's word, "/incident" unless it was changed. */
  slashCommand: string;
  /** How telemetry, repositories and a team's own attributes are placed. */
  ledger: LedgerSettings;
  /** Access to GitHub, and the repositories (`owner/name`) where a service names none of its own. */
  gitHub: {
    hasAccess: boolean;
    issuesRepo?: string | undefined;
    postmortemRepo?: string | undefined;
  };
}
