import type { KnownBlock } from "@slack/types";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import {
  hopOf,
  hopsInWords,
  keptInWords,
  layerWords,
  type TraceExhibit,
} from "#src/domain/exhibit/trace-exhibit.ts";
import type { IncidentId } from "#src/domain/incident.ts";
import {
  actions,
  button,
  joinMrkdwn,
  mention,
  type Mrkdwn,
  mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";

/** The request of an item in one line, without a word of its text, and the button that opens it hop by hop. */
export function traceBlocks(
  incidentId: IncidentId,
  { number, data: { trace } }: EvidenceItem,
): KnownBlock[] {
  if (!trace) return [];
  const hint = encodeHint({ incidentId, itemNumber: number });
  return [
    section(mrkdwn`${requestWords(trace)} ${keptInWords(trace).join(" ")}`),
    actions(`trace:EV${number}`, [
      button("trace-exhibit", "See the request hop by hop", hint, {
        spoken: `See the request hop by hop: evidence ${number}`,
      }),
    ]),
  ];
}

/** What is known first: where it went wrong, once somebody has said so; else which request it is. */
export function requestWords(trace: TraceExhibit): Mrkdwn {
  const isSaid = hopOf(trace, trace.firstWrongHop?.n) !== undefined;
  const parts = [mrkdwn`${traceSentence(trace)}`, firstWrongWords(trace)];
  return joinMrkdwn(isSaid ? parts.toReversed() : parts, " ");
}

/** "Trace 4bf92f…, 7 hops over Retrieval & data and Model." */
function traceSentence(trace: TraceExhibit): string {
  const service = trace.service === null ? "" : ` of ${oneLine(trace.service, 60)}`;
  return `Trace ${oneLine(trace.traceId, 64)}${service}, ${hopsInWords(trace)}.`;
}

/** Where it first went wrong, and who says so. */
function firstWrongWords(trace: TraceExhibit): Mrkdwn {
  const { firstWrongHop } = trace;
  const hop = hopOf(trace, firstWrongHop?.n);
  if (!firstWrongHop || !hop) return mrkdwn`Nobody has said yet where it first went wrong.`;
  return mrkdwn`It first went wrong at hop ${hop.n}, ${oneLine(hop.name, 80)} (${layerWords(hop)}), says ${mention(firstWrongHop.author)}.`;
}
