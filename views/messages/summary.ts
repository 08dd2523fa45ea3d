import type { KnownBlock } from "@slack/types";
import { nextStep } from "#src/domain/checklist.ts";
import type { Answer } from "#src/domain/evidence.ts";
import type { IncidentState, LayerOwner, LeverUse, Verdict } from "#src/domain/incident.ts";
import { currentVerdicts } from "#src/domain/layer-state.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import { isInForce } from "#src/domain/lever-use.ts";
import { levers } from "#src/domain/lever.ts";
import { incidentClasses } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
import {
  context,
  dateTime,
  header,
  joinMrkdwn,
  mrkdwn,
  mention,
  mentionGroup,
  type Mrkdwn,
  oneLine,
  section,
  truncate,
} from "#views/block-kit.ts";
import {
  answerWords,
  countOf,
  incidentLine,
  leverLine,
  postmortemWords,
  severityWords,
  statusWords,
  verdictWords,
} from "#views/words.ts";
import type { MessageExtras } from "./message-content.ts";

/** What is done on GitHub, as `MessageExtras` says it. */
type GitHubUses = Pick<MessageExtras, "canFileIssues" | "canProposePostmortem">;

/**
 * Where an incident stands, top down: what it is, who leads, what comes next, what users see, levers
 * in force, the evidence board. The panel and the status answer are made of it. However much an
 * incident holds, it stays below 25 blocks and about 6,000 characters: lists are cut, and say so.
 */
export function summaryBlocks(state: IncidentState, gitHub: GitHubUses): KnownBlock[] {
  return [
    header(incidentLine(state.incident)),
    section(whereItStands(state)),
    section(nextWords(state, gitHub)),
    ...service(state),
    section(userImpact(state)),
    ...leverBlocks(state),
    section(board(state)),
    ...conditions(state),
    ...gaps(state, gitHub),
  ];
}

function whereItStands({ incident }: IncidentState): Mrkdwn {
  const status = statusWords(incident);
  const parts = [
    mrkdwn`*${status.charAt(0).toUpperCase() + status.slice(1)}*, ${severityWords(incident)}. ${mention(incident.coordinator)} leads.`,
    mrkdwn`Declared by ${mention(incident.declaredBy)}, ${dateTime(incident.declaredAt)}.`,
  ];
  if (incident.incidentClass)
    parts.push(mrkdwn`Class: ${incidentClasses[incident.incidentClass]}.`);
  return joinMrkdwn(parts, " ");
}

function service({ incident: { serviceName } }: IncidentState): KnownBlock[] {
  return serviceName === null ? [] : [context(`Service: ${oneLine(serviceName, 80)}`)];
}

function userImpact({ incident: { userImpact: impact } }: IncidentState): string {
  return impact === null
    ? "What users see is not recorded yet."
    : `What users see: ${truncate(impact, 800)}`;
}

const leversAtMost = 4;

function leverBlocks(state: IncidentState): KnownBlock[] {
  const inForce = state.levers.filter(isInForce);
  return [
    ...inForce
      .slice(-leversAtMost)
      .flatMap((use) => [
        section(leverState(use)),
        context(
          `${use.lever === "other" ? `${leverLine(use)}. ` : ""}Taken back when: ${oneLine(use.revertCondition, 200)}`,
        ),
      ]),
    ...(inForce.length > leversAtMost
      ? [context(`And ${countOf(inForce.length - leversAtMost, "earlier lever")} in force.`)]
      : []),
  ];
}

function leverState(use: LeverUse): Mrkdwn {
  const who = mention(use.authorizer);
  // own words are people's, and stand in plain text under it
  const what = use.lever === "other" ? "" : `: ${levers[use.lever].label}`;
  const inForce = mrkdwn`*Lever ${use.number} is in force${what}.*`;
  switch (use.state) {
    case "claimed":
      return mrkdwn`${inForce} Claimed: ${who} has not confirmed it yet.`;
    case "confirmed":
      return mrkdwn`${inForce} Authorized by ${who}.`;
    case "declined":
      return mrkdwn`${inForce} ${who} declined it: take it back.`;
  }
}

