import type { KnownBlock } from "@slack/types";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import {
  type Hop,
  hopOf,
  hopsInWords,
  keptInWords,
  layerWords,
  type TraceExhibit,
} from "#src/domain/exhibit/trace-exhibit.ts";
import { grouped } from "#src/domain/figures/figure-words.ts";
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

/** What is known first: where it went wrong, once somebody has said so; else what failed; else which request it is. */
export function requestWords(trace: TraceExhibit): Mrkdwn {
  const said = hopOf(trace, trace.firstWrongHop?.n);
  const failed = failedHop(trace.hops);
  const parts = [
    ...(said ? [firstWrongWords(trace)] : []),
    ...(failed && failed !== said ? [mrkdwn`${failedSentence(failed, trace.hops)}`] : []),
    mrkdwn`${traceSentence(trace)}`,
    ...(said ? [] : [firstWrongWords(trace)]),
  ];
  return joinMrkdwn(parts, " ");
}

/**
 * The first hop that reports an error, followed down to where it came from: who calls a hop that fails often
 * fails with it, so that of failed hops one below the other the lowest counts.
 */
function failedHop(hops: readonly Hop[]): Hop | undefined {
  const [first, ...later] = hops.filter(({ status }) => status === "error");
  return later.reduce((lowest, hop) => (lowest && isWithin(hop, lowest) ? hop : lowest), first);
}

/** Whether a hop runs below another one; of hops without a time, whether it may. */
function isWithin(hop: Hop, caller: Hop): boolean {
  if (hop.depth <= caller.depth) return false;
  const [start, from, took] = [hop.startOffsetMs, caller.startOffsetMs, caller.durationMs];
  return start === null || from === null || took === null || start <= from + took;
}

/** "Hop 4 of 4 failed: execute_tool get_rules (Orchestration & tools). So did 1 other hop." */
function failedSentence(hop: Hop, hops: readonly Hop[]): string {
  const others = hops.filter(({ status }) => status === "error").length - 1;
  const rest =
    others === 0 ? "" : ` So did ${grouped(others)} other ${others === 1 ? "hop" : "hops"}.`;
  return `Hop ${hop.n} of ${hops.length} failed: ${oneLine(hop.name, 80)} (${layerWords(hop)}).${rest}`;
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
