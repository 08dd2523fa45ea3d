import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
import { context, mrkdwn, mention, oneLine, section, typedLink } from "#views/block-kit.ts";
import { evidenceOf } from "#views/find.ts";
import { incidentReference } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** A new item of evidence, in the channel, in the words of who recorded it. */
export function renderEvidence(state: IncidentState, evidenceNumber: number): MessageContent {
  const item = evidenceOf(state, evidenceNumber);
  const kind = evidenceKinds[item.kind];
  const typedBy =
    item.recorder === item.author ? mrkdwn`` : mrkdwn` (recorded by ${mention(item.recorder)})`;
  const layers = layerWords(item);
  return content(
    mrkdwn`${incidentReference(state.incident)}: evidence ${item.number}, ${kind}, from ${mention(item.author)}: ${oneLine(item.what, 300)}. ${layers}`,
    [
      section(
        mrkdwn`*Evidence ${item.number}: ${kind}*, says ${mention(item.author)}${typedBy}`,
        `evidence:EV${item.number}`,
      ),
      section(item.what),
      context(layers),
      ...(item.link === null ? [] : [typedLink(item.link, "See it")]),
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
  return parts.length > 0 ? parts.join(" ") : "It does not say for which layer it speaks.";
}
