import type { KnownBlock } from "@slack/types";
import { weakRulesOf } from "#src/domain/action-checks.ts";
import { isDayOver } from "#src/domain/day.ts";
import type { CorrectiveAction, IncidentState } from "#src/domain/incident.ts";
import {
  actions,
  button,
  linkTo,
  mention,
  type Mrkdwn,
  mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { countOf, incidentReference } from "#views/words.ts";
import { actionButtons } from "./action.ts";
import { content, type MessageContent } from "./message-content.ts";

/** How the list is shown. */
export interface ActionsListProps {
  state: IncidentState;
  /** Counts from 0; one that is not there shows the last. */
  page: number;
  now: Date;
  /** The command people type, for example "/incident". */
  botCommand: string;
  canFileIssues: boolean;
}

/** The corrective actions of an incident, for one person: what is late or waits first said, eight a page. */
export function renderActionsList(props: ActionsListProps): MessageContent {
  const { state, now, botCommand, canFileIssues } = props;
  const subject = incidentReference(state.incident);
  if (state.actions.length === 0) {
    const none = mrkdwn`${subject} has no corrective action yet. \`${botCommand} action\` files one.`;
    return content(none, [section(none), ...fileButton(state)]);
  }
  const pages = Math.ceil(state.actions.length / pageSize);
  const page = Math.min(Math.max(0, props.page), pages - 1);
  const shown = state.actions.slice(page * pageSize, (page + 1) * pageSize);
  const head = mrkdwn`${subject} has ${countOf(state.actions.length, "corrective action")}${summary(state, now)}`;
  return content(head, [
    section(head),
    ...shown.flatMap((action): KnownBlock[] => [
      section(line(state, action, now, canFileIssues), `action:AC${action.number}`),
      ...(state.incident.status === "open" ? [actionButtons(state, action)] : []),
    ]),
    ...pageButtons(state, page, pages),
    ...fileButton(state),
  ]);
}

const pageSize = 8;

function isWeak(state: IncidentState, action: CorrectiveAction): boolean {
  return weakRulesOf(state, action).length > 0;
}

function line(
  state: IncidentState,
  action: CorrectiveAction,
  now: Date,
  canFileIssues: boolean,
): Mrkdwn {
  const isLate = isDayOver(action.dueOn, now);
  return mrkdwn`*Action ${action.number}: ${oneLine(action.title)}*\n${mention(action.owner)}, ${isLate ? mrkdwn`*overdue since ${action.dueOn}*` : `due ${action.dueOn}`}. ${filedWords(action, canFileIssues)}${isWeak(state, action) ? ", weak" : ""}.`;
}

function filedWords(action: CorrectiveAction, canFileIssues: boolean): Mrkdwn {
  if (action.issueUrl !== null) {
    return mrkdwn`Filed as ${linkTo(action.issueUrl, `issue ${action.issueNumber ?? ""}`.trim())}`;
  }
  if (action.isProvisional) return mrkdwn`Provisional, not filed yet`;
  return canFileIssues ? mrkdwn`Being filed` : mrkdwn`Kept in the record, not filed`;
}

/** ": 1 overdue, 2 provisional, 1 weak."; a stop alone where nothing waits. */
function summary(state: IncidentState, now: Date): string {
  const all = state.actions;
  const counts: [number, string][] = [
    [all.filter(({ dueOn }) => isDayOver(dueOn, now)).length, "overdue"],
    [all.filter(({ isProvisional }) => isProvisional).length, "provisional"],
    [all.filter((action) => isWeak(state, action)).length, "weak"],
  ];
  const words = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return words.length > 0 ? `: ${words.join(", ")}.` : ".";
}

function fileButton({ incident }: IncidentState): KnownBlock[] {
  if (incident.status !== "open") return [];
  const value = encodeHint({ incidentId: incident.id });
  return [actions(undefined, [button("add-action", "File an action", value)])];
}

function pageButtons({ incident }: IncidentState, page: number, pages: number): KnownBlock[] {
  if (pages === 1) return [];
  const to = (target: number, label: string) =>
    button("actions", label, encodeHint({ incidentId: incident.id, page: target }));
  // an action_id stands once in a block
  return [
    ...(page > 0 ? [actions(undefined, [to(page - 1, `Page ${page} of ${pages}`)])] : []),
    ...(page < pages - 1
      ? [actions(undefined, [to(page + 1, `Page ${page + 2} of ${pages}`)])]
      : []),
  ];
}
