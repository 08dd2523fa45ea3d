import { err, ok, type Result } from "#src/lib/result.ts";
import { type OwnerBasis, refuseAction, weaknessesOf } from "./action-checks.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Decision } from "./decision.ts";
import { refuseWording } from "./free-text.ts";
import type { CorrectiveAction, IncidentId, IncidentState } from "./incident.ts";
import { correctionEntry, refuseCorrection } from "./learning-item.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { mergeFields, refuseContested, type Shown } from "./meanwhile.ts";
import { nothingNew } from "./nothing-new.ts";
import type { UserId } from "./person.ts";
import type { Rejection } from "./rejection.ts";

export interface CorrectActionInput {
  incidentId: IncidentId;
  number: number;
  owner: UserId;
  ownerLogin: string | null;
  /** A day, `yyyy-MM-dd`. */
  dueOn: string;
  criterion: string;
  enforcement: string | null;
  verification: string | null;
  shown?: Shown;
}

/** What the form of an action shows and corrects. */
type ActionFields = Pick<
  CorrectiveAction,
  "owner" | "dueOn" | "criterion" | "enforcement" | "verification"
>;

/** These fields of an action or of what was filled in. */
export function actionFields(of: ActionFields): ActionFields {
  const { owner, dueOn, criterion, enforcement, verification } = of;
  return { owner, dueOn, criterion, enforcement, verification };
}

/** Who owns the action once the form is taken: what its sender left as it was shown stays as it stands. */
export function ownerAfter({ actions }: IncidentState, input: CorrectActionInput): UserId {
  const standing = actions.find(({ number }) => number === input.number);
  if (!standing) return input.owner;
  return mergeFields(input.shown, actionFields(input), actionFields(standing)).merged.owner;
}

/** Puts an action right that is not filed yet, by the same rules as a new one; once it is filed, its issue is the place. */
export function decideCorrectAction(
  state: IncidentState,
  input: CorrectActionInput,
  by: By,
  basis: OwnerBasis,
): Result<Decision, Rejection> {
  const { incidentId, number } = input;
  const standing = state.actions.find((one) => one.number === number);
  const recorder = standing?.owner === by.userId ? by.userId : standing?.recorder;
  const missing =
    refuseIfOver(state.incident) ??
    refuseCorrection(state, { number, standing, recorder, what: "action" }, by);
  if (missing || !standing) return err(missing ?? gone);
  if (standing.issueNumber !== null) return err(isFiled(standing));

  const { merged, contested } = mergeFields(
    input.shown,
    actionFields(input),
    actionFields(standing),
  );
  // a login that was typed is of the owner whom the form showed
  const isOfAnother = input.ownerLogin !== null && merged.owner !== input.owner;
  const overtaken = refuseContested(
    isOfAnother ? [...contested, "owner"] : contested,
    actionFields(standing),
    (field) => `${whatIs[field]} is ${wordsOf(standing, field)} now`,
  );
  if (overtaken) return err(overtaken);
  const isSameOwner = standing.owner === merged.owner;
  const ownerLogin =
    input.ownerLogin ?? basis.knownLogin ?? (isSameOwner ? standing.ownerLogin : null);
  const draft = { ...standing, ...merged, ownerLogin };
  const rejection =
    refuseAction(state, draft, by, basis) ??
    refuseWording({
      criterion: merged.criterion,
      enforcement: merged.enforcement,
      verification: merged.verification,
    });
  if (rejection) return err(rejection);
  const news = whatIsNew(standing, draft);
  if (news.length === 0) return ok(nothingNew(state));
  const weaknesses = weaknessesOf(state, draft);
  return ok({
    changes: { actions: [{ ...draft, weakRules: weaknesses.map(({ rule }) => rule) }] },
    timeline: [correctionEntry(`AC${number}`, news.join("; "), by)],
    effects: [
      postMessage(incidentId, { kind: "action", actionNumber: number }),
      updatePanel(incidentId),
    ],
    outcome: {
      sentence: `Corrected action ${number}.`,
      incidentId,
      ...(weaknesses.length > 0
        ? { isShown: true, marks: weaknesses.map(({ rule: _rule, ...mark }) => mark) }
        : {}),
    },
  });
}

const whatIs: Record<keyof ActionFields, string> = {
  owner: "the owner",
  dueOn: "the day",
  criterion: "“Done when”",
  enforcement: "what enforces it",
  verification: "what verifies it",
};

function wordsOf(action: CorrectiveAction, field: keyof ActionFields): string {
  if (field === "owner") return "somebody else";
  return `“${action[field] ?? "nothing"}”`;
}

const gone: Rejection = {
  code: "not_found",
  message: "There is no such action in this incident. Open the list of actions again.",
};

function isFiled({ number, issueNumber }: CorrectiveAction): Rejection {
  return {
    code: "stale",
    message: `Action ${number} is filed as issue ${issueNumber ?? ""} already. Correct it there.`,
  };
}

/** "due on 2026-03-30, before 2026-03-23": what reads differently now. */
function whatIsNew(before: CorrectiveAction, after: CorrectiveAction): string[] {
  const told: [string, string | null, string | null][] = [
    ["due on", before.dueOn, after.dueOn],
    ["done when", before.criterion, after.criterion],
    ["enforced by", before.enforcement, after.enforcement],
    ["verified by", before.verification, after.verification],
  ];
  const changed = told.filter(([, was, is]) => was !== is);
  const words = [
    // who it is stands in the action's message and in its issue
    ...(before.owner === after.owner ? [] : ["owned by somebody else"]),
    ...changed.map(([what, was, is]) =>
      is === null ? `no longer ${what} “${was ?? ""}”` : `${what} ${is}`,
    ),
  ];
  // a login alone is told too, or nothing would follow from it
  return words.length === 0 && before.ownerLogin !== after.ownerLogin
    ? [`assigned to ${after.ownerLogin ?? "nobody"} on GitHub`]
    : words;
}
