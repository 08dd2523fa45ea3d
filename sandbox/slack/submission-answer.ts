import { isJson, type Json } from "#sandbox/json.ts";
import { checkFieldErrors, checkView } from "#sandbox/validator/check.ts";
import { type Outcome, trouble } from "./interaction.ts";
import { recordProblems, type Slack } from "./slack.ts";
import type { ViewRecord } from "./views.ts";

/** How the acknowledgement of a view_submission is named in the record of faults. */
const method = "view_submission ack";

/**
 * Does what the answer to a view_submission says: nothing closes the form on top, `response_action`
 * shows errors, or updates, pushes or clears. https://docs.slack.dev/surfaces/modals
 */
export function takeSubmissionAnswer(slack: Slack, record: ViewRecord, body: unknown): Outcome {
  if (body === undefined || (isJson(body) && Object.keys(body).length === 0)) {
    slack.views.close(record);
    return {};
  }
  // sent from two windows at once: the first answer has taken it away already
  if (slack.views.find(record.id) === undefined) return {};
  const action = isJson(body) ? body["response_action"] : undefined;
  if (!isJson(body) || typeof action !== "string" || !Object.hasOwn(actions, action)) {
    return fail(slack, ["/response_action: not one of errors, update, push, clear"]);
  }
  return actions[action as keyof typeof actions](slack, record, body);
}

const actions = {
  errors(slack: Slack, record: ViewRecord, body: Json): Outcome {
    const problems = checkFieldErrors(body["errors"], record.view);
    if (problems.length > 0) return fail(slack, problems);
    return { fieldErrors: body["errors"] as Record<string, string> };
  },
  update(slack: Slack, record: ViewRecord, body: Json): Outcome {
    const { problems, error } = checkView(body["view"]);
    if (error !== undefined) return fail(slack, problems);
    slack.views.update(record, body["view"] as Json);
    return {};
  },
  push(slack: Slack, record: ViewRecord, body: Json): Outcome {
    const { problems, error } = checkView(body["view"]);
    if (error !== undefined) return fail(slack, problems);
    const pushed = slack.views.push(record.userId, body["view"] as Json);
    return pushed ? {} : fail(slack, ["/view: three forms are open already"]);
  },
  clear(slack: Slack, record: ViewRecord): Outcome {
    slack.views.clear(record.userId);
    return {};
  },
};

function fail(slack: Slack, problems: string[]): Outcome {
  recordProblems(slack, method, problems);
  return { error: trouble };
}
