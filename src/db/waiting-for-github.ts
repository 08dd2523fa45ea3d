import { sql } from "kysely";
import type { IncidentId } from "#src/domain/incident.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { Trx } from "./open.ts";

/**
 * What is recorded and not on GitHub, and nobody works on: actions without an issue (provisional ones
 * wait for something else), and closed incidents without a pull request. Drills that were removed and
 * cancelled incidents are left alone. What failed for good is left to a person.
 */
export async function findWhatWaited(
  trx: Trx,
  teamId: TeamId,
): Promise<{ actions: { incidentId: IncidentId; number: number }[]; closed: IncidentId[] }> {
  const actions = await trx
    .selectFrom("correctiveAction as action")
    .innerJoin("incident", "incident.id", "action.incidentId")
    .select(["action.incidentId", "action.number"])
    .where("incident.teamId", "=", teamId)
    .where("incident.status", "!=", "cancelled")
    .where("incident.hiddenAt", "is", null)
    .where("action.issueNumber", "is", null)
    .where("action.isProvisional", "=", false)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("effect")
            .select("effect.id")
            .whereRef("effect.incidentId", "=", "action.incidentId")
            .where("effect.name", "=", "file-issue")
            .where("effect.state", "!=", "done")
            .where(sql<boolean>`(effect.payload->>'actionNumber')::integer = action.number`),
        ),
      ),
    )
    .orderBy("action.incidentId")
    .orderBy("action.number")
    .execute();
  const closed = await trx
    .selectFrom("incident")
    .select("id")
    .where("teamId", "=", teamId)
    .where("status", "in", ["closed", "learned"])
    .where("hiddenAt", "is", null)
    .where("postmortemUrl", "is", null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("effect")
            .select("effect.id")
            .whereRef("effect.incidentId", "=", "incident.id")
            .where("effect.name", "=", "propose-postmortem")
            .where("effect.state", "!=", "done"),
        ),
      ),
    )
    .orderBy("id")
    .execute();
  return {
    actions: actions.map(({ incidentId, number }) => ({
      incidentId: incidentId as IncidentId,
      number,
    })),
    closed: closed.map(({ id }) => id as IncidentId),
  };
}
