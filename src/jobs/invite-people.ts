import { addChannelMember } from "#src/db/channel-members.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { findPeople } from "#src/db/people.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { Person, UserId } from "#src/domain/person.ts";
import type { Handler } from "./handler.ts";

type InvitePeople = Extract<Effect, { name: "invite-people" }>;

/** Somebody who is not in the channel although they should be, with Slack's word for why. */
export interface NotInvited {
  userId: UserId;
  reason: string;
}

/** conversations.invite takes so many at once (docs.slack.dev). */
const mostAtOnce = 100;

/**
 * Invites people into the incident's channel; twice is once. Who cannot be (guests, deactivated people,
 * whoever Slack turns down) is named in the channel, and the rest come in all the same.
 */
export const invitePeople: Handler<InvitePeople> = {
  async run(ctx, effect) {
    const { incident, memberIds } = await getIncidentState(ctx.db, effect.incidentId);
    const { channelId } = incident;
    if (channelId === null) return { outcome: { skipped: "no_channel" } };
    const people = await findPeople(ctx.db, incident.teamId, effect.userIds);
    const failed: NotInvited[] = [];
    const wanted: UserId[] = [];
    for (const userId of effect.userIds) {
      const reason = whyNot(people.get(userId));
      if (reason === undefined) wanted.push(userId);
      else if (!memberIds.includes(userId)) failed.push({ userId, reason });
    }
    for (let from = 0; from < wanted.length; from += mostAtOnce) {
      const result = await ctx.slack.invite(channelId, wanted.slice(from, from + mostAtOnce));
      failed.push(...(result.failed as NotInvited[]));
    }
    const invited = wanted.filter((userId) => !failed.some((one) => one.userId === userId));
    return {
      outcome: { invited, failed },
      effects:
        failed.length === 0
          ? []
          : [
              {
                name: "post-message",
                incidentId: incident.id,
                message: { kind: "trouble", effectId: ctx.effectId },
              },
            ],
      async save(trx) {
        for (const userId of invited) await addChannelMember(trx, incident.id, userId);
      },
    };
  },
};

/** What we know of a person that makes an invitation pointless; undefined where nothing does. */
function whyNot(person: Person | undefined): string | undefined {
  if (person?.isDeactivated) return "is_deactivated";
  if (person?.isGuest) return "is_guest";
  if (person?.isBot) return "is_bot";
  return undefined;
}
