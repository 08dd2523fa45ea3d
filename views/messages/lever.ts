import type { Button, KnownBlock } from "@slack/types";
import type { IncidentState, LeverUse } from "#src/domain/incident.ts";
import { layers } from "#src/domain/layers/index.ts";
import {
  authorizationsOf,
  isAsked,
  isAwaited,
  isInForce,
  lacksAuthorizer,
  unsavedEvidence,
} from "#src/domain/lever-use.ts";
import type { UserId } from "#src/domain/person.ts";
import {
  actions,
  button,
  context,
  dateTime,
  mrkdwn,
  mention,
  mentionChannel,
  type Mrkdwn,
  section,
  truncate,
} from "#views/block-kit.ts";
import { leverOf } from "#views/find.ts";
import { encodeHint } from "#views/hint.ts";
import { incidentLine, incidentReference, leverLine } from "#views/words.ts";
import { authorityLine, conditionLine, harmLine } from "./lever-lines.ts";
import { content, type MessageContent } from "./message-content.ts";

/** A lever in the channel: what was done, who allowed it, what it costs, whether it works; buttons as long as there is something to do. */
export function renderLever(state: IncidentState, leverNumber: number): MessageContent {
  const use = leverOf(state, leverNumber);
  const line = leverStateLine(state, use);
  return content(
    mrkdwn`${incidentReference(state.incident)}: Lever ${use.number}, “${leverLine(use)}”. ${line}`,
    [
      section(leverTitle(use), `lever:LV${use.number}`),
      section(line),
      ...somebodyElse(state, use, "Press “Add what is missing” below and name them."),
      ...unsaved(use),
      ...details(use),
      ...noSignal(use),
      ...buttonRow(`lever-buttons:LV${use.number}`, [
        ...answerButtons(state, use, isSomebodyAsked(state, use)),
        ...endButton(state, use),
      ]),
      ...buttonRow(`lever-look:LV${use.number}`, lookButtons(state, use)),
    ],
  );
}

/** The same, asked of one of those who are named as having authorized it, by direct message. */
export function renderLeverDm(
  state: IncidentState,
  leverNumber: number,
  userId: UserId,
): MessageContent {
  return direct(state, leverOf(state, leverNumber), userId, "Did you authorize this?");
}

/** Once more, to whoever has not answered. */
export function renderLeverReminder(
  state: IncidentState,
  leverNumber: number,
  userId: UserId,
): MessageContent {
  const use = leverOf(state, leverNumber);
  return direct(state, use, userId, "You have not said yet whether you authorized this.");
}

function direct(
  state: IncidentState,
  use: LeverUse,
  userId: UserId,
  question: string,
): MessageContent {
  const { incident } = state;
  const isPending = incident.status === "open" && isAsked(state, use, userId);
  const recorded = mrkdwn`${mention(use.recorder)} recorded that you did.`;
  const line = leverStateLine(state, use);
  return content(
    mrkdwn`${incidentReference(incident)}: Lever ${use.number}, “${leverLine(use)}”. ${isPending ? mrkdwn`${question} ${recorded}` : line}`,
    [
      ...(isPending ? [section(mrkdwn`*${question}* ${recorded}`)] : []),
      section(leverTitle(use), `lever:LV${use.number}`),
      ...(isPending ? [] : [section(line)]),
      context(incidentLine(incident)),
      ...(isAwaited(use, userId)
        ? somebodyElse(
            state,
            use,
            "Press “Add what is missing” under its message in the channel and name them.",
          )
        : []),
      ...(isPending && use.secondAuthorizer !== null ? [context(authorityLine(state, use))] : []),
      ...details(use),
      ...(incident.channelId === null
        ? []
        : [context(mrkdwn`The channel: ${mentionChannel(incident.channelId)}`)]),
      ...(isPending ? [context(whatAnAnswerDoes)] : []),
      ...buttonRow(`lever-buttons:LV${use.number}`, answerButtons(state, use, isPending)),
    ],
  );
}

/** B6: who sees it, and that a no changes nothing in the product. */
const whatAnAnswerDoes =
  "Your answer is shown in the channel. A no does not take the lever back: it stays in force until somebody does.";

/** Where the lever stands, one or two sentences. */
function leverStateLine(state: IncidentState, use: LeverUse): Mrkdwn {
  const authority = authorityLine(state, use);
  if (use.endedAt !== null) {
    const how = use.endedHow === "kept" ? "Kept for good" : "Taken back";
    const by = use.endedBy === null ? mrkdwn`` : mrkdwn` by ${mention(use.endedBy)}`;
    return mrkdwn`${how}${by}, ${dateTime(use.endedAt)}. ${authority}`;
  }
  if (use.conditionMetAt !== null) return mrkdwn`${conditionLine(use)} ${authority}`;
  return use.state === "declined" || use.secondState === "declined"
    ? mrkdwn`${authority} It is still in force: take it back, or say why it is kept.`
    : mrkdwn`${authority} In force since ${dateTime(use.startedAt)}.`;
}

