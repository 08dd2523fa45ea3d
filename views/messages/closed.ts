import type { KnownBlock } from "@slack/types";
import type { Incident, IncidentState } from "#src/domain/incident.ts";
import { currentVerdicts } from "#src/domain/layer-state.ts";
import { layers } from "#src/domain/layers/index.ts";
import {
  actions,
  button,
  context,
  dateTime,
  header,
  mrkdwn,
  mention,
  type Mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import {
  countOf,
  incidentName,
  incidentSubject,
  postmortemWords,
  verdictWords,
} from "#views/words.ts";
import { content, type MessageContent, type MessageExtras } from "./message-content.ts";

/** The response has ended: what broke, what is still to be done, where the postmortem is. */
export function renderClosed(
  state: IncidentState,
  { canProposePostmortem }: MessageExtras,
): MessageContent {
  const { incident } = state;
  const postmortem = postmortemWords(incident, canProposePostmortem);
  // opened again: what was proposed waits for the next close
  const isOpen = incident.status === "open";
  const last = isOpen ? endLine(state) : postmortem;
  return content(mrkdwn`${incidentSubject(incident)}: ${oneLine(incident.title)}. ${last}`, [
    header(headline(incident)),
    section(isOpen ? endLine(state) : mrkdwn`${endLine(state)} ${postmortem}`),
    ...state.strands
      .slice(0, strandsAtMost)
      .flatMap((strand) => strandBlocks(state, strand.number)),
    ...(state.strands.length > strandsAtMost
      ? [
          context(
            `And ${countOf(state.strands.length - strandsAtMost, "more strand")}, in the postmortem.`,
          ),
        ]
      : []),
    context(actionsLine(state)),
    ...reopenButton(incident),
  ]);
}

/** Posted at the first close and edited in place: after a reopening it says so. */
function headline(incident: Incident): string {
  return incident.status === "open"
    ? `${incidentName(incident)} is open again`
    : `${incidentName(incident)} is closed`;
}

/** Where it turns out not to be over. */
function reopenButton({ id, status }: Incident): KnownBlock[] {
  if (status !== "closed" && status !== "learned") return [];
  const hint = encodeHint({ incidentId: id });
  return [actions("closed-buttons", [button("reopen-incident", "Reopen", hint)])];
}

/** Four strands of three causes fit into one message; the postmortem has them all. */
const strandsAtMost = 4;
const causesAtMost = 3;

function endLine({ incident }: IncidentState): Mrkdwn {
  if (incident.status === "open") return mrkdwn`It was closed, and the response goes on.`;
  const by = incident.closedBy === null ? mrkdwn`` : mrkdwn` by ${mention(incident.closedBy)}`;
  const at = incident.closedAt === null ? mrkdwn`` : mrkdwn`, ${dateTime(incident.closedAt)}`;
  if (incident.closedAs !== "undetermined") return mrkdwn`Closed${by}${at}.`;
  const named =
    incident.closeApprover === null
      ? mrkdwn``
      : mrkdwn` ${mention(incident.closeApprover)} is named as approver${by}.`;
  return mrkdwn`Closed as undetermined${by}${at}: what broke first is not known.${named}`;
}

function strandBlocks(state: IncidentState, strandNumber: number): KnownBlock[] {
  const causes = currentVerdicts(state, strandNumber)
    .filter(({ verdict }) => verdict === "proximate" || verdict === "contributing")
    // what broke first before what contributed
    .toSorted((a, b) => Number(b.verdict === "proximate") - Number(a.verdict === "proximate"));
  const strand = state.strands.length > 1 ? `Strand ${strandNumber}: ` : "";
  if (causes.length === 0) return noCause(state, strand);
  const more = causes.length - causesAtMost;
  return [
    ...causes
      .slice(0, causesAtMost)
      .flatMap((verdict) => [
        section(mrkdwn`${strand}*${layers[verdict.layer].label}*: ${verdictWords(verdict)}`),
        ...(verdict.contribution === null ? [] : [context(oneLine(verdict.contribution, 300))]),
      ]),
    ...(more > 0 ? [context(`${strand}and ${more} more, in the postmortem.`)] : []),
  ];
}

/** That nobody knows what broke first; said once where the line above it says so of the whole incident. */
function noCause({ incident, strands }: IncidentState, strand: string): KnownBlock[] {
  if (incident.status === "open") return [section(`${strand}What broke first is not decided.`)];
  return incident.closedAs === "undetermined" && strands.length === 1
    ? []
    : [section(`${strand}What broke first was not determined.`)];
}

function actionsLine({ actions }: IncidentState): string {
  if (actions.length === 0) return "No corrective action was recorded.";
  const filed = actions.filter((action) => action.issueUrl !== null).length;
  const asIssues = filed > 1 ? "as issues" : "as an issue";
  const recorded = countOf(actions.length, "corrective action");
  if (filed === 0) return `${recorded} recorded, none filed as an issue.`;
  const many = filed === actions.length ? (filed > 1 ? "all " : "") : `${filed} `;
  return `${recorded}, ${many}filed ${asIssues}.`;
}
