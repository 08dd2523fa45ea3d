import { PermanentError } from "#src/lib/errors.ts";

interface Failure {
  userId: string;
  reason: string;
}
interface InviteAnswer {
  errors?: { user?: string; error?: string }[];
}

/** Words of conversations.invite that are about a person, not about the channel or the app. */
const aboutAPerson = new Set([
  "already_in_channel",
  "cant_invite",
  "cant_invite_self",
  "invitee_cant_see_channel",
  "no_user",
  "org_user_not_in_team",
  "ura_max_channels",
  "user_disabled",
  "user_is_restricted",
  "user_not_found",
]);

/** Who is in the channel already needs no invitation: the bot itself is, in a channel it made. */
const isThere = new Set(["already_in_channel", "cant_invite_self"]);

/**
 * Invites people a hundred at a time (https://docs.slack.dev/reference/methods/conversations.invite)
 * and returns who could not be invited, with Slack's word for why. `send` is one call with `force`; it
 * throws PermanentError as in `errors.ts`, which goes on where it is about the channel or the app.
 */
export async function inviteAll(
  userIds: string[],
  send: (userIds: string[]) => Promise<InviteAnswer>,
): Promise<{ failed: Failure[] }> {
  const failed: Failure[] = [];
  for (let start = 0; start < userIds.length; start += 100) {
    failed.push(...(await inviteSome(userIds.slice(start, start + 100), send)));
  }
  return { failed: failed.filter(({ reason }) => !isThere.has(reason)) };
}

async function inviteSome(
  userIds: string[],
  send: (userIds: string[]) => Promise<InviteAnswer>,
): Promise<Failure[]> {
  try {
    return failuresOf(await send(userIds));
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    const failures = failuresOf(answerIn(error));
    if (failures.length > 0) return failures;
    const [userId] = userIds;
    if (!aboutAPerson.has(error.code) || userId === undefined) throw error;
    if (userIds.length === 1) return [{ userId, reason: error.code }];
  }
  // Slack did not say about whom: one by one tells
  const each: Failure[] = [];
  for (const userId of userIds) each.push(...(await inviteSome([userId], send)));
  return each;
}

function failuresOf(answer: InviteAnswer | undefined): Failure[] {
  return (answer?.errors ?? []).flatMap(({ user, error }) =>
    user && error ? [{ userId: user, reason: error }] : [],
  );
}

/** The platform error that `errors.ts` kept as the cause carries Slack's whole answer. */
function answerIn({ cause }: PermanentError): InviteAnswer | undefined {
  return cause instanceof Error && "data" in cause ? (cause.data as InviteAnswer) : undefined;
}
