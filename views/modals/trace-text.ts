import type { KnownBlock } from "@slack/types";
import {
  contentParts,
  type Hop,
  hopOf,
  keptCharactersAtMost,
  layerWords,
} from "#src/domain/exhibit/trace-exhibit.ts";
import { grouped } from "#src/domain/figures/figure-words.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { context, mrkdwn, oneLine, section } from "#views/block-kit.ts";
import { modalView } from "#views/inputs.ts";
import type { Modal } from "#views/modal.ts";

export interface TraceTextProps {
  state: IncidentState;
  evidenceNumber: number;
  hopNumber: number;
}

/** The kept text of one hop of a traced request, for those who take part. */
export const traceTextModal: Pick<Modal<TraceTextProps, never>, "callbackId" | "render"> = {
  callbackId: "trace-text",
  render({ state, evidenceNumber, hopNumber }) {
    const item = state.evidence.find(({ number }) => number === evidenceNumber);
    const hop = item?.data.trace && hopOf(item.data.trace, hopNumber);
    const blocks = hop
      ? textBlocks(hop)
      : [section("There is no such hop in this trace any more.")];
    return modalView("trace-text", { title: `Text of hop ${hopNumber}`, blocks });
  },
};

/** The kept text of one hop; where somebody left it out, or it was dropped since, what is left of it. */
function textBlocks(hop: Hop): KnownBlock[] {
  return [
    section(mrkdwn`*${hop.n}. ${oneLine(hop.name, 100)}* · ${layerWords(hop)}`),
    ...hop.content.flatMap(({ field, part, characters, sha256, text }) => [
      context(
        `${contentParts[part]}, ${oneLine(field, 100)}: ${charactersInWords(characters)}${cutWords(characters, text)}, SHA-256 ${sha256.slice(0, 16)}`,
      ),
      ...(text === undefined ? [] : [section(text)]),
    ]),
  ];
}

function cutWords(characters: number, text: string | undefined): string {
  if (text === undefined) return ", text not kept";
  return characters > keptCharactersAtMost ? ", the beginning of it" : "";
}

/** "1,200 characters". */
export function charactersInWords(count: number): string {
  return `${grouped(count)} ${count === 1 ? "character" : "characters"}`;
}