/** Who is asked for each layer, who answered what, what was decided. */
function board(state: IncidentState): Mrkdwn {
  const answered = layerIds.filter((layer) => answersFor(state, layer).length > 0);
  const title = mrkdwn`*Evidence board: ${answered.length} of ${layerIds.length} layers answered, ${countOf(state.evidence.length, "item")} of evidence*`;
  return joinMrkdwn([title, ...layerIds.map((layer) => boardLine(state, layer))], "\n");
}

function boardLine(state: IncidentState, layer: LayerId): Mrkdwn {
  const owner = state.owners.find((one) => one.layer === layer);
  const answers = answersFor(state, layer);
  const told =
    answers.length === 0
      ? mrkdwn`_not answered yet_`
      : joinMrkdwn(
          answers.slice(0, perLayerAtMost).map((answer) => answerLine(answer, owner)),
          "; ",
        );
  const verdicts = verdictsFor(state, layer).slice(0, perLayerAtMost);
  const decided = verdicts.length === 0 ? mrkdwn`` : mrkdwn`. *${joinMrkdwn(verdicts, "; ")}*`;
  return mrkdwn`• *${layers[layer].label}* (${ownerWords(owner)}): ${told}${decided}`;
}

/** Answers and verdicts shown for one layer; the checklist has them all. */
const perLayerAtMost = 2;

function answersFor(state: IncidentState, layer: LayerId): Answer[] {
  return state.answers.filter((answer) => answer.layer === layer);
}

function answerLine(answer: Answer, owner: LayerOwner | undefined): Mrkdwn {
  const strands = answer.strandNumbers?.slice(0, 5).join(", ");
  const where = strands === undefined ? "" : ` (strand ${strands})`;
  const who = answer.author === owner?.userId ? mrkdwn`` : mrkdwn`, says ${mention(answer.author)}`;
  return mrkdwn`${answerWords(answer)}${who}${where}`;
}

function verdictsFor(state: IncidentState, layer: LayerId): Mrkdwn[] {
  return state.strands.flatMap((strand) =>
    currentVerdicts(state, strand.number)
      .filter((verdict) => verdict.layer === layer)
      .map((verdict) =>
        state.strands.length > 1
          ? mrkdwn`Strand ${strand.number}: ${verdictWords(verdict)}`
          : mrkdwn`${verdictWords(verdict)}`,
      ),
  );
}

/** Who is asked for a layer: a person, a user group, or "nobody named". */
export function ownerWords(owner: LayerOwner | undefined): Mrkdwn {
  if (owner?.userId) return mention(owner.userId);
  if (owner?.groupId) return mentionGroup(owner.groupId);
  return mrkdwn`nobody named`;
}

/** What layers contributed, in the words of who said so (R7). */
function conditions(state: IncidentState): KnownBlock[] {
  const said = state.verdicts.filter(
    (verdict): verdict is Verdict & { contribution: string } => verdict.contribution !== null,
  );
  return said
    .slice(-3)
    .map((verdict) =>
      context(`${layers[verdict.layer].label} contributed: ${oneLine(verdict.contribution, 300)}`),
    );
}

/** The next best step while it is open, then where the postmortem is. */
function nextWords(state: IncidentState, gitHub: GitHubUses): string | Mrkdwn {
  return state.incident.status === "open"
    ? nextStep(state).sentence
    : postmortemWords(state.incident, gitHub.canProposePostmortem);
}

/** What is missing around the incident itself: owners, GitHub. */
function gaps(state: IncidentState, { canFileIssues }: GitHubUses): KnownBlock[] {
  if (state.incident.status !== "open") return [];
  const unowned = layerIds.filter((layer) => {
    const owner = state.owners.find((one) => one.layer === layer);
    return !owner?.userId && !owner?.groupId;
  });
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
            "No GitHub repository is set up for issues: actions are kept in the incident's record; file them by hand for now.",
          ),
        ]),
  ];
}
