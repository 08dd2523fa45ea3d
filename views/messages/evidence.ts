import type { KnownBlock } from "@slack/types";
import { countlessWords, weaknessOf } from "#src/domain/add-evidence.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { shownLayers } from "#src/domain/figures/shown-layers.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { lowerFirst } from "#src/domain/timeline-words.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
import {
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
import { incidentReference, numberedWords, sliceWords } from "#views/words.ts";
import { standingBlocks } from "./evidence-standing.ts";
import { figureBlocks, figureSentence } from "./figure-lines.ts";
import { content, type MessageContent } from "./message-content.ts";
import { requestWords, traceBlocks } from "./trace-lines.ts";

/** A new item of evidence, in the channel, in the words of who recorded it; with the buttons that say whether it counts (R11). */
export function renderEvidence(state: IncidentState, evidenceNumber: number): MessageContent {
  const item = evidenceOf(state, evidenceNumber);
  const kind = evidenceKinds[item.kind];
  const typedBy =
    item.recorder === item.author ? mrkdwn`` : mrkdwn` (recorded by ${mention(item.recorder)})`;
  const layers = layerWords(item);
  const figures = figureSentence(item);
  const countless = countlessWords(item);
  const said = `${oneLine(item.what.replace(/[.\s]+$/, ""), 300)}.`;
  return content(
    mrkdwn`${incidentReference(state.incident)}: Evidence ${item.number}, ${lowerFirst(kind)}, from ${mention(item.author)}: ${[said, figures, layers, countless].filter((one) => one !== "").join(" ")}${traceWords(item)}`,
    [
      section(item.what, `evidence:EV${item.number}`),
      ...figureBlocks(item),
      ...traceBlocks(state.incident.id, item),
      context(
        mrkdwn`Evidence ${item.number}, ${lowerFirst(kind)}, says ${mention(item.author)}${typedBy}`,
        layers,
        ...whereFrom(state, item),
      ),
      ...weaknessBlocks(item),
      ...(countless === "" ? [] : [context(countless)]),
      ...(item.link === null ? [] : [typedLink(item.link, "See it")]),
      ...standingBlocks(state.incident, item),
    ],
  );
}

/** Of an item with a request in it: which one, and where it first went wrong. */
function traceWords({ data: { trace } }: EvidenceItem): Mrkdwn {
  return trace ? mrkdwn` ${requestWords(trace)}` : mrkdwn``;
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
  const differing = differenceWords(item);
  if (differing !== "") return [...parts, differing].join(" ");
  return parts.length > 0 ? parts.join(" ") : "Nobody has said which layer it speaks for.";
}

/** Where the arms show other layers than whoever recorded them says, one sentence; else empty. */
function differenceWords({ kind, data, supports, contradicts, clears }: EvidenceItem): string {
  const { layers: shown } = kind === "E4" ? shownLayers(kind, data) : { layers: [] };
  const isSame =
    shown.length === supports.length && shown.every((layer) => supports.includes(layer));
  if (shown.length === 0 || isSame) return "";
  const counts = `Its counts show ${layersInWords(shown)}`;
  if (supports.length > 0) return `${counts}; who recorded it says ${layersInWords(supports)}.`;
  return shown.some((layer) => contradicts.includes(layer) || clears.includes(layer))
    ? `${counts}; who recorded it speaks against it.`
    : `${counts}; nobody has said that it speaks for it.`;
}

/** Where it was seen and of what it speaks, each a short sentence. */
function whereFrom({ strands }: IncidentState, item: EvidenceItem): (string | Mrkdwn)[] {
  const where = sliceWords(item.slice);
  const isOfAll = strands.every(({ number }) => item.strandNumbers.includes(number));
  const { changedAt, isOtherFailure, isPermission } = item.data;
  return [
    ...(changedAt === undefined ? [] : [mrkdwn`It changed ${dateTime(new Date(changedAt))}.`]),
    ...(isPermission ? ["It shows the permission that made an action possible."] : []),
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
