import type { KnownBlock } from "@slack/types";
import type { Incident, IncidentState, LeverUse, Verdict } from "#src/domain/incident.ts";
import { failingRequestTask } from "#src/domain/failing-request.ts";
import { isAttributed } from "#src/domain/layer-state.ts";
import { layerIds, layers } from "#src/domain/layers/index.ts";
import {
  type Authorization,
  authorizationsOf,
  isInForce,
  leversToTakeBack,
} from "#src/domain/lever-use.ts";
import { levers } from "#src/domain/lever.ts";
import { answerStanding, layersWithoutOwner, ownerOf } from "#src/domain/owners/owner.ts";
import { meterOf } from "#src/domain/meter.ts";
import { openPossibilities } from "#src/domain/next-question/possibilities.ts";
import { notHoldingFlags } from "#src/domain/not-holding.ts";
import { incidentClasses } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
import {
  button,
  context,
  dateTime,
  header,
  joinMrkdwn,
  mrkdwn,
  mention,
  type Mrkdwn,
  oneLine,
  section,
  truncate,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { detectionLag } from "#views/timing.ts";
import { countOf, incidentLine, leverLine, postmortemWords, statusWords } from "#views/words.ts";
import { boardText, ownerWords } from "./board.ts";
import type { MessageExtras } from "./message-content.ts";
import { nextButton } from "./next-button.ts";
import { strandBlocks } from "./strand-summary.ts";

/** What is done on GitHub, as `MessageExtras` says it. */
type GitHubUses = Pick<MessageExtras, "canFileIssues" | "canProposePostmortem">;

/**
 * Where an incident stands, top down: what it is, who leads, the first task, what comes next, who is late, what users
 * see, levers in force, the evidence board, the strands, the small print. The panel and the status answer are made of it. However
 * much an incident holds, it stays below 29 blocks and about 7,000 characters: lists are counted, and
 * say where the rest is.
 */
export function summaryBlocks(state: IncidentState, gitHub: GitHubUses): KnownBlock[] {
  const { incident } = state;
  return [
    header(incidentLine(incident)),
    section(whereItStands(state)),
    ...firstTask(state),
    section(nextWords(state, gitHub)),
    ...lateLayers(state),
    section(userImpact(state)),
    ...leverBlocks(state),
    section(boardText(state)),
    ...meters(state),
    ...strandBlocks(state),
    ...fallenVerdicts(state),
    ...conditions(state),
    context(...facts(state)),
    ...gaps(state, gitHub),
  ];
}

function whereItStands({ incident }: IncidentState): Mrkdwn {
  const status = statusWords(incident);
  const verb = incident.status === "open" ? "leads" : "led";
  return mrkdwn`*${status.charAt(0).toUpperCase() + status.slice(1)}*. ${mention(incident.coordinator)} ${verb}.${otherRoles(incident)}`;
}

/** B5: one failing request is kept, or it is said that none exists, before it is gone. */
function firstTask(state: IncidentState): KnownBlock[] {
  const { status, id: incidentId } = state.incident;
  if (status !== "open" || failingRequestTask(state) !== "open") return [];
  const task = section(
    "First task, before it is gone: add one failing request as evidence, with its full trace.",
    "first-task",
  );
  const none = button("no-failing-request", "None exists", encodeHint({ incidentId }), {
    spoken: "None exists: no failing request can be added",
  });
  return [{ ...task, accessory: none }];
}

/** Who was reminded already and has not answered: above what people typed, so that a phone shows it. */
function lateLayers(state: IncidentState): KnownBlock[] {
  if (state.incident.status !== "open") return [];
  const late = layerIds
    .filter((layer) => answerStanding(state, layer) === "late")
    .map((layer) => mrkdwn`${layers[layer].label} (${ownerWords(ownerOf(state, layer))})`);
  return late.length === 0
    ? []
    : [section(mrkdwn`*Late with an answer:* ${joinMrkdwn(late, ", ")}`, "late")];
}

/** Who else has a role; whoever leads and drives the postmortem, too, is named once. */
function otherRoles({ coordinator, postmortemDriver, communications, scribe }: Incident): Mrkdwn {
  const named = [
    ["Postmortem", postmortemDriver === coordinator ? null : postmortemDriver],
    ["Communications", communications],
    ["Scribe", scribe],
  ] as const;
  return joinMrkdwn(
    named.flatMap(([label, userId]) =>
      userId === null ? [] : [mrkdwn` ${label}: ${mention(userId)}.`],
    ),
    "",
  );
}

/** The small print: how late it was seen, who declared it, the last update, the service. */
function facts({ incident }: IncidentState): (string | Mrkdwn)[] {
  const { incidentClass, serviceName } = incident;
  return [
    detectionLag(incident),
    mrkdwn`Declared by ${mention(incident.declaredBy)}, ${dateTime(incident.declaredAt)}.`,
    ...updateWords(incident),
    ...(incidentClass === null ? [] : [`Class: ${incidentClasses[incidentClass]}.`]),
    ...(serviceName === null ? [] : [`Service: ${oneLine(serviceName, 80)}`]),
  ];
}

function updateWords(incident: Incident): Mrkdwn[] {
  const { lastUpdateAt, updateDueAt, status } = incident;
  return [
    ...(lastUpdateAt === null ? [] : [mrkdwn`Last update ${dateTime(lastUpdateAt)}.`]),
    ...(updateDueAt === null || status !== "open"
      ? []
      : [mrkdwn`Next update due ${dateTime(updateDueAt)}.`]),
  ];
}

function userImpact({ incident: { userImpact: impact, status } }: IncidentState): string {
  const see = status === "open" ? "see" : "saw";
  return impact === null
    ? `What users ${see} is not recorded${status === "open" ? " yet" : ""}.`
    : `What users ${see}: ${truncate(impact, 800)}`;
}

const leversAtMost = 4;

function leverBlocks(state: IncidentState): KnownBlock[] {
  // those that wait to be taken back first, in the order of the next steps, then the newest
  const waiting = leversToTakeBack(state);
  const others = state.levers.filter((use) => isInForce(use) && !waiting.includes(use));
  const inForce = [...waiting, ...others.toReversed()];
  return [
    ...inForce
      .slice(0, leversAtMost)
      .flatMap((use) => [
        section(leverState(use)),
        context(
          `${use.lever === "other" ? `${leverLine(use)}. ` : ""}To be taken back when: ${oneLine(use.revertCondition, 200)}`,
        ),
      ]),
    ...(inForce.length > leversAtMost
      ? [
          context(
            `And ${countOf(inForce.length - leversAtMost, "more lever")} in force, each in its message in the channel.`,
          ),
        ]
      : []),
  ];
}

function leverState(use: LeverUse): Mrkdwn {
  // own words are people's, and stand in plain text under it
  const what = use.lever === "other" ? "" : `: ${levers[use.lever].label}`;
  const inForce = mrkdwn`*Lever ${use.number} is in force to limit the harm${what}.*`;
  const come =
    use.conditionMetAt === null
      ? mrkdwn``
      : mrkdwn` *The condition for taking it back has come, ${dateTime(use.conditionMetAt)}.*`;
  return mrkdwn`${inForce} ${joinMrkdwn(authorizationsOf(use).map(authorizationWords), " ")}${come}`;
}

function authorizationWords({ userId, state }: Authorization): Mrkdwn {
  const who = mention(userId);
  switch (state) {
    case "claimed":
      return mrkdwn`Claimed: ${who} has not confirmed it yet.`;
    case "confirmed":
      return mrkdwn`Authorized by ${who}.`;
    case "declined":
      return mrkdwn`${who} says that they did not authorize it: take it back.`;
  }
}

const metersAtMost = 3;

/** B3.3: how much of what it takes to name a layer is there, for each strand in which nothing is named yet. */
function meters(state: IncidentState): KnownBlock[] {
  const open = state.strands.filter(({ number }) => !isAttributed(state, number));
  if (state.incident.status !== "open" || open.length === 0) return [];
  const lines = open.slice(0, metersAtMost).map(({ number }) => {
    const where = state.strands.length > 1 ? ` in strand ${number}` : "";
    const parts = openPossibilities(state, number).map((layer) => {
      const { answered, required } = meterOf(state, number, layer);
      return `${layers[layer].label} ${answered} of ${required}`;
    });
    return parts.length === 0
      ? `No layer is left to be named${where}.`
      : `How much of what it takes to name a layer is there${where}: ${parts.join(", ")}.`;
  });
  return [context(...lines)];
}

const fallenAtMost = 2;

/** Verdicts that the rules would refuse now: they stand, and nobody should build on them. */
function fallenVerdicts(state: IncidentState): KnownBlock[] {
  if (state.incident.status !== "open") return [];
  const flags = notHoldingFlags(state);
  const more = flags.length - fallenAtMost;
  return [
    ...flags
      .slice(0, fallenAtMost)
      .map(({ rule, missing, sentence }) => section(sentence, `flag:${rule}:${missing.join(",")}`)),
    ...(more > 0
      ? [
          context(
            `And ${countOf(more, "more", "more")} of that kind: open the checklist to see them all.`,
          ),
        ]
      : []),
  ];
}

/** What layers contributed, and how they broke, in the words of who said so (R7). */
function conditions(state: IncidentState): KnownBlock[] {
  const said = state.verdicts.filter(
    (verdict): verdict is Verdict & { contribution: string } => verdict.contribution !== null,
  );
  return said
    .slice(-3)
    .map((verdict) =>
      context(
        `${layers[verdict.layer].label}${verdict.verdict === "proximate" ? ", how it broke" : " contributed"}: ${oneLine(verdict.contribution, 300)}`,
      ),
    );
}

/** The next best step while it is open, then where the postmortem is. */
function nextWords(state: IncidentState, gitHub: GitHubUses): string | Mrkdwn {
  return state.incident.status === "open"
    ? nextButton(state).sentence
    : postmortemWords(state.incident, gitHub.canProposePostmortem);
}

/** What is missing around the incident itself: owners, GitHub. */
function gaps(state: IncidentState, { canFileIssues }: GitHubUses): KnownBlock[] {
  if (state.incident.status !== "open") return [];
  const unowned = layersWithoutOwner(state);
  const nobody =
    unowned.length === layerIds.length
      ? "Nobody is named for any layer: whoever knows one may answer for it."
      : `Nobody is named for ${layersInWords(unowned)}: whoever knows may answer.`;
  return [
    ...(unowned.length > 0 ? [context(nobody)] : []),
    ...(canFileIssues
      ? []
      : [
          context(
            "No GitHub repository is set up for issues: actions are kept in the incident's record, and filed once one is set up.",
          ),
        ]),
  ];
}
