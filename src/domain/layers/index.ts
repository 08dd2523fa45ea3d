import { infrastructure } from "./infrastructure.ts";
import { integrationUi } from "./integration-ui.ts";
import { model } from "./model.ts";
import { orchestrationTools } from "./orchestration-tools.ts";
import { promptPolicy } from "./prompt-policy.ts";
import { retrievalData } from "./retrieval-data.ts";

/** The diagnosis layers in the order people see them. Options, questions, gates and report sections derive from it. */
export const layers = {
  model,
  retrieval_data: retrievalData,
  prompt_policy: promptPolicy,
  orchestration_tools: orchestrationTools,
  integration_ui: integrationUi,
  infrastructure,
};

export type LayerId = keyof typeof layers;

export const layerIds = Object.keys(layers) as LayerId[];

/** Whether a text from outside names one of the layers. */
export function isLayerId(value: string): value is LayerId {
  return Object.hasOwn(layers, value);
}
