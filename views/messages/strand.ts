import type { KnownBlock } from "@slack/types";
import type { IncidentState } from "#src/domain/incident.ts";
import { currentAnswer, openLayers, verdictOf } from "#src/domain/layer-state.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import type { Strand } from "#src/domain/strand.ts";
import { failureTypeOf } from "#src/domain/failure-type.ts";
import { hasStrandBoards } from "#src/domain/strand-effects.ts";
import { failureTypes } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
import {
  actions,
  button,
  context,
  dateTime,
  joinMrkdwn,
  mention,
  type Mrkdwn,
  mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { strandOf } from "#views/find.ts";
import { encodeHint } from "#views/hint.ts";
import { answerWords, incidentReference, sliceWords, verdictWords } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";
import { ownerWords } from "./board.ts";

/** A strand that was added or changed, in the channel, with what its layers answered and who is still asked. */
export function renderStrand(state: IncidentState, strandNumber: number): MessageContent {
  const { incident } = state;
  const strand = strandOf(state, strandNumber);
  const open = openLayers(state, strandNumber);
  const hint = encodeHint({ incidentId: incident.id, strandNumber });
  const answers = { incidentId: incident.id, strandNumber, layers: open };
  const isOnly = state.strands.length === 1;
  const asked = isOnly
    ? "The panel shows what its layers answered."
    : open.length === 0
      ? "Every layer is answered for it."
      : `Please answer for ${layersInWords(open)}.`;
  return content(
    mrkdwn`${incidentReference(incident)}: Strand ${strandNumber}, “${oneLine(strand.name)}”. ${asked}`,
    [
      section(`Strand ${strandNumber}: ${strand.name}`, `strand:S${strandNumber}`),
      ...(strand.symptom === null ? [] : [section(`Users see: ${strand.symptom}`)]),
      context(...bounds(strand)),
      ...failureTypeBlock(state, strand),
      context("A strand is a failure with a window (from when to when) and a cause of its own."),
      ...(incident.status === "open" && !isOnly ? [askBlock(asked, open)] : []),
      ...(isOnly
        ? [context(asked)]
        : hasStrandBoards(state)
          ? [section(board(state, strandNumber))]
          : [context("The checklist shows what its layers answered.")]),
      ...(incident.status === "open"
        ? [
            actions(`strand-buttons:S${strandNumber}`, [
              ...(open.length > 0
                ? [
                    button("answer-layers", "Answer for it", encodeHint(answers), {
                      style: "primary",
                      spoken: `Answer for it: strand ${strandNumber}`,
                    }),
                  ]
                : []),
              button("checklist", "Checklist", hint, {
                spoken: `Checklist of strand ${strandNumber}`,
              }),
              button("edit-strand", "Change", hint, { spoken: `Change strand ${strandNumber}` }),
            ]),
          ]
        : []),
    ] satisfies KnownBlock[],
  );
}

/** B13.9: what a person set, by whom, or what follows from what broke first; nothing before either. */
function failureTypeBlock(state: IncidentState, strand: Strand): KnownBlock[] {
  const type = failureTypeOf(state, [`S${strand.number}`]);
  if (type === null) return [];
  const { failureType, failureTypeBy } = strand;
  const how =
    failureType === null || failureTypeBy === null
      ? mrkdwn`, as it follows from what broke first.`
      : mrkdwn`, says ${mention(failureTypeBy)}.`;
  return [context(mrkdwn`Kind of failure: ${failureTypes[type]}${how}`)];
}

function askBlock(asked: string, open: readonly LayerId[]): KnownBlock {
  return open.length === 0
    ? section(asked)
    : section(mrkdwn`*${asked}* “Cannot tell” counts as an answer.`);
}

function bounds({ slice, windowFrom, windowTo, addedBy }: Strand): (string | Mrkdwn)[] {
  const where = sliceWords(slice);
  const since =
    windowFrom === null ? mrkdwn`Start not known` : mrkdwn`Since ${dateTime(windowFrom)}`;
  const until = windowTo === null ? mrkdwn`.` : mrkdwn` until ${dateTime(windowTo)}.`;
  return [
    mrkdwn`${since}${until}`,
    ...(where === "" ? [] : [`Only ${where}.`]),
    ...(addedBy === null ? [] : [mrkdwn`Added by ${mention(addedBy)}.`]),
  ];
}

function board(state: IncidentState, strandNumber: number): Mrkdwn {
  return joinMrkdwn(
    layerIds.map((layer) => boardLine(state, strandNumber, layer)),
    "\n",
  );
}

function boardLine(state: IncidentState, strandNumber: number, layer: LayerId): Mrkdwn {
  const answer = currentAnswer(state, strandNumber, layer);
  const verdict = verdictOf(state, strandNumber, layer);
  const owner = state.owners.find((one) => one.layer === layer);
  const forAll = answer?.strandNumbers === null ? mrkdwn` (for all strands)` : mrkdwn``;
  const told = answer
    ? mrkdwn`${answerWords(answer)}, says ${mention(answer.author)}${forAll}`
    : mrkdwn`_not answered yet_, ${ownerWords(owner)}`;
  const decided = verdict ? mrkdwn`. *${verdictWords(verdict)}*` : mrkdwn``;
  return mrkdwn`• *${layers[layer].label}*: ${told}${decided}`;
}
