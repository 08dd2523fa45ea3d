import type { Capacity } from "#src/domain/vocabulary.ts";
import type { Person, TeamId, UserId } from "#src/domain/person.ts";
import type { Database, Trx } from "./open.ts";

/**
 * The people of these ids that we know, by id. Whom Slack was never asked about is nobody yet, though
 * their GitHub login may be known: a guest among them would count as a full member.
 */
export async function findPeople(
  db: Database | Trx,
  teamId: TeamId,
  userIds: UserId[],
): Promise<Map<UserId, Person>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("person")
    .selectAll()
    .where("teamId", "=", teamId)
    .where("userId", "in", userIds)
    .where("lookedUpAt", "is not", null)
    .execute();
  return new Map(rows.map((row) => [row.userId as UserId, row as unknown as Person]));
}

/** What Slack says of a person; the rest we learn elsewhere. */
export type SlackFacts = Omit<Person, "githubLogin" | "capacities">;

/** What Slack says of people: written anew; a GitHub login that we know stays. Many in one statement. */
export async function savePeople(
  db: Database | Trx,
  teamId: TeamId,
  people: SlackFacts[],
): Promise<void> {
  if (people.length === 0) return;
  const lookedUpAt = new Date();
  await db
    .insertInto("person")
    .values(
      people.map((person) => ({
        teamId,
        userId: person.userId,
        displayName: person.displayName,
        isGuest: person.isGuest,
        isDeactivated: person.isDeactivated,
        isBot: person.isBot,
        lookedUpAt,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(["teamId", "userId"]).doUpdateSet((eb) => ({
        displayName: eb.ref("excluded.displayName"),
        isGuest: eb.ref("excluded.isGuest"),
        isDeactivated: eb.ref("excluded.isDeactivated"),
        isBot: eb.ref("excluded.isBot"),
        lookedUpAt: eb.ref("excluded.lookedUpAt"),
      })),
    )
    .execute();
}

/** What Slack says of one person; see `savePeople`. */
export async function savePerson(
  db: Database | Trx,
  teamId: TeamId,
  person: SlackFacts,
): Promise<void> {
  await savePeople(db, teamId, [person]);
}

/** How many people of the team we know: none at the very first start. */
export async function countPeople(db: Database | Trx, teamId: TeamId): Promise<number> {
  const row = await db
    .selectFrom("person")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("teamId", "=", teamId)
    .where("lookedUpAt", "is not", null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** The GitHub login of a person, whether or not Slack was asked about them; undefined where nobody told us. */
export async function findGithubLogin(
  db: Database | Trx,
  teamId: TeamId,
  userId: UserId,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("person")
    .select("githubLogin")
    .where("teamId", "=", teamId)
    .where("userId", "=", userId)
    .executeTakeFirst();
  return row?.githubLogin ?? undefined;
}

/** Remembers a GitHub login; one that is known already stays, unless its owner says so (`isOwnWord`). */
export async function saveGithubLogin(
  db: Database | Trx,
  teamId: TeamId,
  userId: UserId,
  githubLogin: string,
  options: { isOwnWord: boolean; capacities?: Capacity[] },
): Promise<void> {
  const capacities = options.capacities ?? [];
  await db
    .insertInto("person")
    .values({ teamId, userId, githubLogin, capacities })
    .onConflict((conflict) =>
      conflict.columns(["teamId", "userId"]).doUpdateSet((eb) => ({
        githubLogin: options.isOwnWord
          ? githubLogin
          : eb.fn.coalesce("person.githubLogin", eb.val(githubLogin)),
        ...(capacities.length > 0 ? { capacities } : {}),
      })),
    )
    .execute();
}
