import { findPeople, savePerson } from "#src/db/people.ts";
import type { Person, UserId } from "#src/domain/person.ts";
import type { JobContext } from "./handler.ts";
import { personOf } from "./look-up-person.ts";

/** Who somebody is; Slack is asked about whom we do not know yet. Undefined where Slack does not know them either. */
export async function findPerson(ctx: JobContext, userId: UserId): Promise<Person | undefined> {
  const { teamId } = ctx.settings;
  const find = async () => (await findPeople(ctx.db, teamId, [userId])).get(userId);
  const known = await find();
  if (known) return known;
  const user = await ctx.slack.findUser(userId);
  if (user) await savePerson(ctx.db, teamId, personOf(user, teamId));
  return user && find();
}
