import type { IncidentState } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import type { FailureType } from "./vocabulary.ts";

const typeOfLayer: Readonly<Record<LayerId, FailureType>> = {
  model: "model",
  retrieval_data: "data",
  prompt_policy: "prompt",
  orchestration_tools: "orchestration",
  integration_ui: "integration",
  infrastructure: "infrastructure",
};

/**
 * The failure type of the strands that an action answers (all of them, where it names none): what a person set,
 * else it follows what broke first (B13.9). Null where nothing is named as having broken first, a combination
 * where there are several.
 */
export function failureTypeOf(
  state: Pick<IncidentState, "strands" | "verdicts">,
  addresses: readonly string[],
): FailureType | null {
  const named = state.strands.filter(({ number }) => addresses.includes(`S${number}`));
  const strands = named.length > 0 ? named : state.strands;
  const types = new Set(
    strands.flatMap((strand) => strand.failureType ?? typesThatFollow(state, strand.number)),
  );
  const [only] = types;
  return types.size > 1 ? "combination" : (only ?? null);
}

/** B13.9: what the failure type of a strand would be if nobody had set it; null where nothing broke first yet. */
export function failureTypeThatFollows(
  state: Pick<IncidentState, "verdicts">,
  strandNumber: number,
): FailureType | null {
  const types = new Set(typesThatFollow(state, strandNumber));
  const [only] = types;
  return types.size > 1 ? "combination" : (only ?? null);
}

function typesThatFollow(
  { verdicts }: Pick<IncidentState, "verdicts">,
  strandNumber: number,
): FailureType[] {
  return verdicts
    .filter((one) => one.verdict === "proximate" && one.strandNumber === strandNumber)
    .map(({ layer }) => typeOfLayer[layer]);
}
