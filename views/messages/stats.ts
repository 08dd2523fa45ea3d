import type { KnownBlock } from "@slack/types";
import { layers } from "#src/domain/layers/index.ts";
import type { Median, Stats } from "#src/domain/stats.ts";
import { listInWords } from "#src/domain/words.ts";
import { context, mrkdwn, section } from "#views/block-kit.ts";
import { spanWords } from "#views/timing.ts";
import { countOf } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/** Fewer than this with a final verdict tell nothing of the next one. */
const fewIncidents = 5;

/**
 * What is blamed first and what broke first, for one person: the model first, because it is what is named
 * most easily (4.01). `days`: how far back; null for all there ever were. Counts, never percentages.
 */
export function renderStats(stats: Stats, days: number | null): MessageContent {
  const when = days === null ? "so far" : `in the last ${countOf(days, "day")}`;
  if (stats.incidents === 0) {
    const none = mrkdwn`No incident was declared ${when}, so there is nothing to count.`;
    return content(none, [section(none, "stats")]);
  }
  const head = headline(stats);
  return content(mrkdwn`${head}`, [
    section(mrkdwn`*${head}*`, "stats"),
    ...(isFew(stats)
      ? [
          context(
            `Fewer than ${fewIncidents} incidents have a final verdict, so this says nothing yet of the next one.`,
          ),
        ]
      : []),
    ...others(stats),
    section(brokeFirstLine(stats)),
    section(timesLines(stats)),
    section(claimsLines(stats)),
    context(
      `${countOf(stats.incidents, "incident")} declared ${when}, ${stats.ended} of them closed; in ${stats.meter.incidents} somebody wrote down what they believed. Drills and cancelled ones are left out; private ones count for those in their channel.`,
    ),
  ]);
}

function isFew({ meter }: Stats): boolean {
  return meter.settled < fewIncidents;
}

/** "The model was named first in 5 of 8 incidents; it had broken first in 1 of them." */
function headline({ meter }: Stats): string {
  if (meter.incidents === 0) return "Nobody has written down yet what they believed first.";
  const model = meter.layers.find(({ layer }) => layer === "model");
  const named = model?.named ?? 0;
  const of = countOf(meter.incidents, "incident");
  if (!model || named === 0) {
    return meter.incidents === 1
      ? "The model was not named first in the one incident with a hypothesis."
      : `The model was named first in none of ${of}.`;
  }
  const settled = model.right + model.wrong;
  const begin = `The model was named first in ${named} of ${of}`;
  if (settled === 0) return `${begin}; what had broken first is not known yet.`;
  if (named === 1) return `${begin}; it had ${model.right === 1 ? "" : "not "}broken first there.`;
  const ofThese = model.open === 0 ? "of them" : `of the ${settled} that are settled`;
  return `${begin}; it had broken first in ${model.right} ${ofThese}.`;
}

function others({ meter }: Stats): KnownBlock[] {
  const named = meter.layers.filter((one) => one.layer !== "model" && one.named > 0);
  if (named.length === 0) return [];
  const words = named.map((one) => {
    const settled = one.right + one.wrong;
    const right = settled === 0 ? "open" : `right in ${one.right} of ${settled}`;
    return `${layers[one.layer].label} in ${one.named} (${right})`;
  });
  return [section(`Other layers that were named first: ${listInWords(words)}.`)];
}

function brokeFirstLine({ brokeFirst }: Stats): string {
  if (brokeFirst.length === 0) return "What broke first is not known of any of them yet.";
  const words = brokeFirst.map(
    ({ layer, strands }) => `${layers[layer].label} in ${countOf(strands, "strand")}`,
  );
  return `What broke first: ${listInWords(words)}.`;
}

function timesLines(stats: Stats): string {
  return [
    medianLine("From onset to detection", stats.onsetToDetection),
    medianLine("From detection to declaration", stats.detectionToDeclaration),
    medianLine("From detection to knowing what broke first", stats.detectionToAttribution),
  ].join("\n");
}

function medianLine(what: string, median: Median | null): string {
  if (median === null) return `${what}: not recorded.`;
  return median.of === 1
    ? `${what}: ${spanWords(median.ms)}, in the one incident where both times are recorded.`
    : `${what}: ${spanWords(median.ms)} in the median of ${median.of}.`;
}

function claimsLines({ endedStrands, undetermined, refusedClaims, incidents }: Stats): string {
  const closed =
    endedStrands === 0
      ? "No strand is closed yet."
      : `Closed without knowing what broke first: ${undetermined} of ${countOf(endedStrands, "strand")}.`;
  const each =
    incidents < fewIncidents ? "" : `, ${(refusedClaims / incidents).toFixed(1)} an incident`;
  return `${closed}\nClaims refused: ${refusedClaims}${each}.`;
}
