import type { KnownBlock } from "@slack/types";
import { weakRulesOf } from "#src/domain/action-checks.ts";
import type { CorrectiveAction, IncidentState } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import { idInWords, namedAddresses } from "#src/domain/links.ts";
import { constraintKinds } from "#src/domain/vocabulary.ts";
import { listInWords } from "#src/domain/words.ts";
import {
  actions,
  button,
  context,
  linkTo,
  mrkdwn,
  mention,
  type Mrkdwn,
  section,
  truncate,
} from "#views/block-kit.ts";
import { actionOf } from "#views/find.ts";
import { encodeHint } from "#views/hint.ts";
import { firstOf, incidentReference } from "#views/words.ts";
import { content, type MessageContent, type MessageExtras } from "./message-content.ts";

/** A corrective action in the channel; with its issue once that is filed, and what makes it weak. */
export function renderAction(
  state: IncidentState,
  actionNumber: number,
  extras: MessageExtras,
): MessageContent {
  const action = actionOf(state, actionNumber);
  const facts = mrkdwn`Owned by ${mention(action.owner)}, due ${action.dueOn}. ${issueLine(action, extras)}`;
  return content(
    mrkdwn`${incidentReference(state.incident)}: Action ${action.number}, “${action.title}”. ${facts}`,
    [
      section(`Action ${action.number}: ${action.title}`, `action:AC${action.number}`),
      section(facts),
      ...weaknessBlocks(state, action),
      ...details(state, action),
      ...(state.incident.status === "open" ? [actionButtons(state, action)] : []),
    ],
  );
}

/** Correct it while it is not filed; link it at any time. */
export function actionButtons(
  { incident }: IncidentState,
  action: CorrectiveAction,
  blockId?: string,
): KnownBlock {
  const hint = { incidentId: incident.id, itemNumber: action.number };
  const spoken = `action ${action.number}`;
  return actions(blockId, [
    ...(action.issueNumber === null
      ? [button("correct-action", "Correct", encodeHint(hint), { spoken: `Correct ${spoken}` })]
      : []),
    button("link-items", "Edit links", encodeHint({ ...hint, word: "action" }), {
      spoken: `Edit links of ${spoken}`,
    }),
  ]);
}

/** Q3, Q5: why it is weak, one block a rule: `flag:Q3:enforcement`. */
function weaknessBlocks(state: IncidentState, action: CorrectiveAction): KnownBlock[] {
  return weakRulesOf(state, action).flatMap((rule) => {
    const weakness = weaknesses[rule];
    return weakness ? [section(weakness.sentence, `flag:${rule}:${weakness.field}`)] : [];
  });
}

/** What a rule that found an action weak says of it, for as long as it stands. */
const weaknesses: Readonly<Record<string, { field: string; sentence: string }>> = {
  Q3: {
    field: "enforcement",
    sentence:
      "Weak: nothing enforces it. Name a gate, a required check, a permission or an alert, and it holds without anybody remembering to.",
  },
  Q5: {
    field: "title",
    sentence:
      "Weak: it does not fit what kind of failure this was. Add an action that does, or correct this one.",
  },
};

function details(state: IncidentState, action: CorrectiveAction): KnownBlock[] {
  const kind =
    action.constraintKind === null
      ? []
      : [`Kind of change: ${constraintKinds[action.constraintKind]}`];
  const answered = addressesInWords(state, action);
  return [
    section(`Done when: ${truncate(action.criterion, 2900)}`),
    context(`Layer: ${layers[action.layer].label}`, ...kind),
    ...(answered === "" ? [] : [context(`Answers ${answered}.`)]),
    ...(action.enforcement === null
      ? []
      : [context(`Enforced by: ${truncate(action.enforcement, 1000)}`)]),
    ...(action.verification === null
      ? []
      : [context(`Verified by: ${truncate(action.verification, 1000)}`)]),
  ];
}

/** "strand 1, factor 2 and gap 1", at most ten of them, then how many more; empty text where it names none. */
function addressesInWords(state: IncidentState, action: CorrectiveAction): string {
  return listInWords(firstOf(namedAddresses(state, action).map(idInWords)));
}

/** Where its issue is: filed, being filed, waiting, or kept in the record. */
function issueLine(action: CorrectiveAction, extras: Pick<MessageExtras, "canFileIssues">): Mrkdwn {
  if (action.issueUrl !== null) {
    return mrkdwn`Filed as ${linkTo(action.issueUrl, `issue ${action.issueNumber ?? ""}`.trim())}.`;
  }
  if (action.isProvisional) {
    return mrkdwn`Provisional: it is filed as an issue once every layer has an answer.`;
  }
  return extras.canFileIssues
    ? mrkdwn`The GitHub issue is being filed.`
    : mrkdwn`No GitHub repository is set up for issues: the action is kept in the incident's record, and filed once one is set up.`;
}
