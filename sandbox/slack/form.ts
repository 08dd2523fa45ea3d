import { isJson, type Json, objectsOf } from "#sandbox/json.ts";
import {
  clientProblem,
  elementsOf,
  type Given,
  givenState,
  isStateful,
  readState,
  withOffered,
} from "./elements.ts";
import type { ViewRecord } from "./views.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Puts a person's values into the open form and returns what Slack's client says about it, by
 * block_id; empty where the form can be sent. What was put in stays in the form either way.
 * Throws where a value is for a block that the form does not have.
 */
export function fillIn(
  workspace: Workspace,
  record: ViewRecord,
  values: Readonly<Record<string, Given>>,
): Record<string, string> {
  const fields = fieldsOf(record);
  for (const blockId of Object.keys(values)) {
    if (!fields.has(blockId)) {
      const known = [...fields.keys()].join(", ");
      throw new Error(`the form has no field "${blockId}"; it has ${known}`);
    }
  }
  const errors: Record<string, string> = {};
  for (const [blockId, { block, element }] of fields) {
    const problem = fillField(workspace, record, block, element, values[blockId]);
    if (problem !== undefined) errors[blockId] = problem;
  }
  return errors;
}

/**
 * Keeps what else a person has filled in so far, as Slack sends it along with a press. Nothing is
 * checked yet; what the form does not have any more, or no longer offers, is left as it is.
 */
export function keepFilledIn(record: ViewRecord, values: Readonly<Record<string, Given>>): void {
  const fields = fieldsOf(record);
  for (const [blockId, given] of Object.entries(values)) {
    const field = fields.get(blockId);
    if (field) putIn(record, field.block, field.element, given);
  }
}

/** Puts the value into the form; the problem as a sentence where there is no such choice. */
function putIn(record: ViewRecord, block: Json, element: Json, given: Given): string | undefined {
  const blockId = String(block["block_id"]);
  const actionId = String(element["action_id"]);
  const states = (record.state[blockId] ??= {});
  const offered = record.offered[blockId]?.[actionId] ?? [];
  const filled = givenState(withOffered(element, offered, states[actionId]), given);
  if ("problem" in filled) return filled.problem;
  states[actionId] = filled.state;
  return undefined;
}

function fillField(
  workspace: Workspace,
  record: ViewRecord,
  block: Json,
  element: Json,
  given: Given | undefined,
): string | undefined {
  const problem = given === undefined ? undefined : putIn(record, block, element, given);
  if (problem !== undefined) return problem;
  const state = record.state[String(block["block_id"])]?.[String(element["action_id"])];
  if (!state) return undefined;
  const unknown = [readState(state) ?? []].flat().find((id) => !isKnown(workspace, state.type, id));
  if (unknown !== undefined) return `There is no such choice: ${unknown}.`;
  const isRequired = block["type"] === "input" && block["optional"] !== true;
  return clientProblem(element, state, isRequired);
}

/** Users and channels are chosen from the workspace, files were uploaded to it. */
export function isKnown(workspace: Workspace, type: string, id: string): boolean {
  if (type === "file_input") return workspace.files.has(id);
  if (type.endsWith("users_select")) return workspace.users.has(id);
  if (/(channels|conversations)_select$/.test(type)) return workspace.channels.has(id);
  return true;
}

function fieldsOf(record: ViewRecord): Map<string, { block: Json; element: Json }> {
  const fields = new Map<string, { block: Json; element: Json }>();
  for (const block of objectsOf(record.view["blocks"])) {
    const element = isJson(block["element"])
      ? block["element"]
      : elementsOf(block).find(isStateful);
    if (element) fields.set(String(block["block_id"]), { block, element });
  }
  return fields;
}
