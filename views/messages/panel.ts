import type { Button } from "@slack/types";
import { nextStep } from "#src/domain/checklist.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { layerState } from "#src/domain/layer-state.ts";
import { closeMissing } from "#src/domain/lifecycle.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { actions, button, context, mrkdwn, oneLine } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { incidentSubject } from "#views/words.ts";
import { content, type MessageContent, type MessageExtras } from "./message-content.ts";
import { summaryBlocks } from "./summary.ts";

/** The pinned panel: where the incident stands, with a button for everything a person can do. */
export function renderPanel(state: IncidentState, extras: MessageExtras): MessageContent {
  const { incident } = state;
  const answered = new Set(state.answers.map((answer) => answer.layer)).size;
  const text = mrkdwn`${incidentSubject(incident)}: ${oneLine(incident.title)}. ${answered} of ${layerIds.length} layers answered. ${nextStep(state).sentence}`;
  const blocks = summaryBlocks(state, extras);
  if (incident.status === "open") {
    blocks.push(actions("panel", panelButtons(state)));
    blocks.push(context(`Type ${extras.botCommand} help to see what else you can do.`));
  }
  return content(text, blocks);
}

const labels = {
  "answer-layers": "Answer for your layer",
  "add-evidence": "Add evidence",
  stabilize: "Record a lever",
  checklist: "Checklist",
  "add-action": "File an action",
  "close-incident": "Close",
} as const;

function panelButtons(state: IncidentState): Button[] {
  const incidentId = state.incident.id;
  const next = nextButton(state);
  const all = Object.entries(labels).map(([actionId, label]) => {
    const isNext = actionId === next.actionId;
    const hint = isNext && next.layer ? { incidentId, layers: [next.layer] } : { incidentId };
    return button(actionId, label, encodeHint(hint), { style: isNext ? "primary" : undefined });
  });
  const { leverNumber } = next;
  if (leverNumber === undefined) return all;
  const hint = encodeHint({ incidentId, leverNumber });
  return [button("end-lever", `End lever ${leverNumber}`, hint, { style: "primary" }), ...all];
}

/** The button of the next best step, as `nextStep` says it in words. */
function nextButton(state: IncidentState): {
  actionId: keyof typeof labels | "end-lever";
  layer?: LayerId;
  leverNumber?: number;
} {
  const next = nextStep(state);
  const { layer, strandNumber } = next;
  if (layer && strandNumber !== undefined) {
    const isOpen = layerState(state, strandNumber, layer) === "unexamined";
    return { actionId: isOpen ? "answer-layers" : "checklist" };
  }
  if (strandNumber !== undefined) return { actionId: "add-evidence" };
  const [first] = closeMissing(state);
  if (!first) return { actionId: "close-incident" };
  const lever = state.levers.find((use) => first.missing[0] === `LV${use.number}`);
  if (lever) return { actionId: "end-lever", leverNumber: lever.number };
  return layer ? { actionId: "add-action", layer } : { actionId: "checklist" };
}
