import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds, layers } from "#src/domain/layers/index.ts";
import type { PinReport } from "#src/domain/ledger/ledger.ts";
import { changesInWindow } from "#src/domain/ledger/window-changes.ts";
import { currentAnswer } from "#src/domain/layer-state.ts";
import { listInWords } from "#src/domain/words.ts";
import { table } from "#src/documents/github-markdown.ts";
import { utcMinute } from "#src/documents/times.ts";
import { evidenceWords, lowerFirst } from "#src/documents/words.ts";
import { evidenceList } from "./evidence-line.ts";
import { changeWords } from "./matrix-tables.ts";
import type { Section } from "./section.ts";
import { changesFound, isChanged, versionValues } from "./version-values.ts";

/**
 * B11.5: for each layer whether it changed, what was compared between the incident and the time before,
 * and which changes were found and when; then which layers nobody compared, and what there is to compare.
 */
export const versions: Section = {
  title: "Version state of each layer",
  render: ({ state, versions: report, names }) => {
    const seen = [
      ...(report ? versionValues(report, state) : []),
      ...changesFound(state, report, names),
    ];
    const compared = whatWasCompared(state, report?.pins ?? []);
    const parts = [...seen, ...compared];
    return parts.length > 0 ? parts.join("\n\n") : undefined;
  },
};

/** What people compared, by layer, with the items that say so; nothing where nobody did. */
function whatWasCompared(state: IncidentState, pins: readonly PinReport[]): string[] {
  const items = state.evidence.filter(({ kind }) => kind === "E1" || kind === "E2");
  if (items.length === 0) return [];
  const heads = [
    "Layer",
    "Did it change or degrade?",
    "Compared with the time before",
    "Changes found (UTC)",
  ];
  return [
    table(
      heads,
      layerIds.map((layer) => [
        layers[layer].label,
        answersOf(state, layer),
        ...(isNotApplicable(state, layer)
          ? ["–", "–"]
          : [comparedWords(items, layer, pins), changesWords(state, items, layer)]),
      ]),
    ),
    ...(pins.length > 0 ? [] : ["The values themselves are not recorded."]),
    ...notCompared(state, items, new Set(pins.map(({ layer }) => layer))),
    `What was compared, and which changes were found:\n\n${evidenceList(items)}`,
  ];
}

function isNotApplicable(state: IncidentState, layer: LayerId): boolean {
  return state.strands.every(
    ({ number }) => currentAnswer(state, number, layer)?.change === "not_applicable",
  );
}

/** What its owner answered; once where it is the same for every strand. */
function answersOf(state: IncidentState, layer: LayerId): string {
  const given = state.strands.map(({ number }) => {
    const answer = currentAnswer(state, number, layer);
    return { number, words: answer ? changeWords(answer) : "Nobody has answered." };
  });
  const groups = [...Map.groupBy(given, ({ words }) => words)];
  if (groups.length < 2) return groups[0]?.[0] ?? "–";
  return groups
    .map(
      ([words, own]) =>
        `Strand ${listInWords(own.map(({ number }) => String(number)))}: ${lowerFirst(words)}`,
    )
    .join(" ");
}

function hasChanged(state: IncidentState, layer: LayerId): boolean {
  return state.strands.some(
    ({ number }) => currentAnswer(state, number, layer)?.change === "changed",
  );
}

/** What telemetry shows of the layer's versions; then of items: a difference that clears a layer or speaks against it found it equal; one that supports it did not. */
function comparedWords(
  items: readonly EvidenceItem[],
  layer: LayerId,
  pins: readonly PinReport[],
): string {
  const own = pins.filter((pin) => pin.layer === layer);
  const telemetry = own.some(isChanged) ? "Different: telemetry." : "Equal: telemetry.";
  const compared = items.filter(({ kind }) => kind === "E1");
  const differing = compared.filter(({ supports }) => supports.includes(layer));
  const equal = compared.filter((item) => !differing.includes(item) && isAbout(item, layer));
  const parts = [
    ...(own.length > 0 ? [telemetry] : []),
    ...(equal.length > 0 ? [`Equal: ${numbers(equal)}.`] : []),
    ...(differing.length > 0 ? [`Different: ${numbers(differing)}.`] : []),
  ];
  return parts.length > 0 ? parts.join(" ") : "Not recorded";
}

function isAbout({ clears, contradicts }: EvidenceItem, layer: LayerId): boolean {
  return clears.includes(layer) || contradicts.includes(layer);
}

/** Items about a layer that say when it changed, the oldest first, and a change record that does not say when. */
function changesWords(
  state: IncidentState,
  items: readonly EvidenceItem[],
  layer: LayerId,
): string {
  const found = items
    .filter(
      ({ kind, data, supports, clears }) =>
        // a dated difference that clears the layer shows what changed, and that it is harmless
        (supports.includes(layer) && (kind === "E2" || data.changedAt !== undefined)) ||
        (clears.includes(layer) && kind === "E1" && data.changedAt !== undefined),
    )
    .toSorted((a, b) => (a.data.changedAt ?? "z").localeCompare(b.data.changedAt ?? "z"));
  if (found.length === 0) return knownOtherwise(state, layer);
  return found
    .map(({ number, data }) =>
      data.changedAt
        ? `${utcMinute(new Date(data.changedAt))} (evidence ${number})`
        : `At a time that is not recorded (evidence ${number})`,
    )
    .join("; ");
}

/** No item says it: what the ledger found, else what its owner answered. */
function knownOtherwise(state: IncidentState, layer: LayerId): string {
  const times = changesInWindow(state)
    .filter((one) => one.layer === layer)
    .map(({ happenedAt }) => utcMinute(happenedAt))
    .toSorted();
  if (times.length > 0) return times.join("; ");
  return hasChanged(state, layer) ? "It changed at a time that is not recorded" : "None recorded";
}

/** Of what telemetry named the versions, they stand above. */
function notCompared(
  state: IncidentState,
  items: readonly EvidenceItem[],
  seen: ReadonlySet<LayerId>,
): string[] {
  const compared = items.filter(({ kind }) => kind === "E1");
  const left = layerIds.filter(
    (layer) =>
      !seen.has(layer) &&
      !compared.some((item) => item.supports.includes(layer) || isAbout(item, layer)) &&
      !isNotApplicable(state, layer),
  );
  if (left.length === 0) return [];
  const pins = left.map((layer) => `${layers[layer].label} (${layers[layer].pins.join(", ")})`);
  return [`Nobody recorded a comparison of the versions of ${listInWords(pins)}.`];
}

function numbers(items: readonly EvidenceItem[]): string {
  return evidenceWords(items.map(({ number }) => number));
}
