import { err, ok, type Result } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Changes, Decision } from "./decision.ts";
import type { Effect } from "./effect.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId, IncidentState, LeverUse } from "./incident.ts";
import { wrongReplacement } from "./lever-authority.ts";
import { leverMessages } from "./lever-messages.ts";
import { authorizationsOf, findLever, lacksAuthorizer, leverWords } from "./lever-use.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { nothingNew } from "./nothing-new.ts";
import type { Person, UserId } from "./person.ts";
import type { Rejection } from "./rejection.ts";
import { leverReminders } from "./reminders/lever-unconfirmed.ts";

/** What can be said of a lever later, in the words that stand from then on; null leaves what stands. */
export interface CompleteLeverInput {
  incidentId: IncidentId;
  leverNumber: number;
  harmSignal: string | null;
  savedFirst: string | null;
  /** Who authorized it, in place of the recorder who may not (B6). */
  authorizer: UserId | null;
}

/** What is known of who is named, beyond the form. */
export interface CompleteLeverBasis {
  /** Undefined where nobody is named, or we do not know them. */
  authorizer: Person | undefined;
}

/**
 * Names what has to move when a lever works (B5), what evidence was saved before it, and who authorized it
 * where its recorder may not (B6): what was left out at first, or has come with a graver severity.
 */
export function decideCompleteLever(
  state: IncidentState,
  input: CompleteLeverInput,
  by: By,
  basis: CompleteLeverBasis = { authorizer: undefined },
): Result<Decision, Rejection> {
  const { incident } = state;
  const over = refuseIfOver(incident);
  if (over) return err(over);
  const found = findLever(state, input.leverNumber);
  if (!found.ok) return found;
  const use = found.value;
  const wrong = wrongAuthorizer(state, use, input, basis);
  if (wrong) return err(wrong);
  const misworded = refuseWording({
    harm_signal: input.harmSignal,
    saved_first: input.savedFirst,
  });
  if (misworded) return err(misworded);

  const harmSignal = input.harmSignal ?? use.harmSignal;
  const savedFirst = input.savedFirst ?? use.savedFirst;
  const isSame = harmSignal === use.harmSignal && savedFirst === use.savedFirst;
  if (isSame && input.authorizer === null) return ok(nothingNew(state));
  const completed: LeverUse = {
    ...(input.authorizer === null ? use : authorizedBy(use, input.authorizer)),
    savedFirst,
    // what was seen of another signal says nothing of this one
    ...(harmSignal === use.harmSignal
      ? {}
      : { harmSignal, hasHarmMoved: null, harmSeenAt: null, harmSeenBy: null }),
  };
  const named = namingEffects(state, use, completed, by);
  return ok({
    changes: { levers: [completed], ...named.changes },
    timeline: [
      {
        lane: "stabilization",
        kind: "details_changed",
        happenedAt: by.now,
        actor: by.userId,
        data: {
          lever: use.number,
          what: leverWords(use),
          harmSignal,
          savedFirst,
          ...(input.authorizer === null ? {} : { authorizer: input.authorizer }),
        },
      },
    ],
    effects: [...named.effects, ...leverMessages(state, completed), updatePanel(incident.id)],
    outcome: {
      sentence: `Recorded for “${leverWords(use)}”.`,
      incidentId: incident.id,
    },
  });
}

function wrongAuthorizer(
  state: IncidentState,
  use: LeverUse,
  { authorizer }: CompleteLeverInput,
  basis: CompleteLeverBasis,
): Rejection | undefined {
  if (authorizer === null) return undefined;
  if (!lacksAuthorizer(state, use)) {
    const message =
      "Nobody else has to be named for this lever any more. Close the form and look at its message.";
    return { code: "stale", message };
  }
  return wrongReplacement(state, use, authorizer, basis.authorizer);
}

/** The lever with this person in the place of its recorder, who may not authorize it; they have said nothing yet. */
function authorizedBy(use: LeverUse, authorizer: UserId): LeverUse {
  return use.authorizer === use.recorder
    ? { ...use, authorizer, state: "claimed", answeredAt: null }
    : { ...use, secondAuthorizer: authorizer, secondState: "claimed", secondAnsweredAt: null };
}

/** Who is named is invited, and asked as everybody who is; who stood there before sees that they are not any more. */
function namingEffects(
  { incident, memberIds }: IncidentState,
  before: LeverUse,
  after: LeverUse,
  by: By,
): { changes: Pick<Changes, "reminders">; effects: Effect[] } {
  const people = (use: LeverUse) => authorizationsOf(use).map(({ userId }) => userId);
  const added = people(after).filter((userId) => !people(before).includes(userId));
  if (added.length === 0) return { changes: {}, effects: [] };
  const gone = people(before).filter((userId) => !people(after).includes(userId));
  const strangers = added.filter((userId) => !memberIds.includes(userId));
  const { id, severity } = incident;
  const leverNumber = after.number;
  return {
    changes: {
      reminders: leverReminders(severity, after, by.now).filter(
        ({ about }) => "userId" in about && added.includes(about.userId),
      ),
    },
    effects: [
      ...(strangers.length === 0
        ? []
        : [{ name: "invite-people", incidentId: id, userIds: strangers } as const]),
      ...gone.flatMap((userId) => [
        postMessage(id, { kind: "lever-dm", leverNumber, userId }),
        postMessage(id, { kind: "lever-reminder", leverNumber, userId }),
      ]),
      postMessage(id, { kind: "lever-late", leverNumber }),
    ],
  };
}
