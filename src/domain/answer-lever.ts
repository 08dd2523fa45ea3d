import { err, ok } from "#src/lib/result.ts";
import { updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { LeverUse } from "./incident.ts";
import type { AnswerLeverInput } from "./inputs.ts";
import { leverMessages } from "./lever-messages.ts";
import { authorizationsOf, findLever, leverWords, mayAuthorize } from "./lever-use.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { mayAnswerLever } from "./policy.ts";

/**
 * Each person who is named as authorizer confirms or declines for themselves, once (B6). A declined
 * lever stays in force until it is taken back: saying no changes nothing in the product.
 */
export const decideAnswerLever: Decider<AnswerLeverInput> = (state, input, by) => {
  const { incident } = state;
  // a button is pressed without a form: there is nothing to copy
  const over = refuseIfOver(incident, "Say in its channel whether you authorized this.");
  if (over) return err(over);
  const found = findLever(state, input.leverNumber);
  if (!found.ok) return found;
  const use = found.value;
  const denied = mayAnswerLever(use, by.userId);
  if (denied) return err(denied);
  const what = leverWords(use);
  const own = authorizationsOf(use).find(({ userId }) => userId === by.userId);
  if (own && own.state !== "claimed") {
    return err({ code: "stale", message: `You ${own.state} “${what}” already. That stands.` });
  }
  if (input.isConfirmed && !mayAuthorize(state, use, by.userId)) {
    return err({
      code: "not_allowed",
      message: `At ${incident.severity} somebody other than you has to authorize “${what}”, which you recorded. Press “Add what is missing” under its message in the channel and name who did.`,
    });
  }

  const said = input.isConfirmed ? "confirmed" : "declined";
  const answered: LeverUse =
    use.authorizer === by.userId
      ? { ...use, state: said, answeredAt: by.now }
      : { ...use, secondState: said, secondAnsweredAt: by.now };
  const stillInForce =
    use.endedAt === null ? " It stays in force until somebody takes it back." : "";
  return ok({
    changes: { levers: [answered] },
    timeline: [
      {
        lane: "stabilization",
        kind: input.isConfirmed ? "lever_confirmed" : "lever_declined",
        happenedAt: by.now,
        actor: by.userId,
        data: { lever: use.number, what },
      },
    ],
    effects: [...leverMessages(state, answered), updatePanel(incident.id)],
    outcome: {
      sentence: input.isConfirmed
        ? `Recorded that you authorized “${what}”.`
        : `Recorded that you did not authorize “${what}”.${stillInForce}`,
      incidentId: incident.id,
    },
  });
};
