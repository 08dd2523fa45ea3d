import { isJson, objectsOf } from "#sandbox/json.ts";
import type { OfferedOptions, SandboxControl } from "#sandbox/protocol.ts";
import { checkOfferedOptions } from "#sandbox/validator/check.ts";
import { isExternal } from "./elements.ts";
import { findAction, suggestionPayload } from "./payloads.ts";
import { whoActs } from "./sight.ts";
import { recordProblems, type Slack } from "./slack.ts";

/** Slack asks the app from so many characters on, where the element says nothing. */
const usualMinQuery = 3;
/** What Slack shows in the list where the app does not answer (well). */
const failure = "Something went wrong, please try again.";

/** Types into an external_select of the form on top, and keeps what it offers, so that it can be chosen. */
export async function askForOptions(
  slack: Slack,
  input: Parameters<SandboxControl["options"]>[0],
): Promise<OfferedOptions> {
  const user = whoActs(slack.workspace, input.userId);
  const record = slack.views.top(user.id);
  if (record?.id !== input.viewId) {
    throw new Error(`${user.id} does not have the form ${input.viewId} on top`);
  }
  const found = findAction(record.view["blocks"], input.actionId, input.blockId);
  if (!found || !isExternal(found.element)) {
    throw new Error(`there is no external_select "${input.actionId}" in "${input.blockId}"`);
  }
  const least = Number(found.element["min_query_length"] ?? usualMinQuery);
  if (input.query.length < least) throw new Error(`Slack asks from ${least} characters on`);
  const start = performance.now();
  const payload = suggestionPayload(slack, record, input);
  const delivered = await slack.link.send({ type: "interactive", payload });
  const ms = Math.round(performance.now() - start);
  if (delivered.kind === "timeout") return { status: "timeout", ms, error: failure, options: [] };
  const isWell = delivered.kind === "answered" && delivered.status >= 200 && delivered.status < 300;
  const problems = isWell ? checkOfferedOptions(delivered.body) : [];
  recordProblems(slack, "block_suggestion ack", problems);
  if (!isWell || problems.length > 0) return { status: "failed", ms, error: failure, options: [] };
  const body = isJson(delivered.body) ? delivered.body : {};
  const plain = objectsOf(body["options"]).map((option) => ({ option, group: undefined }));
  const grouped = objectsOf(body["option_groups"]).flatMap((group) =>
    objectsOf(group["options"]).map((option) => ({ option, group: wordsOf(group["label"]) })),
  );
  const all = [...plain, ...grouped];
  // what an earlier search offered can still be the one that is chosen
  ((record.offered[input.blockId] ??= {})[input.actionId] ??= []).push(
    ...all.map(({ option }) => option),
  );
  return {
    status: "acked",
    ms,
    options: all.map(({ option, group }) => ({
      value: String(option["value"]),
      text: wordsOf(option["text"]),
      ...(group === undefined ? {} : { group }),
    })),
  };
}

function wordsOf(text: unknown): string {
  return isJson(text) ? String(text["text"]) : "";
}
