import { misfit } from "./action-fit.ts";
import { isMechanism, isTestable, rejectedPhrase } from "./action-wording.ts";
import type { FailureType } from "./vocabulary.ts";
import type { LayerId } from "./layers/index.ts";
import type { ConstraintKind } from "./vocabulary.ts";

/** What the rules look at; an empty text where a field was left blank. */
export interface ActionDraft {
  title: string;
  owner: string;
  /** A day, `yyyy-MM-dd`. */
  dueOn: string;
  criterion: string;
  layer: LayerId;
  constraintKind: ConstraintKind | null;
  enforcement: string | null;
  verification: string | null;
  /** What kind of failure it answers (B12); null where nothing is named as having broken first. */
  failureType: FailureType | null;
}

/** Something a corrective action cannot be recorded with, at the field where it is mended. */
export interface FieldRefusal {
  field: "title" | "owner" | "due_on" | "criterion";
  rule: "Q0" | "Q1" | "Q2";
  /** One sentence that says what to do. */
  message: string;
}

/** Something that makes a corrective action weak; it is recorded, and asked about (B10 Q0). */
export interface Weakness {
  field: "title" | "enforcement";
  rule: "Q3" | "Q5";
  /** One sentence that says why, and what would make it strong. */
  message: string;
}

/**
 * B10 Q0 to Q3 and Q5: what is missing before a corrective action is accepted, in the order of the form
 * and of the rules, and what makes an accepted one weak. What is refused is not weighed yet. A rejected
 * phrase in the title is reported at the criterion too: a testable criterion is its remedy.
 */
export function checkAction(draft: ActionDraft): {
  refusals: FieldRefusal[];
  weaknesses: Weakness[];
} {
  const refusals = [
    ...requiredFields(draft),
    ...testableCriterion(draft),
    ...rejectedPhrases(draft),
  ];
  if (refusals.length > 0) return { refusals, weaknesses: [] };
  return { refusals, weaknesses: [...enforcingMechanism(draft), ...fittingRemedy(draft)] };
}

/** Q0: title, one owner, a day and a criterion are there. */
function requiredFields({ title, owner, dueOn, criterion }: ActionDraft): FieldRefusal[] {
  const faults: FieldRefusal[] = [];
  const report = (field: FieldRefusal["field"], sentence: string): void => {
    faults.push({ field, rule: "Q0", message: sentence });
  };
  if (isBlank(title)) report("title", "Say what will be different.");
  if (!isOnePerson(owner)) report("owner", "Name one person who owns it, not a team and not two.");
  if (isBlank(dueOn)) report("due_on", "Choose the day by which it is done.");
  if (isBlank(criterion)) report("criterion", "Say how somebody else can tell that it is done.");
  return faults;
}

/** Q1: a good criterion in each layer: something to look at, and what has to hold of it. */
export const goodCriterion: Readonly<Record<LayerId, string>> = {
  model: "the CI job eval-prod fails when the pass rate is below 0.95",
  retrieval_data: "the alert test fires when the newest document is older than 24 h",
  prompt_policy: "a prompt change without a green evaluation run cannot be merged",
  orchestration_tools: "the permission test is denied in 5 of 5 runs",
  integration_ui: "the end-to-end test finds a date on 50 of 50 citations",
  infrastructure: "the canary stops at 1 % failures in one pool, shown by the injected-fault test",
};

/** Q1: somebody else can test the criterion: something to look at, and what has to hold of it. */
function testableCriterion({ criterion, layer }: ActionDraft): FieldRefusal[] {
  if (isBlank(criterion) || isTestable(criterion)) return [];
  const message = `Name something that anyone can look at and what has to hold of it, for example “${goodCriterion[layer]}”.`;
  return [{ field: "criterion", rule: "Q1", message }];
}

/** Q2: no phrase that promises care instead of a change; "investigate" only towards a decision on a day, by one owner. */
function rejectedPhrases(draft: ActionDraft): FieldRefusal[] {
  const phrase = rejectedPhrase(draft.title) ?? rejectedPhrase(draft.criterion);
  if (phrase) {
    const message = `“${phrase}” cannot be checked: say what will hold by itself, without anybody remembering to.`;
    return [{ field: "criterion", rule: "Q2", message }];
  }
  if (!isInvestigation(draft) || decidesByDay(draft)) return [];
  const message =
    "To investigate is accepted with one owner and a decision by a day: write which decision is recorded where, and by when.";
  return [{ field: "criterion", rule: "Q2", message }];
}

/** Q3: something makes it hold, a gate, a branch rule or a permission; to investigate needs nothing. */
function enforcingMechanism(draft: ActionDraft): Weakness[] {
  if (isInvestigation(draft) || isMechanism(draft.enforcement ?? "")) return [];
  const message =
    "Nothing makes this hold yet: name the gate, the branch rule, the permission or the job that enforces it.";
  return [{ field: "enforcement", rule: "Q3", message }];
}

/** Q5: the remedy fits what failed; a change of the prompt does not mend data. */
function fittingRemedy({ title, failureType }: ActionDraft): Weakness[] {
  const message = misfit(title, failureType);
  return message === undefined ? [] : [{ field: "title", rule: "Q5", message }];
}

function isInvestigation({ title, criterion }: ActionDraft): boolean {
  return /\binvestigat/i.test(`${title} ${criterion}`);
}

/** The due date is the decision's day, where the criterion is a decision. */
function decidesByDay({ owner, dueOn, criterion }: ActionDraft): boolean {
  return isOnePerson(owner) && !isBlank(dueOn) && /\bdeci(?:sion|ded?)\b/i.test(criterion);
}

/** One name or id without spaces: "platform team" and "U1, U2" are not one person. */
function isOnePerson(owner: string): boolean {
  return /^[^\s,;/&+]+$/.test(owner.trim());
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}
