import { saveGithubLogin } from "#src/db/people.ts";
import type { Database, Trx } from "#src/db/open.ts";
import {
  listAllServiceOwners,
  listServices,
  lockServices,
  saveFromFile,
  saveServiceIfMissing,
  saveServiceOwners,
  updateService,
} from "#src/db/services.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import {
  differencesFromFile,
  type FromFile,
  ownerFor,
  type ServiceOwner,
} from "#src/domain/owners/service.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { Log } from "#src/lib/log.ts";
import type { OwnerEntry, ServiceEntry, ServicesFile } from "#src/domain/services-file.ts";
import { inTransaction } from "./decide.ts";

/** Who somebody of the file is in Slack: the id itself, or the one of an e-mail address; undefined where Slack has no such person. */
export type ResolvePerson = (idOrEmail: string) => Promise<UserId | undefined>;

/**
 * Creates the services and people of the file that are missing, and remembers what the file says. A
 * service that nobody has edited in Slack follows the file; one that was edited stays as it is, and how
 * many of its values differ is logged. Somebody whom Slack does not know leaves their layer without an
 * owner: a warning, not a stop.
 */
export async function importServices(
  ctx: { db: Database; log: Log; teamId: TeamId },
  file: ServicesFile,
  resolve: ResolvePerson,
): Promise<void> {
  const people = await resolveAll(ctx.log, file, resolve);
  await inTransaction(ctx, async (trx) => {
    await lockServices(trx, ctx.teamId);
    await followFile(
      trx,
      ctx,
      new Map(file.services.map((entry) => [entry.name, saidOf(entry, people)])),
    );
    for (const person of file.people) {
      const userId = people.get(person.slack);
      if (!userId) continue;
      await saveGithubLogin(trx, ctx.teamId, userId, person.github, {
        isOwnWord: false,
        capacities: person.capacities,
      });
    }
  });
  await logDifferences(ctx);
}

async function followFile(
  trx: Trx,
  { log, teamId }: { log: Log; teamId: TeamId },
  entries: ReadonlyMap<string, FromFile>,
): Promise<void> {
  const before = await listServices(trx, teamId);
  const edited = before.filter((service) => service.editedAt !== null);
  const isDefaultEdited = edited.some((service) => service.isDefault);
  for (const [name, { owners, isDefault, ...facts }] of entries) {
    // the default follows below: there is one at a time
    const isNew = await saveServiceIfMissing(trx, teamId, { ...facts, name, isDefault: false });
    log.info({ isNew }, "service of the services file");
    if (edited.some((service) => service.name === name)) continue;
    await updateService(trx, teamId, name, {
      ...facts,
      isDefault: isDefault && !isDefaultEdited,
    });
    const every = layerIds.map((layer) => ownerFor(owners, layer));
    await saveServiceOwners(trx, teamId, name, every);
  }
  await saveFromFile(trx, teamId, entries);
}

/** What was edited in Slack wins; where it differs from the file is said once, here, and shown by `/incident owners`. */
async function logDifferences(ctx: { db: Database; log: Log; teamId: TeamId }): Promise<void> {
  const services = await listServices(ctx.db, ctx.teamId);
  const owners = await listAllServiceOwners(ctx.db, ctx.teamId);
  const counts = services.map(
    (service) => differencesFromFile(service, owners.get(service.name) ?? []).length,
  );
  const differenceCount = counts.reduce((sum, count) => sum + count, 0);
  if (differenceCount === 0) return;
  const serviceCount = counts.filter((count) => count > 0).length;
  ctx.log.warn(
    { differenceCount, serviceCount },
    "values edited in Slack differ from the services file; the owners command shows them",
  );
}

function saidOf(entry: ServiceEntry, people: ReadonlyMap<string, UserId>): FromFile {
  return {
    isDefault: entry.isDefault,
    promise: entry.promise ?? null,
    latencyObjectiveMs: entry.latencyObjectiveMs ?? null,
    issuesRepo: entry.issuesRepo ?? null,
    postmortemRepo: entry.postmortemRepo ?? null,
    postmortemPath: entry.postmortemPath ?? null,
    announceChannel: entry.announceChannel ?? null,
    owners: ownersOf(entry, people),
  };
}

function ownersOf(entry: ServiceEntry, people: ReadonlyMap<string, UserId>): ServiceOwner[] {
  return Object.entries(entry.owners).map(([layer, owner]) => ({
    layer: layer as LayerId,
    userId: "person" in owner ? (people.get(owner.person) ?? null) : null,
    standInUserId: "person" in owner && owner.standIn ? (people.get(owner.standIn) ?? null) : null,
    groupId: "group" in owner ? owner.group : null,
  }));
}

async function resolveAll(
  log: Log,
  file: ServicesFile,
  resolve: ResolvePerson,
): Promise<Map<string, UserId>> {
  const references = new Set([
    ...file.people.map((person) => person.slack),
    ...file.services.flatMap((entry) => Object.values(entry.owners).flatMap(namesOf)),
  ]);
  const people = new Map<string, UserId>();
  for (const reference of references) {
    const userId = await resolve(reference);
    if (userId) people.set(reference, userId);
  }
  if (people.size < references.size) {
    log.warn(
      { unknownCount: references.size - people.size },
      "people of the services file are not in this Slack workspace; their layers have no owner",
    );
  }
  return people;
}

function namesOf(owner: OwnerEntry): string[] {
  if ("group" in owner) return [];
  return owner.standIn ? [owner.person, owner.standIn] : [owner.person];
}
