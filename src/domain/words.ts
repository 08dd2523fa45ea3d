import type { IncidentState } from "./incident.ts";
import { isLayerId, type LayerId, layers } from "./layers/index.ts";
import { leverWords } from "./lever-use.ts";

/** What a claim lacks, as the rules name it (R3 to R5, R7, R10, R12). */
const lacks: Readonly<Record<string, string>> = {
  confidence: "how sure it is",
  approver: "somebody else who approves it",
  change_source_complete: "a change record that is known to be complete",
  contribution: "one sentence on what it contributed",
  decisive_item:
    "a decisive item (rates by cohort, a replay or a reproducer), or two supporting ones of different kinds and an approver",
  positive_evidence: "positive evidence of the layer",
  reason: "why nothing decisive can be had",
  reverse_arm: "the reverse arm of the replay",
  rewrite: "other words, which name no person as the cause",
  same_mistake: "the same mistake over three unrelated inputs",
  split_answer: "an answer whether to split the strand",
  two_way_demonstration: "the failure going and coming with the change",
};

/** "a", "a and b", "a, b and c"; empty text for an empty list. */
export function listInWords(parts: readonly string[]): string {
  const last = parts.at(-1);
  if (last === undefined) return "";
  if (parts.length === 1) return last;
  return `${parts.slice(0, -1).join(", ")} and ${last}`;
}

/** What people see for these layers: "Model and Prompt & policy". */
export function layersInWords(ids: readonly LayerId[]): string {
  return listInWords(ids.map((id) => layers[id].label));
}

/**
 * What people see for the id of something that is missing (a layer, an opposing row, `LV1`, `S1`);
 * the id itself where it names nothing of this incident.
 */
export function missingInWords(state: IncidentState, id: string): string {
  if (isLayerId(id)) return layers[id].label;
  if (Object.hasOwn(lacks, id)) return lacks[id] ?? id;
  const question = questionOfRow(id);
  if (question !== undefined) return `“${question}”`;
  const lever = state.levers.find((use) => `LV${use.number}` === id);
  if (lever) return `“${leverWords(lever)}”`;
  const strand = state.strands.find((candidate) => `S${candidate.number}` === id);
  return strand ? `strand ${strand.number}` : id;
}

function questionOfRow(id: string): string | undefined {
  for (const layer of Object.values(layers)) {
    const row = layer.opposing.find((candidate) => candidate.id === id);
    if (row) return row.question;
  }
  return undefined;
}
