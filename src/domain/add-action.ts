import { isValid, parseISO } from "date-fns";
import { err, ok, type Result } from "#src/lib/result.ts";
import { checkAction } from "./action-quality.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import type { CorrectiveAction, IncidentState } from "./incident.ts";
import type { AddActionInput } from "./inputs.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { nextNumber } from "./next-number.ts";
import type { Person } from "./person.ts";
import { mustBeAbleTo } from "./policy.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";

/** What is known of the owner beyond the form. */
export interface OwnerBasis {
  /** The owner, as far as we know them. */
  owner: Person | undefined;
  /** The GitHub login of the owner, remembered or typed in; null where nobody told us. */
  knownLogin: string | null;
  /** Where no issue can be filed no login is asked: the action is kept in the incident's record. */
  isGitHubConfigured: boolean;
}

/** Records a corrective action and has it filed; refused at the field where Q0 to Q2 (B10) find something missing. */
export function decideAddAction(
  state: IncidentState,
  input: AddActionInput,
  by: By,
  basis: OwnerBasis,
): Result<Decision, Rejection> {
  const { incident } = state;
  const ownerLogin = input.ownerLogin ?? basis.knownLogin;
  const rejection =
    refuseIfOver(incident) ??
    unknownReference(state, { layers: [input.layer] }) ??
    mustBeAbleTo("take it on", basis.owner, "owner") ??
    poorQuality(input) ??
    wrongDay(input.dueOn, by.now) ??
    (ownerLogin === null && basis.isGitHubConfigured ? unknownLogin : undefined);
  if (rejection) return err(rejection);

  const { title, owner, dueOn, criterion, layer, constraintKind, enforcement } = input;
  const action: CorrectiveAction = {
    number: nextNumber(state.actions),
    title,
    owner,
    ownerLogin,
    dueOn,
    criterion,
    layer,
    constraintKind,
    enforcement,
    recorder: by.userId,
    recordedAt: by.now,
    issueNumber: null,
    issueUrl: null,
  };
  const actionNumber = action.number;
  return ok({
    changes: { actions: [action] },
    timeline: [
      {
        lane: "learning",
        kind: "action_recorded",
        happenedAt: by.now,
        actor: by.userId,
        data: { action: actionNumber, title, owner, dueOn },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "action", actionNumber }),
      { name: "file-issue", incidentId: incident.id, actionNumber },
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: `Recorded action ${actionNumber}, due on ${dueOn}. ${basis.isGitHubConfigured ? "Its issue is being filed." : "It is kept in the incident's record; file it by hand for now."}`,
      incidentId: incident.id,
    },
  });
}

const unknownLogin: Rejection = {
  code: "bad_field",
  field: "owner_login",
  message: "I do not know this person's GitHub login yet. Type it once.",
};

/** All that the first wrong field has wrong: a form shows one error a field. */
function poorQuality(input: AddActionInput): Rejection | undefined {
  const found = checkAction(input);
  const [first] = found;
  if (!first) return undefined;
  const atField = found.filter((one) => one.field === first.field);
  const sentences = atField.map(({ message }) => message);
  // a field error ends in its rules, the last one last (ARCHITECTURE.md, "What programs may read")
  const rules = atField.map(({ rule }) => `[${rule}]`);
  return { code: "bad_field", field: first.field, message: [...sentences, ...rules].join(" ") };
}

/** A day before today is refused; today is told by the service's clock, in UTC. */
function wrongDay(dueOn: string, now: Date): Rejection | undefined {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(dueOn) && isValid(parseISO(dueOn));
  if (isDay && dueOn >= now.toISOString().slice(0, 10)) return undefined;
  const message = "This day is over. Choose today or a later day.";
  return { code: "bad_field", field: "due_on", message };
}
