// The real handlers, drained over a test's database against doubles of Slack and GitHub.
import { noLedgerSettings } from "#src/domain/ledger/ledger.ts";
import { lockIncident } from "#src/db/incidents.ts";
import type { Database } from "#src/db/open.ts";
import { saveDecision } from "#src/db/save-decision.ts";
import type { Changes } from "#src/domain/decision.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import type { JobSettings } from "#src/jobs/handler.ts";
import { handlers } from "#src/jobs/index.ts";
import { createRunner } from "#src/jobs/worker.ts";
import { systemClock } from "#src/lib/clock.ts";
import { createLog } from "#src/lib/log.ts";
import type { SlackUser } from "#src/slack/slack-api.ts";
import type { OutsideGitHub, OutsideSlack } from "./outside.ts";
import { team } from "./support.ts";

/** A full member of the team, as Slack tells of them. */
export function personOf(userId: UserId, displayName: string): SlackUser {
  return {
    userId,
    teamId: team,
    displayName,
    isGuest: false,
    isDeactivated: false,
    isBot: false,
  };
}

/** `drain` attempts every effect of this database; `change` records something beside the use cases. */
export function handling(db: Database) {
  const log = createLog("silent");
  async function drain(
    slack: OutsideSlack,
    settings: Partial<JobSettings> = {},
    github?: OutsideGitHub,
  ): Promise<void> {
    const runner = createRunner({
      context: {
        db,
        slack,
        github,
        clock: systemClock,
        log,
        settings: {
          teamId: team,
          postmortemPath: "postmortems",
          command: "/incident",
          ledger: noLedgerSettings,
          ...settings,
        },
      },
      handlers,
      pacing: "off",
    });
    await runner.drain();
  }

  async function change(incidentId: IncidentId, changes: Changes): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await lockIncident(trx, incidentId);
      await saveDecision(trx, { incidentId, changes, timeline: [], effects: [], now: new Date() });
    });
  }
  return { drain, change };
}
