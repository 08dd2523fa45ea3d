import { err, ok, type Result } from "#src/lib/result.ts";
import { type OwnerBasis, refuseAction, weaknessesOf } from "./action-checks.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import { refuseWording } from "./free-text.ts";
import type { CorrectiveAction, IncidentState } from "./incident.ts";
import type { AddActionInput } from "./inputs.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { unknownLink } from "./links.ts";
import { nextNumber } from "./next-number.ts";
import { isTooEarly } from "./provisional.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";

/**
 * Records a corrective action, refused at the field where Q0 to Q2 (B10) find something missing, and
 * marked as weak where Q3 or Q5 do. It is filed at once, unless a layer of its strands is unexamined.
 */
export function decideAddAction(
  state: IncidentState,
  input: AddActionInput,
  by: By,
  basis: OwnerBasis,
): Result<Decision, Rejection> {
  const { incident } = state;
  const { incidentId: _incidentId, ...given } = input;
  const draft = { ...given, ownerLogin: input.ownerLogin ?? basis.knownLogin };
  const rejection =
    refuseIfOver(incident) ??
    unknownReference(state, { layers: [input.layer] }) ??
    unknownLink(state, { addresses: input.addresses }) ??
    refuseAction(state, draft, by, basis) ??
    refuseWording({
      title: input.title,
      criterion: input.criterion,
      enforcement: input.enforcement,
      verification: input.verification,
    });
  if (rejection) return err(rejection);

  const weaknesses = weaknessesOf(state, draft);
  const isProvisional = !input.isImmediateSafety && isTooEarly(state, input.addresses);
  const action: CorrectiveAction = {
    ...draft,
    number: nextNumber(state.actions),
    recorder: by.userId,
    recordedAt: by.now,
    issueNumber: null,
    issueUrl: null,
    isProvisional,
    weakRules: weaknesses.map(({ rule }) => rule),
  };
  const actionNumber = action.number;
  const { title, owner, dueOn } = action;
  return ok({
    changes: { actions: [action] },
    timeline: [
      {
        lane: "learning",
        kind: "action_recorded",
        happenedAt: by.now,
        actor: by.userId,
        data: { action: actionNumber, title, owner, dueOn, isProvisional },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "action", actionNumber }),
      ...(isProvisional
        ? []
        : [{ name: "file-issue" as const, incidentId: incident.id, actionNumber }]),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `Recorded action ${actionNumber}, due on ${dueOn}. ${whatFollows(action, basis)}`,
      incidentId: incident.id,
      ...(weaknesses.length > 0 || isProvisional ? { isShown: true } : {}),
      ...(weaknesses.length > 0
        ? { marks: weaknesses.map(({ rule: _rule, ...mark }) => mark) }
        : {}),
    },
  });
}

function whatFollows({ isProvisional }: CorrectiveAction, basis: OwnerBasis): string {
  if (isProvisional) {
    return "It is provisional, because a layer has no answer yet: it is filed as an issue by itself once every layer has one.";
  }
  return basis.isGitHubConfigured
    ? "Its issue is being filed."
    : "It is kept in the incident's record, and filed once GitHub is set up.";
}
