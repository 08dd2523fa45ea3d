import type { Incident } from "#src/domain/incident.ts";
import { context, limits, mrkdwn, plain, section } from "#views/block-kit.ts";
import { countOf, incidentLine } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/**
 * Asks which of the open incidents is meant, where a subcommand was typed elsewhere. Choosing one
 * sends action_id `pick-incident` with the incident's id; the block_id says which subcommand waits, and
 * what was typed after it.
 */
export function renderPickIncident(
  incidents: readonly Incident[],
  subcommand: string,
  text = "",
): MessageContent {
  if (incidents.length === 0) {
    const none = "No incident is open.";
    return content(mrkdwn`${none}`, [section(none)]);
  }
  const question = `Which incident is “${subcommand}” about?`;
  const blockId = `pick-incident:${subcommand}:${text}`;
  // what does not fit there is shown, so that it can be copied into the form
  const isCut = blockId.length > limits.blockId;
  const offered = incidents.slice(0, isCut ? besideText : limits.selectOptions);
  const more = incidents.length - offered.length;
  return content(mrkdwn`${question} Choose one below, or type it in the incident's channel.`, [
    section(question),
    ...(isCut ? [section(`You typed: ${text}`)] : []),
    {
      type: "actions",
      block_id: isCut ? `pick-incident:${subcommand}` : blockId,
      elements: [
        {
          type: "static_select",
          action_id: "pick-incident",
          placeholder: plain("Choose an incident", limits.placeholder),
          options: offered.map((incident) => ({
            text: plain(incidentLine(incident), limits.optionText),
            value: String(incident.id),
          })),
        },
      ],
    },
    ...(more > 0
      ? [context(`And ${countOf(more, "older incident")}: type it in the channel of one.`)]
      : []),
  ]);
}

/** How many are offered beside a long text: a message takes 9,000 characters in all. */
const besideText = 60;
