import type { KnownBlock } from "@slack/types";
import type { CorrectiveAction, IncidentState } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { constraintKinds } from "#src/domain/vocabulary.ts";
import {
  context,
  linkTo,
  mrkdwn,
  mention,
  type Mrkdwn,
  section,
  truncate,
} from "#views/block-kit.ts";
import { actionOf } from "#views/find.ts";
import { incidentReference } from "#views/words.ts";
import { content, type MessageContent, type MessageExtras } from "./message-content.ts";

/** A corrective action in the channel; with its issue once that is filed. */
export function renderAction(
  state: IncidentState,
  actionNumber: number,
  extras: MessageExtras,
): MessageContent {
  const action = actionOf(state, actionNumber);
  return content(
    mrkdwn`${incidentReference(state.incident)}: action ${action.number}, ${action.title}, owned by ${mention(action.owner)}, due ${action.dueOn}. ${issueLine(action, extras)}`,
    [
      section(`Action ${action.number}: ${action.title}`, `action:AC${action.number}`),
      section(
        mrkdwn`Owned by ${mention(action.owner)}, due ${action.dueOn}. ${issueLine(action, extras)}`,
      ),
      ...details(action),
    ],
  );
}

function details(action: CorrectiveAction): KnownBlock[] {
  const kind =
    action.constraintKind === null
      ? ""
      : `, ${constraintKinds[action.constraintKind].toLowerCase()}`;
  return [
    section(`Done when: ${truncate(action.criterion, 2900)}`),
    context(`Layer: ${layers[action.layer].label}${kind}`),
    ...(action.enforcement === null
      ? []
      : [context(`Enforced by: ${truncate(action.enforcement, 1000)}`)]),
  ];
}

function issueLine(action: CorrectiveAction, { canFileIssues }: MessageExtras): Mrkdwn {
  if (action.issueUrl !== null) {
    return mrkdwn`Filed as ${linkTo(action.issueUrl, `issue ${action.issueNumber ?? ""}`.trim())}.`;
  }
  return canFileIssues
    ? mrkdwn`The GitHub issue is being filed.`
    : mrkdwn`No GitHub repository is set up for issues: the action is kept in the incident's record; file it by hand for now.`;
}
