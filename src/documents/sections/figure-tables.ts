import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { ArmReading, ArmVerdict } from "#src/domain/figures/arm-readings.ts";
import { pInWords } from "#src/domain/figures/figure-words.ts";
import { type ArmRole, type Counts, splits } from "#src/domain/figures/figures.ts";
import { readReplay, smallestRecovering } from "#src/domain/figures/replay.ts";
import { sliceInWords } from "#src/domain/slice.ts";
import { wilson } from "#src/domain/statistics/wilson.ts";
import { listInWords } from "#src/domain/words.ts";
import { inline, table } from "#src/documents/github-markdown.ts";
import { utcMinute } from "#src/documents/times.ts";
import { layerLabels } from "#src/documents/words.ts";

/** The figures of an item as tables with their 95 % intervals, and for a replay what resolves it; empty where it has none. */
export function figureTables({ kind, data }: EvidenceItem): string[] {
  const { arms, cohorts, series, ablation, stacks, measure, splitBy } = data;
  const counted = measure ? [`Counted as a failure: ${inline(measure)}.`] : [];
  const tables: string[] = [];
  if (kind === "E4" && arms?.length) tables.push(...replayTable(readReplay(arms).arms));
  if (kind === "E5" && cohorts?.length) {
    const heads = [splitBy ? splits[splitBy].label : "Group", ...countHeads];
    tables.push(
      table(
        heads,
        cohorts.map((one) => [inline(one.group), ...countCells(one)]),
      ),
    );
  }
  if (kind === "E5" && series?.length) {
    const rows = series
      .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from))
      .map((one) => [
        `${minute(one.from)} to ${minute(one.to)}`,
        one.isChangeIn ? "in" : "out",
        inline(sliceInWords(one.slice)) || "everything",
        ...countCells(one),
      ]);
    tables.push(table(["Window (UTC)", "Change", "Part", ...countHeads], rows));
  }
  if (kind === "E6" && ablation?.length) {
    const rows = ablation.map((one) => [
      inline(one.group),
      one.hasChange ? "with it" : "without it",
      ...countCells(one),
    ]);
    tables.push(table(["Group", "The change", ...countHeads], rows));
  }
  if (kind === "E7" && stacks?.length) {
    const rows = stacks.map((one) => [
      inline(one.stack),
      one.isControl ? "control" : "suspect",
      ...countCells(one),
    ]);
    tables.push(table(["Stack", "Role", ...countHeads], rows));
  }
  return tables.length > 0 ? [...counted, ...tables] : [];
}

const countHeads = ["Runs", "Failed", "Share", "95 % interval"];

function countCells(counts: Counts): string[] {
  const { low, high } = wilson(counts);
  const { n, fails } = counts;
  const share = n === 0 ? "–" : percent(fails / n);
  return [String(n), String(fails), share, `${percent(low)} to ${percent(high)}`];
}

/** "0.8 %", "16 %": two digits that say something. */
function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value >= 9.95) return `${Math.round(value)} %`;
  if (value < 0.01) return "below 0.01 %";
  return `${value.toPrecision(2).replace(/\.?0+$/, "")} %`;
}

function replayTable(arms: readonly ArmReading[]): string[] {
  const heads = [
    "Arm",
    "What it sets",
    ...countHeads,
    "p",
    "p, adjusted for several arms",
    "What it shows",
  ];
  const rows = arms.map((arm) => [
    inline(arm.name),
    `${roleWords[arm.role]}${arm.layers.length > 0 ? `: ${layerLabels(arm.layers)}` : ""}`,
    ...countCells(arm),
    pCell(arm.p),
    pCell(arm.adjusted),
    armWords(arm),
  ]);
  const resolving = smallestRecovering(arms);
  return [
    table(heads, rows),
    ...(resolving.length > 0
      ? [
          `What resolves it: ${listInWords(resolving.map(({ name, layers }) => `**${inline(name)}** (${layerLabels(layers)})`))}${resolving.length > 1 ? ", each by itself" : ""}.`,
        ]
      : arms.some(({ role }) => role === "override")
        ? ["No arm alone resolves it."]
        : []),
  ];
}

function pCell(p: number | null): string {
  return p === null ? "–" : pInWords(p).replace(/^p /, "");
}

const roleWords: Readonly<Record<ArmRole, string>> = {
  baseline: "As in the incident",
  override: "Set back to what last worked",
  all_lkg: "Everything set back to what last worked",
  reverse: "Everything set back but this",
  mitigation: "A workaround",
};

const verdictWords: Readonly<Record<NonNullable<ArmVerdict>, string>> = {
  recovers: "recovers",
  reduces: "fails less often, but does not recover",
  no_difference: "makes no difference",
  fails_again: "fails again",
  does_not_fail_again: "does not fail again",
};

function armWords({ role, verdict }: ArmReading): string {
  if (verdict !== null) return verdictWords[verdict];
  if (role === "baseline") return "–";
  return role === "mitigation" ? "says nothing of where it broke" : "too few runs to tell";
}

function minute(time: string): string {
  return utcMinute(new Date(time));
}
