import type { LayerOwner } from "#src/domain/incident.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { Database, Trx } from "./open.ts";

/** An AI product or feature: where its issues and postmortems go. Null: as the configuration says. */
export interface Service {
  name: string;
  isDefault: boolean;
  promise: string | null;
  latencyObjectiveMs: number | null;
  issuesRepo: string | null;
  postmortemRepo: string | null;
  postmortemPath: string | null;
  announceChannel: string | null;
}

/** One owner of a service's layer, as the services file names it. */
export interface ServiceOwner extends LayerOwner {
  standInUserId: UserId | null;
}

/** The service of this name; undefined where there is none. */
export async function getService(
  db: Database | Trx,
  teamId: TeamId,
  name: string,
): Promise<Service | undefined> {
  return db
    .selectFrom("service")
    .selectAll()
    .where("teamId", "=", teamId)
    .where("name", "=", name)
    .executeTakeFirst();
}

/** All services of a team, the default one first. */
export async function listServices(db: Database | Trx, teamId: TeamId): Promise<Service[]> {
  return db
    .selectFrom("service")
    .selectAll()
    .where("teamId", "=", teamId)
    .orderBy("isDefault", "desc")
    .orderBy("name")
    .execute();
}

/** Who owns the layers of a service: a copy of it goes into each incident at its declaration. */
export async function listServiceOwners(
  db: Database | Trx,
  teamId: TeamId,
  serviceName: string,
): Promise<LayerOwner[]> {
  const rows = await db
    .selectFrom("serviceOwner")
    .select(["layer", "userId", "groupId"])
    .where("teamId", "=", teamId)
    .where("serviceName", "=", serviceName)
    .execute();
  return rows.map((row) => ({
    layer: row.layer as LayerId,
    userId: row.userId as UserId | null,
    groupId: row.groupId,
  }));
}

/** Writes a service and its owners where no service of that name stands yet; what stands wins. Returns whether it was new. */
export async function saveServiceIfMissing(
  trx: Trx,
  teamId: TeamId,
  service: Service,
  owners: ServiceOwner[],
): Promise<boolean> {
  const inserted = await trx
    .insertInto("service")
    .values({ ...service, teamId })
    .onConflict((conflict) => conflict.doNothing())
    .returning("name")
    .executeTakeFirst();
  if (!inserted) return false;
  if (owners.length > 0) {
    await trx
      .insertInto("serviceOwner")
      .values(owners.map((owner) => ({ ...owner, teamId, serviceName: service.name })))
      .execute();
  }
  return true;
}