/** B6: who recorded it stands for it alone, and may not at this severity. */
function somebodyElse(state: IncidentState, use: LeverUse, whatToDo: string): KnownBlock[] {
  if (state.incident.status !== "open" || !lacksAuthorizer(state, use)) return [];
  return [
    section(
      mrkdwn`At ${state.incident.severity} somebody other than ${mention(use.recorder)} has to authorize this. ${whatToDo}`,
      `lever-unauthorized:LV${use.number}`,
    ),
  ];
}

/** "Lever 1: Restrict triggering for a topic or cohort · Integration & UI" */
function leverTitle(use: LeverUse): string {
  return `Lever ${use.number}: ${leverLine(use, 1000)} · ${layers[use.layer].label}`;
}

/** B6: what the lever can destroy, for as long as nobody has said what was saved and it can still be done. */
function unsaved(use: LeverUse): KnownBlock[] {
  const what = isInForce(use) ? unsavedEvidence(use) : undefined;
  if (what === undefined) return [];
  return [
    section(
      `Nobody has said what was saved first. If it can still be done, save ${what}: this lever can destroy what shows the cause.`,
    ),
  ];
}

/** What people typed, each in a block of its own; the whole text stands in the record. */
function details(use: LeverUse): KnownBlock[] {
  const isKept = use.endedHow === "kept";
  const give = isInForce(use) || isKept ? "give" : "gave";
  return [
    ...(use.cannotBeUndone ? [section("This cannot be undone.")] : []),
    section(`What we ${give} up: ${truncate(use.tradeoff, 1200)}`),
    section(
      `${isInForce(use) ? "To" : "Was to"} be taken back when: ${truncate(use.revertCondition, 1200)}`,
    ),
    ...harm(use),
    ...(use.noSecondWhy === null
      ? []
      : [context(`Authorized by one person: ${truncate(use.noSecondWhy, 500)}`)]),
    ...(use.scope === null ? [] : [context(`Applies to: ${truncate(use.scope, 500)}`)]),
    ...(use.savedFirst === null ? [] : [context(`Saved first: ${truncate(use.savedFirst, 600)}`)]),
    ...(use.endedWhy === null
      ? []
      : [
          section(`${isKept ? "Why it is kept" : "Why it ended"}: ${truncate(use.endedWhy, 1200)}`),
        ]),
  ];
}

function harm(use: LeverUse): KnownBlock[] {
  if (use.harmSignal === null) return [];
  return [
    section(`The number that has to move: ${truncate(use.harmSignal, 500)}`),
    context(harmLine(use)),
  ];
}

/** B5: it is asked for before recovery, and the button under it takes it. */
function noSignal(use: LeverUse): KnownBlock[] {
  return use.harmSignal === null && isInForce(use)
    ? [context("Nobody has said yet which number has to move if this stops the harm.")]
    : [];
}

function isSomebodyAsked(state: IncidentState, use: LeverUse): boolean {
  return authorizationsOf(use).some(({ userId }) => isAsked(state, use, userId));
}

function isSomebodyAwaited(use: LeverUse): boolean {
  return use.state === "claimed" || use.secondState === "claimed";
}

function answerButtons({ incident }: IncidentState, use: LeverUse, isAsked: boolean): Button[] {
  if (incident.status !== "open" || !isAsked) return [];
  const hint = encodeHint({ incidentId: incident.id, leverNumber: use.number });
  return [
    button("confirm-lever", "Yes, I authorized it", hint, { style: "primary" }),
    button("decline-lever", "No, I did not", hint),
  ];
}

function endButton({ incident }: IncidentState, use: LeverUse): Button[] {
  if (incident.status !== "open" || !isInForce(use)) return [];
  const hint = encodeHint({ incidentId: incident.id, leverNumber: use.number });
  const isDue = use.conditionMetAt !== null && !isSomebodyAwaited(use);
  return [button("end-lever", "Take it back or keep it", hint, isDue ? { style: "primary" } : {})];
}

/** What is left to look at or to say: the signal, the condition, what was left out. */
function lookButtons(state: IncidentState, use: LeverUse): Button[] {
  const { incident } = state;
  if (incident.status !== "open") return [];
  const hint = encodeHint({ incidentId: incident.id, leverNumber: use.number });
  const isIncomplete =
    lacksAuthorizer(state, use) ||
    (isInForce(use) && (use.harmSignal === null || unsavedEvidence(use) !== undefined));
  return [
    ...(use.harmSignal !== null && use.hasHarmMoved !== true
      ? [button("harm-signal-moved", "It moved", hint)]
      : []),
    ...(use.harmSignal !== null && use.hasHarmMoved !== false
      ? [button("harm-signal-not-moved", "It did not move", hint)]
      : []),
    ...(isInForce(use) && use.conditionMetAt === null
      ? [button("meet-lever-condition", "Its condition has come", hint)]
      : []),
    ...(isIncomplete ? [button("complete-lever", "Add what is missing", hint)] : []),
  ];
}

function buttonRow(blockId: string, buttons: readonly Button[]): KnownBlock[] {
  return buttons.length === 0 ? [] : [actions(blockId, buttons)];
}
