import { isTestable, rejectedPhrase } from "./action-wording.ts";

/** What the rules look at; an empty text where a field was left blank. */
export interface ActionDraft {
  title: string;
  owner: string;
  dueOn: string;
  criterion: string;
}

/** One fault of a corrective action, at the field where it is mended. */
interface FieldRefusal {
  field: "title" | "owner" | "due_on" | "criterion";
  rule: "Q0" | "Q1" | "Q2";
  /** One sentence that says what to do, and ends in the rule in brackets. */
  message: string;
}

/**
 * B10 Q0 to Q2: what is missing before a corrective action is accepted, in the order of the form and
 * of the rules; empty where it may be filed. A rejected phrase in the title is reported at the
 * criterion too: a testable criterion is its remedy.
 */
export function checkAction(draft: ActionDraft): FieldRefusal[] {
  return [...requiredFields(draft), ...testableCriterion(draft), ...rejectedPhrases(draft)];
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

/** Q1: somebody else can test the criterion: something to look at, and what has to hold of it. */
function testableCriterion({ criterion }: ActionDraft): FieldRefusal[] {
  if (isBlank(criterion) || isTestable(criterion)) return [];
  const message =
    "Name something that anyone can look at and what has to hold of it, for example “the CI job fails when the pass rate is below 0.95”.";
  return [{ field: "criterion", rule: "Q1", message }];
}

/** Q2: no phrase that promises care instead of a change; "investigate" only towards a decision on a day, by one owner. */
function rejectedPhrases(draft: ActionDraft): FieldRefusal[] {
  const phrase = rejectedPhrase(draft.title) ?? rejectedPhrase(draft.criterion);
  if (phrase) {
    const message = `“${phrase}” cannot be checked: say what will hold by itself, without anybody remembering to.`;
    return [{ field: "criterion", rule: "Q2", message }];
  }
  const investigates = /\binvestigat/i.test(`${draft.title} ${draft.criterion}`);
  if (!investigates || decidesByDay(draft)) return [];
  const message =
    "To investigate is accepted with one owner and a decision by a day: write which decision is recorded where, and by when.";
  return [{ field: "criterion", rule: "Q2", message }];
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
