import type { EvidenceItem } from "#src/domain/evidence.ts";
import { isCounted, isWeak } from "#src/domain/evidence-weight.ts";
import { pooled } from "#src/domain/figures/arm-readings.ts";
import { decisiveLayers } from "#src/domain/figures/demonstrations.ts";
import { countsInWords } from "#src/domain/figures/figure-words.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import {
  currentAnswer,
  isUndeterminable,
  opposingRows,
  verdictOf,
} from "#src/domain/layer-state.ts";
import { layersInWords, listInWords } from "#src/domain/words.ts";
import { cut, inline } from "#src/documents/github-markdown.ts";
import { evidenceWords, said, saidLast } from "#src/documents/words.ts";
import { proximateVerdicts } from "#src/documents/what-broke.ts";
import { cannotTellReason } from "./cannot-be-told.ts";
import { quoteLimit } from "./evidence-line.ts";

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
        `${said(cut(item.what, quoteLimit))} (evidence ${item.number}${armsOf(item, layer)})`,
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

/** ", prompt sp-300 9 of 20 against 9 of 20 at the baseline": what a replay found of this layer; else nothing. */
function armsOf({ kind, data }: EvidenceItem, layer: LayerId): string {
  const baseline = pooled(data.arms ?? [], "baseline");
  const own = (data.arms ?? []).filter(
    ({ role, layers: set }) => role === "override" && set.length === 1 && set[0] === layer,
  );
  if (kind !== "E4" || !baseline || own.length === 0) return "";
  const runs = own.map((arm) => `${inline(arm.name)} ${countsInWords(arm)}`);
  return `, ${listInWords(runs)} against ${countsInWords(baseline)} at the baseline`;
}

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
    `${capital(numbers(against))} ${against.length === 1 ? "speaks" : "speak"} against it${what}.`,
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
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
  const weak = items.every(({ kind }) => isWeak(kind))
    ? `, which ${items.length === 1 ? "is" : "are"} weak: reports and recollections decide nothing`
    : "";
  return [
    `For it all the same ${items.length === 1 ? "speaks" : "speak"} ${numbers(items)}${weak}.`,
  ];
}

function itemsOf(state: IncidentState, strandNumber: number): EvidenceItem[] {
  return state.evidence.filter(
    (item) => isCounted(item) && item.strandNumbers.includes(strandNumber),
  );
}

function numbers(items: readonly EvidenceItem[]): string {
  return evidenceWords(items.map(({ number }) => number));
}
