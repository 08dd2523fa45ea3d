import type { KnownBlock } from "@slack/types";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { ArmVerdict } from "#src/domain/figures/arm-readings.ts";
import { grouped, pInWords, setBackWords } from "#src/domain/figures/figure-words.ts";
import { type Arm, type Counts, splits } from "#src/domain/figures/figures.ts";
import { armRoles } from "#src/domain/figures/parse-arms.ts";
import { seriesText } from "#src/domain/figures/parse-series.ts";
import { findingOf, readFigures } from "#src/domain/figures/read-figures.ts";
import { readingMark } from "#src/domain/figures/reading-mark.ts";
import { readReplay } from "#src/domain/figures/replay.ts";
import { type Interval, wilson } from "#src/domain/statistics/wilson.ts";
import { layersInWords } from "#src/domain/words.ts";
import { context, oneLine, section } from "#views/block-kit.ts";

/** So many rows of a table are read on a phone; the rest is counted. */
const linesAtMost = 10;

/**
 * What the counts of an item say, then the counts: one sentence, whose block_id is that of the mark in the
 * receipt (`reading:differs:EV2`), then a short line each (B3.1). None where nobody gave counts.
 */
export function figureBlocks(item: EvidenceItem): KnownBlock[] {
  const finding = findingOf(item.kind, item.data);
  if (!finding) return [];
  const reading = readFigures(item.kind, item.data);
  const id = reading ? readingMark(reading, item.number).id : undefined;
  const lines = linesOf(item);
  const shown = lines.slice(0, linesAtMost);
  const more = lines.length - shown.length;
  return [
    section(finding.sentence, id),
    section(
      [...shown, ...(more > 0 ? [`and ${more} more`] : [])].map((line) => `• ${line}`).join("\n"),
    ),
    ...wordsOf(item),
  ];
}

/** What the counts say, as a sentence for who hears it; empty where there are none. */
export function figureSentence({ kind, data }: EvidenceItem): string {
  return findingOf(kind, data)?.sentence ?? "";
}

function linesOf({ kind, data }: EvidenceItem): string[] {
  switch (kind) {
    case "E4":
      return data.arms ? armLines(data.arms) : [];
    case "E5":
      return [
        ...(data.cohorts ?? []).map((cohort) => `${name(cohort.group)}: ${rateWords(cohort)}`),
        ...(data.series ?? []).map((window) => `${windowWords(window)}: ${rateWords(window)}`),
      ];
    case "E6":
      return (data.ablation ?? []).map(
        (arm) =>
          `${name(arm.group)}, ${arm.hasChange ? "with" : "without"} the change: ${rateWords(arm)}`,
      );
    case "E7":
      return (data.stacks ?? []).map(
        (stack) => `${name(stack.stack)}${stack.isControl ? ", control" : ""}: ${rateWords(stack)}`,
      );
    default:
      return [];
  }
}

/** "effort high (override, Orchestration & tools): 2 of 20 failed (10 %, 3 to 30 %), recovers, p .0155, adjusted .0464". */
function armLines(arms: NonNullable<EvidenceItem["data"]["arms"]>): string[] {
  return readReplay(arms).arms.map((arm) => {
    const words = [
      `${name(arm.name)}${roleWords(arm)}: ${rateWords(arm, arm.interval)}`,
      ...(arm.verdict === null ? [] : [verdicts[arm.verdict]]),
      ...(arm.p === null ? [] : [pInWords(arm.p)]),
      ...(arm.adjusted === null ? [] : [`adjusted ${pInWords(arm.adjusted).replace(/^p /, "")}`]),
    ];
    return words.join(", ");
  });
}

const verdicts: Record<NonNullable<ArmVerdict>, string> = {
  recovers: "recovers",
  reduces: "fails less, but does not recover",
  no_difference: "no difference",
  fails_again: "fails again",
  does_not_fail_again: "does not fail again",
};

/** " (override, Orchestration & tools)"; a baseline that is called so needs no role beside its name. */
function roleWords({ name: called, role, layers }: Omit<Arm, "isLkg">): string {
  const words = armRoles[role];
  if (layers.length > 0) return ` (${words}, ${layersInWords(layers)})`;
  return called.toLowerCase().startsWith(words) ? "" : ` (${words})`;
}

/** What stands behind the counts on the author's word: what differs, what was counted, over how many inputs. */
function wordsOf({ data }: EvidenceItem): KnownBlock[] {
  const { arms = [], splitBy, measure, areOtherPinsEqual, isSameBuild, inputCount } = data;
  const setBack = setBackWords(arms);
  const words = [
    ...(setBack === "" ? [] : [setBack.replace(/\.$/, ", says who recorded it.")]),
    ...(splitBy === undefined ? [] : [`Split by: ${splits[splitBy].label.toLowerCase()}.`]),
    ...(measure === undefined ? [] : [`Counted as a failure: ${oneLine(measure, 200)}.`]),
    ...(areOtherPinsEqual
      ? ["No other version changed at either edge, says who recorded it."]
      : []),
    ...(isSameBuild ? ["Both arms ran on the same build, says who recorded it."] : []),
    ...(inputCount === undefined
      ? []
      : [`The same mistake was seen over ${grouped(inputCount)} unrelated inputs.`]),
  ];
  return words.length === 0 ? [] : [context(words.join(" "))];
}

function windowWords(window: NonNullable<EvidenceItem["data"]["series"]>[number]): string {
  // as it is typed, without its counts
  const typed = seriesText([window]).replace(/: \d+ of \d+$/, "");
  return oneLine(typed.replace(/, (in|out)/, " UTC, $1"), 120);
}

function name(text: string): string {
  return oneLine(text, 60);
}

/** "2 of 20 failed (10 %, 3 to 30 %)": the interval is Wilson's, 95 %. */
function rateWords(counts: Counts, interval: Interval = wilson(counts)): string {
  const { n, fails } = counts;
  const rate = percent(n === 0 ? 0 : fails / n, n);
  const low = percent(interval.low, n);
  const high = percent(interval.high, n);
  return `${grouped(fails)} of ${grouped(n)} failed (${rate} %, ${low} to ${high} %)`;
}

/** As many digits as the number of runs carries: whole below a hundred runs, one or two decimals for small rates above. */
function percent(rate: number, n: number): string {
  const value = rate * 100;
  const carried = n < 100 ? 0 : n < 10_000 ? 1 : 2;
  const digits = value >= 10 && value <= 90 ? Math.max(0, carried - 1) : carried;
  return String(Number(value.toFixed(digits)));
}
