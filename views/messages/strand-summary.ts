import type { KnownBlock } from "@slack/types";
import type { IncidentState, Verdict } from "#src/domain/incident.ts";
import { currentVerdicts } from "#src/domain/layer-state.ts";
import { layers } from "#src/domain/layers/index.ts";
import type { Strand } from "#src/domain/strand.ts";
import { confidences } from "#src/domain/vocabulary.ts";
import { layersInWords } from "#src/domain/words.ts";
import { context, oneLine, section } from "#views/block-kit.ts";
import { countOf } from "#views/words.ts";

const shownAtMost = 8;

/** The strands of an incident that has several, each with what was decided; those over eight are counted. */
export function strandBlocks(state: IncidentState): KnownBlock[] {
  const { strands } = state;
  if (strands.length < 2) return [];
  const more = strands.length - shownAtMost;
  const lines = strands.slice(0, shownAtMost).map((strand) => strandLine(state, strand));
  return [
    section(
      [
        `${countOf(strands.length, "strand")}, each a failure with a cause of its own:`,
        ...lines.map((line) => `• ${line}`),
      ].join("\n"),
    ),
    ...(more > 0 ? [context(`And ${more} more: open the checklist to see them all.`)] : []),
  ];
}

/** "Strand 2, refusals in region eu-1: Retrieval & data broke first, probable. 3 layers ruled out." as plain text. */
function strandLine(state: IncidentState, strand: Strand): string {
  const { number, name } = strand;
  const outcome = outcomeWords(currentVerdicts(state, number));
  return `Strand ${number}, ${oneLine(name, 80)}: ${outcome}${parkedWords(strand)}`;
}

/** " Parked until 2026-05-03: no traces are kept."; empty where somebody looks into it. */
function parkedWords({ parkedWhy, parkedUntil }: Strand): string {
  if (parkedWhy === null) return "";
  return ` Parked until ${parkedUntil}: ${oneLine(parkedWhy, 120)}`;
}

/** What was decided in a strand, whole sentences: what broke first, what contributed, how many layers are out. */
export function outcomeWords(verdicts: readonly Verdict[]): string {
  const of = (kind: Verdict["verdict"]) => verdicts.filter(({ verdict }) => verdict === kind);
  const first = of("proximate").map(({ layer, confidence }) => {
    const how = confidence === null ? "" : `, ${confidences[confidence].toLowerCase()}`;
    return `${layers[layer].label} broke first${how}.`;
  });
  const also = [...new Set(of("contributing").map(({ layer }) => layer))];
  const unknown = [...new Set(of("undeterminable").map(({ layer }) => layer))];
  const out = new Set([...of("cleared"), ...of("not_applicable")].map(({ layer }) => layer)).size;
  const sentences = [
    ...(first.length === 0
      ? ["What broke first is not decided."]
      : [...new Set(first)].slice(0, 3)),
    ...(also.length === 0 ? [] : [`${layersInWords(also)} contributed.`]),
    ...(unknown.length === 0 ? [] : [`${layersInWords(unknown)}: cannot be determined.`]),
    ...(out === 0 ? [] : [`${countOf(out, "layer")} ruled out.`]),
  ];
  return sentences.join(" ");
}
