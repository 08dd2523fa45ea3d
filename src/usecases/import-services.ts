import type { Database } from "#src/db/open.ts";
import { saveGithubLogin } from "#src/db/people.ts";
import { saveServiceIfMissing, type ServiceOwner } from "#src/db/services.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { Log } from "#src/lib/log.ts";
import type { OwnerEntry, ServiceEntry, ServicesFile } from "#src/domain/services-file.ts";
import { inTransaction } from "./decide.ts";

/** Who somebody of the file is in Slack: the id itself, or the one of an e-mail address; undefined where Slack has no such person. */
export type ResolvePerson = (idOrEmail: string) => Promise<UserId | undefined>;

/**
 * Creates the services and people of the file that are missing; what stands already, edited in Slack
 * or not, stays. Somebody whom Slack does not know leaves their layer without an owner: a warning, not a stop.
 */
export async function importServices(
  ctx: { db: Database; log: Log; teamId: TeamId },
  file: ServicesFile,
  resolve: ResolvePerson,
): Promise<void> {
  const people = await resolveAll(ctx.log, file, resolve);
  await inTransaction(ctx, async (trx) => {
    for (const entry of file.services) {
      const isNew = await saveServiceIfMissing(
        trx,
        ctx.teamId,
        {
          name: entry.name,
          isDefault: entry.isDefault,
          promise: entry.promise ?? null,
          latencyObjectiveMs: entry.latencyObjectiveMs ?? null,
          issuesRepo: entry.issuesRepo ?? null,
          postmortemRepo: entry.postmortemRepo ?? null,
          postmortemPath: entry.postmortemPath ?? null,
          announceChannel: entry.announceChannel ?? null,
        },
        ownersOf(entry, people),
      );
      ctx.log.info({ isNew }, "service of the services file");
    }
    for (const person of file.people) {
      const userId = people.get(person.slack);
      if (!userId) continue;
      await saveGithubLogin(trx, ctx.teamId, userId, person.github, {
        isTypedIn: false,
        capacities: person.capacities,
      });
    }
  });
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
