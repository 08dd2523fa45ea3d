import type { IncidentState } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";

/** B12: what kind of failure an incident's strand was; it follows the layer that broke first (B13.9). */
export type FailureType =
  | "model"
  | "prompt"
  | "data"
  | "orchestration"
  | "integration"
  | "infrastructure"
  | "combination";

const typeOfLayer: Readonly<Record<LayerId, FailureType>> = {
  model: "model",
  retrieval_data: "data",
  prompt_policy: "prompt",
  orchestration_tools: "orchestration",
  integration_ui: "integration",
  infrastructure: "infrastructure",
};

/**
 * The failure type of the strands that an action answers (all of them, where it names none); null
 * where nothing is named as having broken first, a combination where several layers are.
 */
export function failureTypeOf(
  state: Pick<IncidentState, "strands" | "verdicts">,
  addresses: readonly string[],
): FailureType | null {
  const named = state.strands.filter(({ number }) => addresses.includes(`S${number}`));
  const strands = named.length > 0 ? named : state.strands;
  const types = new Set(
    state.verdicts
      .filter((one) => one.verdict === "proximate")
      .filter((one) => strands.some(({ number }) => number === one.strandNumber))
      .map(({ layer }) => typeOfLayer[layer]),
  );
  const [only] = types;
  return types.size > 1 ? "combination" : (only ?? null);
}
