import type { Database, Trx } from "#src/db/open.ts";
import type { Changes } from "#src/domain/decision.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { LedgerSettings } from "#src/domain/ledger/ledger.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { NewTimelineEntry } from "#src/domain/timeline.ts";
import type { GitHubApi } from "#src/github/github-api.ts";
import type { Clock } from "#src/lib/clock.ts";
import type { Log } from "#src/lib/log.ts";
import type { SlackApi } from "#src/slack/slack-api.ts";

/** What a handler works with. */
export interface JobContext {
  db: Database;
  slack: SlackApi;
  /** Undefined where GitHub is not configured: what is for it is skipped, and said so. */
  github: GitHubApi | undefined;
  clock: Clock;
  log: Log;
  settings: JobSettings;
}
export interface JobSettings {
  teamId: TeamId;
  /** Channel id; undefined: nothing is announced unless the service has one. */
  announceChannel?: string | undefined;
  /** `owner/name` */
  issuesRepo?: string | undefined;
  postmortemRepo?: string | undefined;
  /** Folder in that repository. */
  postmortemPath: string;
  /** The slash command's word, for example `/incident`. */
  command: string;
  /** How telemetry, repositories and a team's own attributes are placed. */
  ledger: LedgerSettings;
}

/** The same, for one attempt. */
export interface AttemptContext extends JobContext {
  /** Goes out with what is posted, so that it can be found again. */
  effectId: string;
  /** When the effect was written, real time: nothing of it can be older. */
  writtenAt: Date;
  /** The service's time. */
  now: Date;
}

/** What is recorded once it has happened. */
export interface Consequences {
  changes?: Changes;
  timeline?: NewTimelineEntry[];
  /** What must follow. */
  effects?: Effect[];
}

/** What came of an attempt; saved in the transaction that marks the effect done. */
export interface HandlerResult extends Consequences {
  /** What happened outside (a ts, an issue number), or why nothing had to: `{skipped: "…"}`. */
  outcome: Record<string, unknown>;
  /**
   * In place of the three above, from the incident as it stands under its lock: for whatever is made of
   * rows that people may have changed while the call was on its way.
   */
  follow?(state: IncidentState): Consequences;
  /** Other rows to write with it: where a message stands, who is in the channel. */
  save?(trx: Trx): Promise<void>;
}

/**
 * Does one kind of effect. Throws TransientError or PermanentError; anything else it throws is a bug.
 * A handler whose `run` may not happen twice has `find`: is it out there already? It is asked before
 * `run` whenever an earlier attempt perhaps took effect.
 */
export interface Handler<E extends Effect> {
  find?(ctx: AttemptContext, effect: E): Promise<HandlerResult | undefined>;
  run(ctx: AttemptContext, effect: E): Promise<HandlerResult>;
}

export type Handlers = { [N in Effect["name"]]: Handler<Extract<Effect, { name: N }>> };
