import { sql } from "kysely";
import type { LayerOwner } from "#src/domain/incident.ts";
import {
  type FromFile,
  namesSomebody,
  type Service,
  type ServiceOwner,
  type StoredService,
} from "#src/domain/owners/service.ts";
import type { TeamId } from "#src/domain/person.ts";
import type { Database, Trx } from "./open.ts";

/** The service of this name; undefined where there is none. */
export async function getService(
  db: Database | Trx,
  teamId: TeamId,
  name: string,
): Promise<StoredService | undefined> {
  const row = await db
    .selectFrom("service")
    .selectAll()
    .where("teamId", "=", teamId)
    .where("name", "=", name)
    .executeTakeFirst();
  return row as unknown as StoredService | undefined;
}

/** All services of a team, the default one first. */
export async function listServices(db: Database | Trx, teamId: TeamId): Promise<StoredService[]> {
  const rows = await db
    .selectFrom("service")
    .selectAll()
    .where("teamId", "=", teamId)
    .orderBy("isDefault", "desc")
    .orderBy("name")
    .execute();
  return rows as unknown as StoredService[];
}

/** Who owns the layers of a service: a copy of it goes into each incident at its declaration. */
export async function listServiceOwners(
  db: Database | Trx,
  teamId: TeamId,
  serviceName: string,
): Promise<LayerOwner[]> {
  const owners = await listAllServiceOwners(db, teamId, serviceName);
  return (owners.get(serviceName) ?? []).map((owner) => ({
    ...owner,
    takenBy: null,
    remindedAt: null,
  }));
}

/** The owners of every service of a team, or of one, by the service's name; a service without owners is missing. */
export async function listAllServiceOwners(
  db: Database | Trx,
  teamId: TeamId,
  serviceName?: string,
): Promise<Map<string, ServiceOwner[]>> {
  const all = db
    .selectFrom("serviceOwner")
    .select(["serviceName", "layer", "userId", "standInUserId", "groupId"])
    .where("teamId", "=", teamId);
  const rows = await (
    serviceName === undefined ? all : all.where("serviceName", "=", serviceName)
  ).execute();
  const owners = new Map<string, ServiceOwner[]>();
  for (const { serviceName: name, ...owner } of rows) {
    owners.set(name, [...(owners.get(name) ?? []), owner as ServiceOwner]);
  }
  return owners;
}

/** Writes a service where none of that name stands yet; what stands wins. Returns whether it was new. */
export async function saveServiceIfMissing(
  trx: Trx,
  teamId: TeamId,
  service: Service & Partial<Pick<StoredService, "editedAt" | "editedBy">>,
): Promise<boolean> {
  const inserted = await trx
    .insertInto("service")
    .values({ ...service, teamId })
    .onConflict((conflict) => conflict.doNothing())
    .returning("name")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Remembers what the services file says of each service; of those that it does not name, that it says nothing. */
export async function saveFromFile(
  trx: Trx,
  teamId: TeamId,
  entries: ReadonlyMap<string, FromFile>,
): Promise<void> {
  await trx.updateTable("service").set({ fromFile: null }).where("teamId", "=", teamId).execute();
  for (const [name, fromFile] of entries) {
    await trx
      .updateTable("service")
      .set({ fromFile: JSON.stringify(fromFile) })
      .where("teamId", "=", teamId)
      .where("name", "=", name)
      .execute();
  }
}

/**
 * Takes the lock of a team's services until the transaction ends: they are added and edited one after
 * the other, and one is the default. It is no row's, since the first service has none to lock yet. A
 * statement of its own, so that what is read next is read after the wait.
 */
export async function lockServices(trx: Trx, teamId: TeamId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`services:${teamId}`}, 0))`.execute(
    trx,
  );
}

/** Writes these columns of a service. One that becomes the default takes it from the one that was. */
export async function updateService(
  trx: Trx,
  teamId: TeamId,
  name: string,
  columns: Partial<Omit<StoredService, "name" | "fromFile">>,
): Promise<void> {
  if (columns.isDefault) {
    await trx
      .updateTable("service")
      .set({ isDefault: false })
      .where("teamId", "=", teamId)
      .where("name", "!=", name)
      .where("isDefault", "=", true)
      .execute();
  }
  await trx
    .updateTable("service")
    .set(columns)
    .where("teamId", "=", teamId)
    .where("name", "=", name)
    .execute();
}

/** Writes who owns these layers of a service, each anew; of a layer that nobody owns no row is kept. */
export async function saveServiceOwners(
  trx: Trx,
  teamId: TeamId,
  serviceName: string,
  owners: readonly ServiceOwner[],
): Promise<void> {
  if (owners.length === 0) return;
  const layers = owners.map(({ layer }) => layer);
  await trx
    .deleteFrom("serviceOwner")
    .where("teamId", "=", teamId)
    .where("serviceName", "=", serviceName)
    .where("layer", "in", layers)
    .execute();
  const named = owners.filter(namesSomebody);
  if (named.length === 0) return;
  await trx
    .insertInto("serviceOwner")
    .values(named.map((owner) => ({ ...owner, teamId, serviceName })))
    .execute();
}
