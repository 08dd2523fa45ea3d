import { err, ok, type Result } from "#src/lib/result.ts";
import { updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import type { Effect } from "./effect.ts";
import { refuseWording } from "./free-text.ts";
import { type IncidentState, leverExtrasNotYet, type LeverUse } from "./incident.ts";
import type { StabilizeInput } from "./inputs.ts";
import { isLayerId, type LayerId } from "./layers/index.ts";
import { levers } from "./lever.ts";
import { type AuthorizerBasis, wrongAuthority } from "./lever-authority.ts";
import { leverMessages } from "./lever-messages.ts";
import { authorizationsOf, leverWords } from "./lever-use.ts";
import { phaseAfter, refuseIfOver } from "./lifecycle.ts";
import { nextNumber } from "./next-number.ts";
import type { Rejection } from "./rejection.ts";
import { leverReminders } from "./reminders/lever-unconfirmed.ts";

/** Records a lever as in force (B6). It says "claimed" until who authorized it confirms; the wait delays nothing. */
export function decideStabilize(
  state: IncidentState,
  input: StabilizeInput,
  by: By,
  basis: AuthorizerBasis,
): Result<Decision, Rejection> {
  const { incident } = state;
  const layer = layerOf(input);
  const rejection =
    refuseIfOver(incident) ??
    wrongField(input, layer) ??
    wrongAuthority(state, input, by.userId, basis) ??
    refuseWording({
      own_words: input.ownWords,
      tradeoff: input.tradeoff,
      revert_condition: input.revertCondition,
      harm_signal: input.harmSignal,
      no_second_why: input.noSecondWhy,
      scope: input.scope,
      saved_first: input.savedFirst,
    });
  if (rejection) return err(rejection);

  const use = leverUseOf(state, input, layer as LayerId, by);
  const named = authorizationsOf(use).map(({ userId }) => userId);
  const outside = named.filter((userId) => !state.memberIds.includes(userId));
  const invite: Effect[] =
    outside.length === 0
      ? []
      : [{ name: "invite-people", incidentId: incident.id, userIds: outside }];
  const [channelMessage, ...asked] = leverMessages(state, use);
  return ok({
    changes: {
      incident: {
        phase: phaseAfter(incident.phase, "stabilizing"),
        // there was one, after all
        noLeverNeededWhy: null,
      },
      levers: [use],
      reminders: leverReminders(incident.severity, use, by.now),
    },
    timeline: [
      {
        lane: "stabilization",
        kind: "lever_recorded",
        happenedAt: by.now,
        actor: by.userId,
        data: {
          lever: use.number,
          leverId: use.lever,
          what: leverWords(use),
          authorizer: use.authorizer,
          secondAuthorizer: use.secondAuthorizer,
          noSecondWhy: use.noSecondWhy,
          tradeoff: use.tradeoff,
        },
      },
    ],
    effects: [channelMessage!, ...invite, ...asked, updatePanel(incident.id)],
    outcome: {
      sentence: `Recorded “${leverWords(use)}” as in force. It says “claimed” until ${whoConfirms(use)}.`,
      incidentId: incident.id,
    },
  });
}

function leverUseOf(state: IncidentState, input: StabilizeInput, layer: LayerId, by: By): LeverUse {
  const { incidentId: _, ...said } = input;
  return {
    ...leverExtrasNotYet,
    ...said,
    number: nextNumber(state.levers),
    layer,
    recorder: by.userId,
    secondState: input.secondAuthorizer === null ? null : "claimed",
    // a reason why there is no second says nothing where there is one
    noSecondWhy: input.secondAuthorizer === null ? input.noSecondWhy : null,
    state: "claimed",
    startedAt: by.now,
    answeredAt: null,
    endedAt: null,
    endedHow: null,
    endedBy: null,
    endedWhy: null,
  };
}

function whoConfirms(use: LeverUse): string {
  return use.secondAuthorizer === null
    ? "its authorizer confirms it"
    : "both authorizers confirm it";
}

/** The lever's own layer; for "other", the one that the recorder named. */
function layerOf(input: StabilizeInput): LayerId | null {
  return (
    (Object.hasOwn(levers, input.lever) ? levers[input.lever].layer : undefined) ?? input.layer
  );
}

function wrongField(input: StabilizeInput, layer: LayerId | null): Rejection | undefined {
  if (!Object.hasOwn(levers, input.lever)) {
    return { code: "not_found", message: "There is no such lever. Choose one from the list." };
  }
  if (input.lever === "other" && !input.ownWords?.trim()) {
    return badField("own_words", "Say in your own words what was done.");
  }
  if (layer === null) return badField("layer", "Choose the layer that this changes.");
  if (!isLayerId(layer)) {
    return { code: "not_found", message: "There is no such layer. Choose one from the list." };
  }
  return undefined;
}

function badField(field: string, message: string): Rejection {
  return { code: "bad_field", field, message };
}
