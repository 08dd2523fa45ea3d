import { savePerson, type SlackFacts } from "#src/db/people.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import type { SlackUser } from "#src/slack/slack-api.ts";
import type { Handler } from "./handler.ts";

type LookUpPerson = Extract<Effect, { name: "look-up-person" }>;

/** Asks Slack who somebody is, and remembers it. */
export const lookUpPerson: Handler<LookUpPerson> = {
  async run(ctx, effect) {
    const user = await ctx.slack.findUser(effect.userId);
    if (!user) return { outcome: { skipped: "no_such_person" } };
    return {
      outcome: { userId: user.userId },
      save: (trx) => savePerson(trx, ctx.settings.teamId, personOf(user, ctx.settings.teamId)),
    };
  },
};

/**
 * What we remember of a person that Slack told us of. Somebody of another workspace, who is seen in a
 * shared channel, counts as a guest: they are no full member of this one either.
 */
export function personOf(user: SlackUser, teamId: TeamId): SlackFacts {
  const { userId, displayName, isDeactivated, isBot } = user;
  const isGuest = user.isGuest || user.teamId !== teamId;
  return { userId: userId as UserId, displayName, isGuest, isDeactivated, isBot };
}
