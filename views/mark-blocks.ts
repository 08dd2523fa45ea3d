import type { KnownBlock } from "@slack/types";
import type { Mark } from "#src/domain/decision.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import { actions, button, section } from "./block-kit.ts";
import { encodeHint } from "./hint.ts";

/**
 * What is said of something besides that it was recorded: one sentence under its own block_id, and the
 * button of the form that follows from it. The same in a form's receipt and in an answer to a press.
 */
export function markBlocks(mark: Mark, incidentId: IncidentId | null): KnownBlock[] {
  const { id, sentence, opens } = mark;
  const said = section(sentence, id);
  if (!opens || incidentId === null) return [said];
  const { formId, label, layers, strandNumber } = opens;
  const hint = encodeHint({
    incidentId,
    ...(layers ? { layers } : {}),
    ...(strandNumber === undefined ? {} : { strandNumber }),
  });
  return [said, actions(undefined, [button(formId, label, hint)])];
}
