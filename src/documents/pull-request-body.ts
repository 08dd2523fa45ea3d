import { cut, inline, link } from "./github-markdown.ts";
import { slackChannelUrl } from "./issue.ts";
import { fieldLimit } from "./limits.ts";
import { effectMarker } from "./marker.ts";
import type { IncidentRecord } from "./record.ts";
import { utcTime } from "./times.ts";
import { firstBroke } from "./what-broke.ts";

/**
 * What the pull request of a postmortem says: the outcome in a few lines, what a reviewer should look
 * at, and the marker by which it is found again. `blankTitles`: sections that hold nothing yet. At
 * most 60,000 characters.
 */
export function pullRequestBody(
  { state }: IncidentRecord,
  extras: { effectId: string; channelUrl?: string; blankTitles: readonly string[] },
): string {
  const { incident, strands, actions } = state;
  const title = inline(cut(incident.title, fieldLimit));
  const ended = incident.closedAt ? ` and closed on ${utcTime(incident.closedAt)}` : "";
  const channel = extras.channelUrl ?? slackChannelUrl(incident.teamId, incident.channelId);
  return [
    `The postmortem of ${incident.isDrill ? "a drill, " : ""}incident ${incident.number}, “${title}” (${incident.severity}), declared on ${utcTime(incident.declaredAt)}${ended}.`,
    strands
      .slice(0, 20)
      .map(
        (strand) =>
          `- ${subject(strands.length, strand.number)}${firstBroke(state, strand.number)}`,
      )
      .join("\n"),
    "**Please check before you merge**",
    [
      "- Somebody who was not there understands the summary, and its figures are true.",
      "- What is called an estimate still is one: the onset, and what users saw.",
      "- No person is named as a cause, and no conclusion goes beyond its evidence.",
      `- ${actions.length === 0 ? "There is no corrective action: is that right?" : "Each corrective action has the right owner, day and criterion."}`,
      ...(extras.blankTitles.length > 0
        ? [
            `- These sections are left out, because nothing of them is recorded; add what you know: ${extras.blankTitles.join("; ")}.`,
          ]
        : []),
    ].join("\n"),
    ...[channel ? link("Slack channel of the incident", channel) : undefined].filter(
      (part) => part !== undefined,
    ),
    effectMarker(extras.effectId),
  ].join("\n\n");
}

function subject(strandCount: number, strandNumber: number): string {
  return strandCount > 1 ? `Strand ${strandNumber}: ` : "";
}
