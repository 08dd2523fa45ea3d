import type { IncidentState } from "#src/domain/incident.ts";
import { context, mrkdwn, mentionChannel, oneLine } from "#views/block-kit.ts";
import { incidentSubject } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";
import { nextButton } from "./next-button.ts";
import { summaryBlocks } from "./summary.ts";

/** Where one incident stands, told to one person anywhere. */
export function renderStatus(
  state: IncidentState,
  settings: { isGitHubConfigured: boolean; canProposePostmortem: boolean },
): MessageContent {
  const { incident } = state;
  const { isGitHubConfigured: canFileIssues, canProposePostmortem } = settings;
  const blocks = summaryBlocks(state, { canFileIssues, canProposePostmortem });
  const next = incident.status === "open" ? nextButton(state).sentence : "The response has ended.";
  if (incident.channelId !== null) {
    blocks.push(context(mrkdwn`The channel: ${mentionChannel(incident.channelId)}`));
  }
  return content(mrkdwn`${incidentSubject(incident)}: ${oneLine(incident.title)}. ${next}`, blocks);
}
