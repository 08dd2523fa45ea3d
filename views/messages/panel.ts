import type { Button } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import { isExamined } from "#src/domain/layer-state.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { actions, button, context, mrkdwn, oneLine } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { incidentSubject } from "#views/words.ts";
import { content, type MessageContent, type MessageExtras } from "./message-content.ts";
import { nextButton } from "./next-button.ts";
import { summaryBlocks } from "./summary.ts";

/** The pinned panel: where the incident stands, with the next best step as its first button. */
export function renderPanel(state: IncidentState, extras: MessageExtras): MessageContent {
  const { incident } = state;
  const isOpen = incident.status === "open";
  const answered = layerIds.filter((layer) => isExamined(state, layer)).length;
  const next = isOpen ? nextButton(state).sentence : "The response has ended.";
  const text = mrkdwn`${incidentSubject(incident)}: ${oneLine(incident.title)}. ${answered} of ${layerIds.length} layers answered. ${next}`;
  const blocks = summaryBlocks(state, extras);
  if (isOpen) {
    blocks.push(actions("panel", panelButtons(state)));
    blocks.push(context(`Type ${extras.botCommand} help to see what else you can do.`));
  }
  return content(text, blocks);
}

/** What people reach for in the middle of it; the rest is one press away, under "More". */
const always = {
  "answer-layers": "Answer for your layer",
  "add-evidence": "Add evidence",
  stabilize: "Record a lever",
  checklist: "Checklist",
  "catch-up": "Catch me up",
} as const;

function panelButtons(state: IncidentState): Button[] {
  const hint = encodeHint({ incidentId: state.incident.id });
  const next = nextButton(state);
  return [
    button(next.actionId, next.label, encodeHint(next.hint), { style: "primary" }),
    ...Object.entries(always)
      .filter(([actionId]) => actionId !== next.actionId)
      .map(([actionId, label]) => button(actionId, label, hint)),
    button("more", "More…", hint, { spoken: "More… updates, roles, actions, severity, closing" }),
  ];
}
