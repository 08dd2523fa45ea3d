import type { IncidentState } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { layersWithoutOwner } from "#src/domain/owners/owner.ts";
import { layersInWords } from "#src/domain/words.ts";
import { button, mention, mrkdwn, section } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { incidentReference } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** To the coordinator, in the channel: layers that nobody is named for, with a button for each; quiet once all are named. */
export function renderOwnersMissing(state: IncidentState): MessageContent {
  const { incident } = state;
  const subject = incidentReference(incident);
  const missing = incident.status === "open" ? layersWithoutOwner(state) : [];
  if (missing.length === 0) {
    const over =
      incident.status === "open"
        ? "Every layer has an owner or an answer now. Thank you."
        : "The response has ended; no owner is asked for any more.";
    return content(mrkdwn`${subject}: ${over}`, [section(over, "owners-missing")]);
  }
  const said = mrkdwn`${mention(incident.coordinator)}, nobody is named for ${layersInWords(missing)}.`;
  const please = `Please name who can tell whether ${missing.length > 1 ? "they" : "it"} changed; I ask them at once.`;
  return content(mrkdwn`${subject}: ${said} ${please}`, [
    section(mrkdwn`${said} ${please}`, "owners-missing"),
    ...missing.map((layer) => ({
      ...section(mrkdwn`*${layers[layer].label}*`, `owners-missing:${layer}`),
      accessory: button(
        "set-role",
        `Name owner: ${layers[layer].label}`,
        encodeHint({ incidentId: incident.id, layers: [layer] }),
      ),
    })),
  ]);
}
