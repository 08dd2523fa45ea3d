import type { KnownBlock } from "@slack/types";
import { layerIds, layers } from "#src/domain/layers/index.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import type { Strand } from "#src/domain/strand.ts";
import { evidenceKinds } from "#src/domain/vocabulary.ts";
import { context, limits, oneLine } from "#views/block-kit.ts";
import type { Choice } from "#views/inputs.ts";

/** The six layers in the order people see them everywhere. */
export const layerChoices: Choice[] = layerIds.map((id) => ({ value: id, text: layers[id].label }));

/**
 * Items of evidence to choose from, oldest first: "Evidence 1 · Full trace of a request · retrieved …". Where
 * there are more than `max`, the newest, and always those that are chosen already.
 */
export function evidenceChoices(
  items: readonly EvidenceItem[],
  chosen: readonly number[] = [],
  max: number = limits.selectOptions,
): Choice[] {
  const isChosen = (item: EvidenceItem) => chosen.includes(item.number);
  const kept = items.filter(isChosen).slice(0, max);
  const others = items.filter((item) => !isChosen(item));
  const newest = others.slice(Math.max(0, others.length - (max - kept.length)));
  return [...kept, ...newest].toSorted((a, b) => a.number - b.number).map(evidenceChoice);
}

/** Strands to choose from, for forms that show them: from the second one on. */
export function strandChoices(strands: readonly Strand[]): Choice[] {
  return strands.map(({ number, name }) => ({
    value: String(number),
    text: `Strand ${number} · ${oneLine(name, 55)}`,
  }));
}

/** Which strand a form is about, where there is more than one. */
export function strandLines({ strands }: IncidentState, strandNumber: number): KnownBlock[] {
  if (strands.length < 2) return [];
  const name = strands.find(({ number }) => number === strandNumber)?.name ?? "";
  return [context(`Strand ${strandNumber}: ${name}`)];
}

function evidenceChoice(item: EvidenceItem): Choice {
  const start = `Evidence ${item.number} · ${oneLine(evidenceKinds[item.kind], 28)} · `;
  // two characters are kept free for what isolates right-to-left words
  const room = limits.optionText - 2 - start.length;
  return { value: String(item.number), text: start + oneLine(item.what, room) };
}
