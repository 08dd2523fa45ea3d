import type { KnownBlock } from "@slack/types";
import { weaknessOf } from "#src/domain/add-evidence.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { Incident, IncidentState } from "#src/domain/incident.ts";
import { lowerFirst } from "#src/domain/timeline-words.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
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
  typedLink,
} from "#views/block-kit.ts";
import { evidenceOf } from "#views/find.ts";
import { encodeHint } from "#views/hint.ts";
import { incidentReference, numberedWords, sliceWords } from "#views/words.ts";
import { figureBlocks, figureSentence } from "./figure-lines.ts";
import { content, type MessageContent } from "./message-content.ts";

/** A new item of evidence, in the channel, in the words of who recorded it; a report with the buttons to verify it (R11). */
export function renderEvidence(state: IncidentState, evidenceNumber: number): MessageContent {
  const item = evidenceOf(state, evidenceNumber);
  const kind = evidenceKinds[item.kind];
  const typedBy =
    item.recorder === item.author ? mrkdwn`` : mrkdwn` (recorded by ${mention(item.recorder)})`;
  const layers = layerWords(item);
  const figures = figureSentence(item);
  const said = `${oneLine(item.what.replace(/[.\s]+$/, ""), 300)}.`;
  return content(
    mrkdwn`${incidentReference(state.incident)}: Evidence ${item.number}, ${lowerFirst(kind)}, from ${mention(item.author)}: ${[said, figures, layers].filter((one) => one !== "").join(" ")}`,
    [
      section(item.what, `evidence:EV${item.number}`),
      ...figureBlocks(item),
      context(
        mrkdwn`Evidence ${item.number}, ${lowerFirst(kind)}, says ${mention(item.author)}${typedBy}`,
        layers,
        ...whereFrom(state, item),
      ),
      ...weaknessBlocks(item),
      ...(item.link === null ? [] : [typedLink(item.link, "See it")]),
      ...(item.kind === "E10" ? reportBlocks(state.incident, item) : []),
    ],
  );
}

/** "Speaks for Retrieval & data. Speaks against Model." */
function layerWords(item: EvidenceItem): string {
  const parts = [
    ...(item.supports.length > 0
      ? [`Speaks for ${layersInWords(item.supports)} as the cause.`]
      : []),
    ...(item.contradicts.length > 0 ? [`Speaks against ${layersInWords(item.contradicts)}.`] : []),
    ...(item.clears.length > 0 ? [`Rules out ${layersInWords(item.clears)}.`] : []),
  ];
  return parts.length > 0 ? parts.join(" ") : "It names no layer.";
}

/** Where it was seen and of what it speaks, each a short sentence. */
function whereFrom({ strands }: IncidentState, item: EvidenceItem): (string | Mrkdwn)[] {
  const where = sliceWords(item.slice);
  const isOfAll = strands.every(({ number }) => item.strandNumbers.includes(number));
  const { changedAt, isOtherFailure } = item.data;
  return [
    ...(changedAt === undefined ? [] : [mrkdwn`It changed ${dateTime(new Date(changedAt))}.`]),
    ...(isOtherFailure ? ["It shows another failure than its strand is about."] : []),
    ...(item.source === null ? [] : [`Seen in: ${oneLine(item.source, 300)}`]),
    ...(where === "" ? [] : [`Only ${where}.`]),
    ...(isOfAll ? [] : [`About ${numberedWords("strand", item.strandNumbers)}.`]),
  ];
}

/** `flag:weak:EV6` is for whoever reads by program. */
function weaknessBlocks(item: EvidenceItem): KnownBlock[] {
  const words = weaknessOf(item);
  if (words.length === 0) return [];
  return [{ ...context(words.join(" ")), block_id: `flag:weak:EV${item.number}` }];
}

function reportBlocks(incident: Incident, item: EvidenceItem): KnownBlock[] {
  const hint = encodeHint({ incidentId: incident.id, itemNumber: item.number });
  const { isVerified } = item;
  return [
    ...(item.verifiedBy === null ? [] : [context(verdictOfReport(item, item.verifiedBy))]),
    ...(incident.status === "open"
      ? [
          actions(`report:EV${item.number}`, [
            ...(isVerified === true
              ? []
              : [
                  button("verify-report", "Verified", hint, {
                    style: isVerified === null ? "primary" : undefined,
                    spoken: `Evidence ${item.number} is verified`,
                  }),
                ]),
            ...(isVerified === false
              ? []
              : [
                  button("refute-report", "Not real", hint, {
                    spoken: `Evidence ${item.number} is not real`,
                  }),
                ]),
          ]),
        ]
      : []),
  ];
}

function verdictOfReport({ isVerified, verifiedAt }: EvidenceItem, verifiedBy: string): Mrkdwn {
  const when = verifiedAt === null ? mrkdwn`` : mrkdwn`, ${dateTime(verifiedAt)}`;
  return isVerified
    ? mrkdwn`Verified by ${mention(verifiedBy)}${when}. It counts.`
    : mrkdwn`Not real, says ${mention(verifiedBy)}${when}. It counts for nothing.`;
}
