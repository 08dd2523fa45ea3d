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

function fillField(
  workspace: Workspace,
  record: ViewRecord,
  block: Json,
  element: Json,
  given: Given | undefined,
): string | undefined {
  const states = (record.state[String(block["block_id"])] ??= {});
  const actionId = String(element["action_id"]);
  if (given !== undefined) {
    const offered = record.offered[String(block["block_id"])]?.[actionId] ?? [];
    const filled = givenState(withOffered(element, offered, states[actionId]), given);
    if ("problem" in filled) return filled.problem;
    states[actionId] = filled.state;
  }
  const state = states[actionId];
  if (!state) return undefined;
  const unknown = [readState(state) ?? []].flat().find((id) => !isKnown(workspace, state.type, id));
  if (unknown !== undefined) return `There is no such choice: ${unknown}.`;
  const isRequired = block["type"] === "input" && block["optional"] !== true;
  return clientProblem(element, state, isRequired);
}

/** Users and channels are chosen from the workspace. */
export function isKnown(workspace: Workspace, type: string, id: string): boolean {
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
