import { checkAction } from "./action-quality.ts";
import { isDay, isDayOver } from "./day.ts";
import type { By } from "./decider.ts";
import type { Mark } from "./decision.ts";
import { failureTypeOf } from "./failure-type.ts";
import type { CorrectiveAction, IncidentState } from "./incident.ts";
import type { Person } from "./person.ts";
import { mustBeAbleTo } from "./policy.ts";
import type { Rejection } from "./rejection.ts";

/** What is known of an action's owner beyond the form. */
export interface OwnerBasis {
  /** The owner, as far as we know them. */
  owner: Person | undefined;
  /** The GitHub login of the owner, remembered or typed in; null where nobody told us. */
  knownLogin: string | null;
  /** Where no issue can be filed no login is asked: the action is kept in the incident's record. */
  isGitHubConfigured: boolean;
}

/** What the rules of B10 look at in an action. */
type Draft = Pick<
  CorrectiveAction,
  | "title"
  | "owner"
  | "ownerLogin"
  | "dueOn"
  | "criterion"
  | "layer"
  | "constraintKind"
  | "enforcement"
  | "verification"
  | "addresses"
>;

/** Why an action cannot be recorded like this, at its field: an owner who cannot take it on, Q0 to Q2, a day that is over, no login. */
export function refuseAction(
  state: IncidentState,
  draft: Draft,
  by: By,
  basis: OwnerBasis,
): Rejection | undefined {
  return (
    mustBeAbleTo("take it on", basis.owner, "owner") ??
    poorQuality(state, draft) ??
    wrongDay(draft.dueOn, by) ??
    (draft.ownerLogin === null && basis.isGitHubConfigured ? unknownLogin : undefined)
  );
}

/** Q3, Q5: what makes an action weak, as marks; it is recorded all the same. */
export function weaknessesOf(state: IncidentState, draft: Draft): (Mark & { rule: string })[] {
  return qualityOf(state, draft).weaknesses.map(({ rule, field, message }) => ({
    rule,
    id: `flag:${rule}:${field}`,
    sentence: message,
  }));
}

/** The rules that find an action weak, as it was recorded and as the incident stands today: Q5 follows what broke first. */
export function weakRulesOf(state: IncidentState, action: CorrectiveAction): string[] {
  const now = weaknessesOf(state, action).map(({ rule }) => rule);
  return [...new Set([...action.weakRules, ...now])].toSorted();
}

const unknownLogin: Rejection = {
  code: "bad_field",
  field: "owner_login",
  message: "I do not know this person's GitHub login yet. Type it once.",
};

/** All that the first wrong field has wrong: a form shows one error a field. */
function poorQuality(state: IncidentState, draft: Draft): Rejection | undefined {
  const found = qualityOf(state, draft).refusals;
  const [first] = found;
  if (!first) return undefined;
  const atField = found.filter((one) => one.field === first.field);
  const sentences = atField.map(({ message }) => message);
  // a field error ends in its rules, the last one last (ARCHITECTURE.md, "What programs may read")
  const rules = atField.map(({ rule }) => `[${rule}]`);
  return { code: "bad_field", field: first.field, message: [...sentences, ...rules].join(" ") };
}

function qualityOf(state: IncidentState, draft: Draft): ReturnType<typeof checkAction> {
  return checkAction({ ...draft, failureType: failureTypeOf(state, draft.addresses) });
}

/** A day that the calendar does not have, or that is over wherever its owner may be, is refused. */
function wrongDay(dueOn: string, { now }: By): Rejection | undefined {
  if (isDay(dueOn) && !isDayOver(dueOn, now)) return undefined;
  const message = "This day is over. Choose today or a later day.";
  return { code: "bad_field", field: "due_on", message };
}
