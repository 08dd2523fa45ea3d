import { basisOf } from "#src/domain/attribution/basis.ts";
import { twoWay } from "#src/domain/figures/demonstrations.ts";
import { recoveringLayers } from "#src/domain/figures/replay.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { currentVerdicts, supportingItems } from "#src/domain/layer-state.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import { claimToBe, type Meter, meterOf, type MeterPart } from "#src/domain/meter.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { type Asking, evidenceForm, isOpen, type NextQuestion, question } from "./question.ts";

/** What is missing before the layer that people are closest to claiming may be named. */
export function questionsTowards(about: Asking, layer: LayerId): NextQuestion[] {
  const { state, strandNumber, where } = about;
  const { label } = layers[layer];
  const meter = meterOf(state, strandNumber, layer);
  const others = about.open.filter((id) => id !== layer).length;
  const isWanted = isMoreWanted(about, layer, meter);
  if (meter.missing.length === 0 && !isWanted) {
    return [
      question(about, {
        id: `verdict:${layer}`,
        kind: "verdict",
        layer,
        sentence: `Next: decide whether ${label}${where} broke first. Everything that it takes is there.`,
        removes: others,
        opens: { formId: "set-verdict", label: "Decide", layers: [layer] },
      }),
    ];
  }
  const asked = meter.missing.flatMap((part) => partQuestion(about, layer, meter, part));
  return isWanted ? [...asked, decisiveQuestion(about, layer, others)] : asked;
}

/** SEV1, SEV2: two supporting items carry it, and a replay or cohorts are asked for all the same. */
function isMoreWanted({ state, strandNumber }: Asking, layer: LayerId, meter: Meter): boolean {
  if (!isGrave(state) || meter.missing.some(({ kind }) => kind === "evidence")) return false;
  return basisOf(state, claimToBe(state, strandNumber, layer, "suspected")).decisive.length === 0;
}

function isGrave({ incident: { severity } }: IncidentState): boolean {
  return severity === "SEV1" || severity === "SEV2";
}

function partQuestion(
  about: Asking,
  layer: LayerId,
  meter: Meter,
  part: MeterPart,
): NextQuestion[] {
  const { label } = layers[layer];
  switch (part.kind) {
    case "answer":
      // asked for already, whatever layer is claimed
      return [];
    case "row": {
      const total = layers[layer].opposing.length;
      const left = meter.missing.filter(({ kind }) => kind === "row").length;
      const { id, question: words } = part.row;
      const how = part.isPointing
        ? `“${words}” points to another layer: record a decisive item for ${label}, or answer it anew.`
        : `answer the opposing questions of ${label}${about.where}, first “${words}”; ${left} of ${total} are left.`;
      return [
        question(about, {
          id: `row:${id}`,
          kind: "row",
          layer,
          asks: part.asks,
          sentence: `Next: ${how}`,
          removes: part.asks === layer ? 0 : isOpen(about, part.asks),
          opens: { formId: "answer-rows", label: "Answer them", layers: [layer] },
        }),
      ];
    }
    case "clear": {
      const asks = part.need.layers.find((id) => about.open.includes(id)) ?? part.need.layers[0];
      if (!asks) return [];
      return [
        question(about, {
          id: `clear:${asks}`,
          kind: "clear",
          layer,
          asks,
          sentence: `Next: record ${part.need.words}${about.where}: it rules ${layers[asks].label} out, and ${label} is not named before.`,
          removes: isOpen(about, asks),
          opens: evidenceForm(part.need.kinds[0]),
        }),
      ];
    }
    case "evidence":
      return [
        part.lack === "decisive_item"
          ? decisiveQuestion(about, layer, about.open.filter((id) => id !== layer).length)
          : question(about, {
              id: `${part.lack}:${layer}`,
              kind: "cohorts",
              layer,
              asks: layer,
              sentence: `Next: before ${label}${about.where} may be named, ${part.why}`,
              removes: 0,
              opens: evidenceForm(part.lack === "same_mistake" ? "E6" : undefined),
            }),
      ];
  }
}

/** The decisive kind that the layer's positive evidence names and that takes least (B3.3). */
function decisiveQuestion(about: Asking, layer: LayerId, removes: number): NextQuestion {
  const { needs, label } = layers[layer];
  const kinds = needs.positive.flatMap((together) =>
    together.flatMap(({ kind, shows }) => (shows ? [kind] : [])),
  );
  const isByCohorts = kinds.includes("E5") && (layer !== "model" || !kinds.includes("E4"));
  const kind: EvidenceKind = isByCohorts ? "E5" : kinds.includes("E4") ? "E4" : (kinds[0] ?? "E4");
  const how = isByCohorts
    ? "record failure rates by cohort"
    : `replay a saved request with only ${label} set back`;
  return question(about, {
    id: `decisive:${layer}`,
    kind: isByCohorts ? "cohorts" : "replay",
    layer,
    asks: layer,
    sentence: `Next: ${how}${about.where}, to see whether the failure goes with ${label}. It takes ${needs.positiveWords}.`,
    removes,
    opens: evidenceForm(kind),
  });
}

/** SEV1, SEV2: named as probable, an override of it recovers, and nobody has tried the reverse (R5a). */
export function reverseQuestion(about: Asking): NextQuestion[] {
  const { state, strandNumber, where } = about;
  if (!isGrave(state)) return [];
  return currentVerdicts(state, strandNumber).flatMap(({ verdict, confidence, layer }) => {
    if (verdict !== "proximate" || confidence !== "probable") return [];
    const items = supportingItems(state, strandNumber, layer);
    const hasRecovered = items.some((item) =>
      recoveringLayers(item.data.arms ?? []).includes(layer),
    );
    if (!hasRecovered || items.some((item) => twoWay(item, layer))) return [];
    const { label } = layers[layer];
    return [
      question(about, {
        id: `reverse:${layer}`,
        kind: "reverse",
        layer,
        asks: layer,
        sentence: `Next: to be sure of ${label}${where}, replay with everything set back but ${label}. If that fails again, it is confirmed.`,
        removes: 0,
        opens: evidenceForm("E4"),
      }),
    ];
  });
}
