import type { KnownBlock } from "@slack/types";
import { type DissentNow, dissentsAgainst } from "#src/domain/dissent.ts";
import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import { currentVerdicts } from "#src/domain/layer-state.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import { listInWords } from "#src/domain/words.ts";
import {
  actions,
  button,
  context,
  dateTime,
  mrkdwn,
  mention,
  type Mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { countOf, incidentReference, sliceWords, verdictWords } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** What was decided of one layer of one strand, in the channel. A layer can have several: by slice, or a condition beside proximate. */
export function renderVerdict(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId,
): MessageContent {
  const standing = currentVerdicts(state, strandNumber).filter((one) => one.layer === layer);
  const blockId = `verdict:S${strandNumber}:${layer}`;
  const { label } = layers[layer];
  const strand = state.strands.length > 1 ? ` in strand ${strandNumber}` : "";
  const subject = incidentReference(state.incident);
  const newest = standing.at(-1);
  if (!newest) {
    const none = mrkdwn`No verdict stands for ${label}${strand}.`;
    return content(mrkdwn`${subject}: ${none}`, [section(none, blockId)]);
  }
  const shown = standing.slice(-verdictsAtMost);
  return content(
    mrkdwn`${subject}: ${label}${strand}: ${verdictWords(newest)}, says ${mention(newest.author)}.`,
    [
      ...shown.flatMap((verdict, index) => [
        section(verdictLine(label + strand, verdict), index === 0 ? blockId : undefined),
        ...details(verdict),
      ]),
      ...(standing.length > shown.length
        ? [
            context(
              `And ${countOf(standing.length - shown.length, "earlier verdict")}, in the checklist.`,
            ),
          ]
        : []),
      ...dissentBlocks(dissentsAgainst(state, strandNumber, layer)),
      ...(state.incident.status === "open"
        ? [
            actions(`verdict-buttons:S${strandNumber}:${layer}`, [
              button(
                "dissent",
                "Disagree",
                encodeHint({ incidentId: state.incident.id, strandNumber, layers: [layer] }),
                { spoken: `Disagree with the verdict for ${label}` },
              ),
            ]),
          ]
        : []),
    ],
  );
}

const verdictsAtMost = 3;
const dissentsAtMost = 2;

/** What was said against it (R10): the newest ones, by name; the others are counted. */
function dissentBlocks(dissents: readonly DissentNow[]): KnownBlock[] {
  const shown = dissents.slice(-dissentsAtMost);
  const more = dissents.length - shown.length;
  return [
    ...shown.flatMap(({ number, author, statement, recordedAt, isOfEarlierVerdict }) => [
      section(
        mrkdwn`*${mention(author)} ${isOfEarlierVerdict ? "disagreed with an earlier verdict" : "disagrees"}*, ${dateTime(recordedAt)}`,
        `dissent:D${number}`,
      ),
      section(statement),
    ]),
    ...(more > 0
      ? [context(`And ${countOf(more, "earlier disagreement")}, in the timeline.`)]
      : []),
  ];
}

function verdictLine(label: string, verdict: Verdict): Mrkdwn {
  return mrkdwn`*${label}: ${verdictWords(verdict)}*, says ${mention(verdict.author)}, ${dateTime(verdict.recordedAt)}`;
}

function details(verdict: Verdict): KnownBlock[] {
  const { contribution, approver, author, evidenceNumbers, scope, reason, locus } = verdict;
  const numbers = evidenceNumbers.slice(0, 20).map(String);
  const rests = numbers.length === 0 ? [] : [`Rests on evidence ${listInWords(numbers)}.`];
  const slice = sliceWords(scope);
  return [
    ...(slice === "" ? [] : [context(`For ${slice}.`)]),
    ...(locus === "provider" ? [context("It lies with a provider.")] : []),
    ...(contribution === null ? [] : [section(contribution)]),
    ...(reason === null
      ? []
      : [
          context(
            `${verdict.verdict === "proximate" ? "Why nothing decisive can be had" : "Why"}: ${oneLine(reason, 600)}`,
          ),
        ]),
    ...(approver === null
      ? []
      : [context(mrkdwn`${mention(approver)} is named as approver by ${mention(author)}.`)]),
    ...(rests.length === 0 ? [] : [context(...rests)]),
  ];
}
