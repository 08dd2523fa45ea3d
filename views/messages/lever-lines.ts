import type { IncidentState, LeverUse } from "#src/domain/incident.ts";
import {
  type Authorization,
  authorizationsOf,
  lacksAuthorizer,
  mayAuthorize,
} from "#src/domain/lever-use.ts";
import { capacities } from "#src/domain/vocabulary.ts";
import { dateTime, joinMrkdwn, mention, mrkdwn, type Mrkdwn } from "#views/block-kit.ts";

/** Who authorized a lever, and who has said so themselves; one or two people. */
export function authorityLine(state: IncidentState, use: LeverUse): Mrkdwn {
  const people = authorizationsOf(use);
  const [first, second] = people;
  if (lacksAuthorizer(state, use)) return selfLine(state, use, people);
  if (!second) return oneLine(use, first!);
  const named = joinMrkdwn(people.map(who), " and ");
  const said = people.every(({ state }) => state === "claimed")
    ? mrkdwn`Claimed until both confirm.`
    : joinMrkdwn(people.map(answerLine), " ");
  return mrkdwn`${mention(use.recorder)} says that ${named} authorized it. ${said}`;
}

/** B6: the recorder stands for it themselves, and may not; what the other one said, if there is one. */
function selfLine(state: IncidentState, use: LeverUse, people: readonly Authorization[]): Mrkdwn {
  const self = mrkdwn`${mention(use.recorder)} recorded it in their own name.`;
  const others = people.filter(({ userId }) => mayAuthorize(state, use, userId));
  return joinMrkdwn([self, ...others.map(answerLine)], " ");
}

function oneLine(use: LeverUse, person: Authorization): Mrkdwn {
  const name = mention(person.userId);
  return {
    claimed: mrkdwn`${mention(use.recorder)} says that ${who(person)} authorized it. Claimed until ${name} confirms.`,
    confirmed: mrkdwn`Authorized and confirmed by ${who(person)}.`,
    declined: mrkdwn`${who(person)} says that they did not authorize it.`,
  }[person.state];
}

function answerLine({ userId, state }: Authorization): Mrkdwn {
  const name = mention(userId);
  return {
    claimed: mrkdwn`Claimed until ${name} confirms.`,
    confirmed: mrkdwn`${name} has confirmed.`,
    declined: mrkdwn`${name} says that they did not.`,
  }[state];
}

/** "@ada (safety)", or the name alone where nobody said in which capacity. */
function who({ userId, capacity }: Authorization): Mrkdwn {
  return capacity === null
    ? mention(userId)
    : mrkdwn`${mention(userId)} (${capacities[capacity].toLowerCase()})`;
}

/** Whether the signal moved, who saw it, and when. */
export function harmLine(use: LeverUse): Mrkdwn {
  if (use.hasHarmMoved === null) return mrkdwn`Nobody has said yet whether it moved.`;
  const seen = use.hasHarmMoved ? "It moved" : "It did not move";
  const by = use.harmSeenBy === null ? mrkdwn`` : mrkdwn`, says ${mention(use.harmSeenBy)}`;
  const at = use.harmSeenAt === null ? mrkdwn`` : mrkdwn`, ${dateTime(use.harmSeenAt)}`;
  return mrkdwn`${seen}${by}${at}.`;
}

/** That the condition for taking it back has come, who says so, and what to do. */
export function conditionLine(use: LeverUse): Mrkdwn {
  const by = use.conditionMetBy === null ? mrkdwn`` : mrkdwn`, says ${mention(use.conditionMetBy)}`;
  const at = use.conditionMetAt === null ? mrkdwn`` : mrkdwn`, ${dateTime(use.conditionMetAt)}`;
  return mrkdwn`The condition for taking it back has come${by}${at}: take it back, or keep it and say why.`;
}
