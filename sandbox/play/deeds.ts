import { addAction } from "./actions.ts";
import { answerLayer, answerLayers, answerMatrix } from "./answers.ts";
import { claim } from "./claims.ts";
import { close } from "./close.ts";
import { declare, join } from "./declare.ts";
import { addEvidence } from "./evidence.ts";
import { adoptLever, confirmLever, revertLever, stabilize } from "./levers.ts";
import type { Deed } from "./stage.ts";

/** What the people of a scenario can do with the product today; any other kind of step is not played. */
export const deeds: Readonly<Record<string, Deed>> = {
  declare,
  join,
  claim,
  stabilize,
  confirm_lever: confirmLever,
  revert_lever: revertLever,
  adopt_lever: adoptLever,
  add_evidence: addEvidence,
  answer_layer: answerLayer,
  answer_layers: answerLayers,
  answer_matrix: answerMatrix,
  add_action: addAction,
  close,
};
