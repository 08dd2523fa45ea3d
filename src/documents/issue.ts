import type { CorrectiveAction, IncidentState } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { idInWords, linkedOf } from "#src/domain/links.ts";
import { constraintKinds } from "#src/domain/vocabulary.ts";
import { cut, inline, link, plainLine, quote } from "./github-markdown.ts";
import { fieldLimit, titleLimit } from "./limits.ts";
import { effectMarker } from "./marker.ts";
import type { Names } from "./record.ts";
import { utcTime } from "./times.ts";
import { nameOf, said } from "./words.ts";

export interface IssueDocument {
  title: string;
  body: string;
  labels: string[];
  assignees: string[];
  /** Stands at the end of the body; the issue is found again by it. */
  marker: string;
}

/**
 * The GitHub issue of a corrective action (B10, architecture.md 9): how to tell that it is done comes
 * first. The title has at most 256 characters, the body at most 60,000.
 */
export function renderIssue(
  action: CorrectiveAction,
  state: IncidentState,
  extras: { effectId: string; names: Names; channelUrl?: string },
): IssueDocument {
  const { incident } = state;
  const marker = effectMarker(extras.effectId);
  const title = plainLine(action.title, titleLimit);
  return {
    title: title || `Corrective action ${action.number} of incident ${incident.number}`,
    body: [
      "**Done when** somebody else can see that this holds:",
      quote(cut(action.criterion, fieldLimit)),
      facts(state, action, extras.names),
      origin(state, extras.channelUrl),
      marker,
    ].join("\n\n"),
    labels: ["incident", `layer:${action.layer}`, incident.severity],
    assignees: action.ownerLogin ? [action.ownerLogin] : [],
    marker,
  };
}

function facts(state: IncidentState, action: CorrectiveAction, names: Names): string {
  const { constraintKind, enforcement, verification } = action;
  return [
    `- **Owner:** ${nameOf(names, action.owner)}`,
    `- **Due:** ${inline(action.dueOn)}`,
    `- **Layer:** ${layers[action.layer].label}`,
    ...(constraintKind ? [`- **Kind of change:** ${constraintKinds[constraintKind]}`] : []),
    ...answers(state, action),
    `- **Enforced by:** ${enforcement ? inline(cut(enforcement, fieldLimit)) : "nothing recorded"}`,
    ...(verification ? [`- **Verified by:** ${inline(cut(verification, fieldLimit))}`] : []),
  ].join("\n");
}

/** What it answers, in the words of the record, at most twenty; the only strand goes without saying. */
function answers(state: IncidentState, { addresses }: CorrectiveAction): string[] {
  const lines = addresses.flatMap((id) => {
    const linked = linkedOf(state, id);
    if (!linked || (linked.kind === "strand" && state.strands.length === 1)) return [];
    const words = linked.kind === "strand" ? linked.item.name : linked.item.statement;
    return [`  - ${idInWords(id)}: ${said(cut(words, 200))}`];
  });
  if (lines.length === 0) return [];
  const more = lines.length > 20 ? [`  - and ${lines.length - 20} more`] : [];
  return ["- **Answers:**", ...lines.slice(0, 20), ...more];
}

function origin({ incident }: IncidentState, channelUrl: string | undefined): string {
  const channel = channelUrl ?? slackChannelUrl(incident.teamId, incident.channelId);
  const place = channel ? link("Slack channel of the incident", channel) : undefined;
  const postmortem = incident.postmortemUrl
    ? link("Postmortem", incident.postmortemUrl)
    : undefined;
  const what = incident.isDrill ? "a drill, incident" : "incident";
  return [
    `From ${what} ${incident.number}, “${inline(incident.title)}” (${incident.severity}), declared on ${utcTime(incident.declaredAt)}.`,
    ...[place, postmortem].filter((one) => one !== undefined),
  ].join("\n");
}

/** Opens the channel in Slack (docs.slack.dev, deep linking); undefined while there is no channel. */
export function slackChannelUrl(teamId: string, channelId: string | null): string | undefined {
  return channelId ? `https://app.slack.com/client/${teamId}/${channelId}` : undefined;
}
