import { err, ok, type Result } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type { IncidentState, LeverUse } from "./incident.ts";
import type { StabilizeInput } from "./inputs.ts";
import { isLayerId, type LayerId } from "./layers/index.ts";
import { levers } from "./lever.ts";
import { leverWords } from "./lever-use.ts";
import { phaseAfter, refuseIfOver } from "./lifecycle.ts";
import { nextNumber } from "./next-number.ts";
import type { Person } from "./person.ts";
import { mustBeAbleTo } from "./policy.ts";
import type { Rejection } from "./rejection.ts";

/** What is known of the authorizer beyond the form. */
interface AuthorizerBasis {
  /** Undefined where we do not know them: they are taken at the recorder's word. */
  authorizer: Person | undefined;
}

/** Records a lever as in force (B6). It says "claimed" until the authorizer confirms; the wait delays nothing. */
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
    wrongField(state, input, layer, by) ??
    mustBeAbleTo("confirm it", basis.authorizer, "authorizer");
  if (rejection) return err(rejection);

  const use: LeverUse = {
    number: nextNumber(state.levers),
    lever: input.lever,
    ownWords: input.ownWords,
    layer: layer as LayerId,
    authorizer: input.authorizer,
    recorder: by.userId,
    tradeoff: input.tradeoff,
    revertCondition: input.revertCondition,
    scope: input.scope,
    savedFirst: input.savedFirst,
    state: "claimed",
    startedAt: by.now,
    answeredAt: null,
    endedAt: null,
    endedHow: null,
    endedBy: null,
    endedWhy: null,
  };
  const { number: leverNumber, authorizer, tradeoff } = use;
  const invite: Effect[] = state.memberIds.includes(authorizer)
    ? []
    : [{ name: "invite-people", incidentId: incident.id, userIds: [authorizer] }];
  return ok({
    changes: {
      incident: { phase: phaseAfter(incident.phase, "stabilizing") },
      levers: [use],
    },
    timeline: [
      {
        lane: "stabilization",
        kind: "lever_recorded",
        happenedAt: by.now,
        actor: by.userId,
        data: {
          lever: leverNumber,
          leverId: use.lever,
          what: leverWords(use),
          authorizer,
          tradeoff,
        },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "lever", leverNumber }),
      ...invite,
      postMessage(incident.id, { kind: "lever-dm", leverNumber, userId: authorizer }),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `Recorded “${leverWords(use)}” as in force. It says “claimed” until its authorizer confirms it.`,
      incidentId: incident.id,
    },
  });
}

/** The lever's own layer; for "other", the one that the recorder named. */
function layerOf(input: StabilizeInput): LayerId | null {
  return (
    (Object.hasOwn(levers, input.lever) ? levers[input.lever].layer : undefined) ?? input.layer
  );
}

function wrongField(
  state: IncidentState,
  input: StabilizeInput,
  layer: LayerId | null,
  by: By,
): Rejection | undefined {
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
  const { severity } = state.incident;
  if (input.authorizer === by.userId && (severity === "SEV1" || severity === "SEV2")) {
    return badField(
      "authorizer",
      `At ${severity} somebody other than you has to authorize a lever. Name the person who did.`,
    );
  }
  return undefined;
}

function badField(field: string, message: string): Rejection {
  return { code: "bad_field", field, message };
}
