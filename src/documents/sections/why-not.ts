import type { EvidenceItem } from "#src/domain/evidence.ts";
import { isCounted, isWeak } from "#src/domain/evidence-weight.ts";
import { decisiveLayers } from "#src/domain/figures/demonstrations.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import {
  currentAnswer,
  isUndeterminable,
  opposingRows,
  verdictOf,
} from "#src/domain/layer-state.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { layersInWords, listInWords } from "#src/domain/words.ts";
import { cut } from "#src/documents/github-markdown.ts";
import { evidenceWords, lowerFirst, said, saidLast, upperFirst } from "#src/documents/words.ts";
import { proximateVerdicts } from "#src/documents/what-broke.ts";
import { cannotTellReason } from "./cannot-be-told.ts";
import { quoteLimit } from "./evidence-line.ts";
import { replayAgainst } from "./replay-sentences.ts";

/**
 * Why it was none of the other layers, one line each in layer order, the model first: what was decided,
 * what its owner says, and the evidence that clears it. What speaks for it all the same is told too.
 */
export function whyNotTheOthers(state: IncidentState, strandNumber: number): string {
  const named = new Set(proximateVerdicts(state, strandNumber).map(({ layer }) => layer));
  return layerIds
    .filter((layer) => !named.has(layer))
    .map((layer) => `- **${layers[layer].label}:** ${line(state, strandNumber, layer)}`)
    .join("\n");
}

function line(state: IncidentState, strandNumber: number, layer: LayerId): string {
  return [
    standing(state, strandNumber, layer),
    ...ownersWord(state, strandNumber, layer),
    ...rowsThatAsk(state, strandNumber, layer),
    ...replays(state, strandNumber, layer),
    ...clearing(state, strandNumber, layer),
    ...speakingFor(state, strandNumber, layer),
  ].join(" ");
}

/** What people decided of it, or that nobody did. */
function standing(state: IncidentState, strandNumber: number, layer: LayerId): string {
  const verdict = verdictOf(state, strandNumber, layer);
  if (isUndeterminable(state, strandNumber, layer)) {
    return `**cannot be told.** ${cannotTellReason(state, strandNumber, layer)}`;
  }
  switch (verdict?.verdict) {
    case "cleared":
      return "ruled out.";
    case "not_applicable":
      return verdict.reason ? `not applicable: ${saidLast(verdict.reason)}` : "not applicable.";
    case "contributing":
      return "it contributed (see below), and did not break first.";
    case "implicated":
      return "something in it changed at that time, and nothing shows that it broke.";
    default:
      return currentAnswer(state, strandNumber, layer)
        ? "nobody has ruled it out."
        : "**nobody has answered for it.**";
  }
}

function ownersWord(state: IncidentState, strandNumber: number, layer: LayerId): string[] {
  const answer = currentAnswer(state, strandNumber, layer);
  const why = answer?.sentence ? `: ${saidLast(answer.sentence)}` : ".";
  switch (answer?.change) {
    case "no_change":
      return answer.isSourceComplete
        ? [`It did not change, by a complete record of its changes${why}`]
        : [];
    case "changed":
    case "degraded":
      return [`It ${answer.change}${why}`];
    default:
      return [];
  }
}

/** The items that clear it, the first ones in their own words; then those that only speak against it. */
function clearing(state: IncidentState, strandNumber: number, layer: LayerId): string[] {
  const items = itemsOf(state, strandNumber).filter((item) => !isWeak(item.kind));
  const clears = items.filter((item) => item.clears.includes(layer));
  const against = items.filter(
    (item) => item.contradicts.includes(layer) && !item.clears.includes(layer),
  );
  const quoted = clears
    .slice(0, quotesAtMost)
    .map(
      (item) =>
        `${said(cut(item.what, quoteLimit))} (${lowerFirst(evidenceKinds[item.kind])}, evidence ${item.number})`,
    );
  const more = clears.slice(quotesAtMost).map(({ number }) => number);
  const cited = currentAnswer(state, strandNumber, layer)?.evidenceNumbers ?? [];
  return [
    ...(clears.length > 0
      ? [
          `What clears it: ${listInWords([...quoted, ...(more.length > 0 ? [evidenceWords(more)] : [])])}.`,
        ]
      : cited.length > 0
        ? [`Its answer rests on ${evidenceWords(cited)}.`]
        : []),
    ...againstWords(state, strandNumber, against),
  ];
}

const quotesAtMost = 3;

/** What shows the layer that broke first says so here: it is the strongest reason against all others. */
function againstWords(
  state: IncidentState,
  strandNumber: number,
  against: readonly EvidenceItem[],
): string[] {
  if (against.length === 0) return [];
  const named = new Set(proximateVerdicts(state, strandNumber).map((one) => one.layer));
  const shown = layerIds.filter(
    (layer) => named.has(layer) && against.every((item) => decisiveLayers(item).includes(layer)),
  );
  const what = shown.length > 0 ? ` by showing that ${layersInWords(shown)} broke` : "";
  return [
    `${upperFirst(numbers(against))} ${against.length === 1 ? "speaks" : "speak"} against it${what}.`,
  ];
}

/** What the questions that ask about this layer brought out, in the words of who answered (B13.6). */
function rowsThatAsk(state: IncidentState, strandNumber: number, layer: LayerId): string[] {
  const claimed = new Set(proximateVerdicts(state, strandNumber).map((one) => one.layer));
  return [...claimed].flatMap((one) =>
    opposingRows(state, strandNumber, one).flatMap(({ row, answer }) => {
      if (row.asks !== layer || !answer || answer.reading === "cannot_tell") return [];
      const basis = evidenceWords(answer.evidenceNumbers);
      return [
        `${row.question} ${answer.reading === "points_to" ? "This points to it: " : ""}${said(answer.sentence)}${basis === "" ? "" : ` (${basis})`}.`,
      ];
    }),
  );
}

function speakingFor(state: IncidentState, strandNumber: number, layer: LayerId): string[] {
  const items = itemsOf(state, strandNumber).filter((item) => item.supports.includes(layer));
  if (items.length === 0) return [];
  const isOne = items.length === 1;
  const weak = items.every(({ kind }) => isWeak(kind))
    ? `, and ${isOne ? "is" : "are"} weak: reports and recollections decide nothing`
    : "";
  return [
    `${upperFirst(numbers(items))} ${isOne ? "speaks" : "speak"} for it all the same${weak}.`,
  ];
}

/** What a replay found of this layer (B3.1, R8). */
function replays(state: IncidentState, strandNumber: number, layer: LayerId): string[] {
  // of what contributed, that is said already
  const isNews =
    proximateVerdicts(state, strandNumber).length > 0 &&
    verdictOf(state, strandNumber, layer)?.verdict !== "contributing";
  return itemsOf(state, strandNumber).flatMap((item) => replayAgainst(item, layer, isNews));
}

function itemsOf(state: IncidentState, strandNumber: number): EvidenceItem[] {
  return state.evidence.filter(
    (item) => isCounted(item) && item.strandNumbers.includes(strandNumber),
  );
}

function numbers(items: readonly EvidenceItem[]): string {
  return evidenceWords(items.map(({ number }) => number));
}
