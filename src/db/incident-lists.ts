import type { Incident } from "#src/domain/incident.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { Database, Trx } from "./open.ts";

/** One page of the open incidents. */
export interface IncidentPage {
  incidents: Incident[];
  /** Counts from 0. */
  page: number;
  /** All open incidents that the viewer may see, drills left out. */
  total: number;
  /** Drills that run and are not listed. */
  drills: number;
}

/** How many incidents one page of the list holds. */
const incidentsOnPage = 10;

/**
 * A page of a team's open incidents, the newest first; private ones only for those in their channel,
 * drills counted and not listed. A page past the end is the last one.
 */
export async function pageOpenIncidents(
  db: Database,
  teamId: TeamId,
  viewer: UserId,
  wanted: number,
): Promise<IncidentPage> {
  const open = openIncidents(db, teamId, viewer);
  const counts = await open
    .select((eb) => [
      eb.fn.countAll<string>().filterWhere("isDrill", "=", false).as("total"),
      eb.fn.countAll<string>().filterWhere("isDrill", "=", true).as("drills"),
    ])
    .executeTakeFirstOrThrow();
  const total = Number(counts.total);
  const last = Math.max(Math.ceil(total / incidentsOnPage) - 1, 0);
  const page = Math.min(wanted, last);
  const rows = await open
    .where("isDrill", "=", false)
    .selectAll()
    .orderBy("number", "desc")
    .limit(incidentsOnPage)
    .offset(page * incidentsOnPage)
    .execute();
  return {
    incidents: rows as unknown as Incident[],
    page,
    total,
    drills: Number(counts.drills),
  };
}

/** Open incidents of a team, the newest first, drills among them; private ones only for those in their channel. At most 50. */
export async function listOpenIncidents(
  db: Database | Trx,
  teamId: TeamId,
  viewer: UserId,
): Promise<Incident[]> {
  const rows = await openIncidents(db, teamId, viewer)
    .selectAll()
    .orderBy("number", "desc")
    .limit(50)
    .execute();
  return rows as unknown as Incident[];
}

/** Those that this person may see: a private one is for those in its channel. */
function openIncidents(db: Database | Trx, teamId: TeamId, viewer: UserId) {
  return db
    .selectFrom("incident")
    .where("teamId", "=", teamId)
    .where("status", "=", "open")
    .where("hiddenAt", "is", null)
    .where((eb) =>
      eb.or([
        eb("isPrivate", "=", false),
        eb.exists(
          eb
            .selectFrom("channelMember")
            .select("userId")
            .whereRef("channelMember.incidentId", "=", "incident.id")
            .where("userId", "=", viewer),
        ),
      ]),
    );
}

/** Every open incident of a team with its service, drills too; who may see them does not matter. */
export async function listOpenIncidentIds(
  db: Database | Trx,
  teamId: TeamId,
): Promise<Pick<Incident, "id" | "serviceName">[]> {
  const rows = await db
    .selectFrom("incident")
    .select(["id", "serviceName"])
    .where("teamId", "=", teamId)
    .where("status", "=", "open")
    .where("hiddenAt", "is", null)
    .execute();
  return rows as unknown as Pick<Incident, "id" | "serviceName">[];
}
