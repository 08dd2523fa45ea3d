import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import type { EvidenceItem } from "./evidence.ts";
import { isCounted, isWeak } from "./evidence-weight.ts";
import type { IncidentState } from "./incident.ts";
import type { AddEvidenceInput } from "./inputs.ts";
import { setBackWords } from "./figures/figure-words.ts";
import { hasFigures, readFigures } from "./figures/read-figures.ts";
import { readingMark } from "./figures/reading-mark.ts";
import { supportFromCounts } from "./figures/shown-layers.ts";
import { type LayerId, layers } from "./layers/index.ts";
import { phaseAfter, refuseIfOver } from "./lifecycle.ts";
import { nextNumber } from "./next-number.ts";
import { unknownReference } from "./references.ts";
import type { Rejection } from "./rejection.ts";
import { splitMarks } from "./split-marks.ts";

/** Records an item of evidence, before or after any answer, in the name of whoever says so. */
export const decideAddEvidence: Decider<AddEvidenceInput> = (state, input, by) => {
  const { incident } = state;
  const rejection =
    refuseIfOver(incident) ??
    unknownStrand(state, input) ??
    unknownReference(state, {
      layers: [...input.supports, ...input.contradicts, ...input.clears],
    }) ??
    speaksBothWays(input);
  if (rejection) return err(rejection);

  const figures = input.figures ?? {};
  const shown =
    input.supports.length > 0
      ? { layers: input.supports, sentence: "" }
      : supportFromCounts(input.kind, figures, [...input.contradicts, ...input.clears]);
  const item: EvidenceItem = {
    number: nextNumber(state.evidence),
    kind: input.kind,
    what: input.what,
    strandNumbers: input.strandNumbers?.length
      ? input.strandNumbers
      : state.strands.map((strand) => strand.number),
    slice: input.slice,
    data: figures,
    link: input.link,
    source: input.source,
    isVerified: null,
    verifiedBy: null,
    verifiedAt: null,
    supports: shown.layers,
    contradicts: input.contradicts,
    clears: input.clears,
    author: input.author,
    recorder: by.userId,
    recordedAt: by.now,
  };
  const { number, kind, what, author } = item;
  const reading = readFigures(kind, item.data);
  const marks = [...(reading ? [readingMark(reading, number)] : []), ...splitMarks(state, item)];
  const said = [shown.sentence, setBackWords(figures.arms ?? []), countlessWords(item)].filter(
    (sentence) => sentence !== "",
  );
  return ok({
    changes: {
      incident: { phase: phaseAfter(incident.phase, "diagnosing") },
      evidence: [item],
    },
    timeline: [
      {
        lane: "diagnosis",
        kind: "evidence_recorded",
        happenedAt: by.now,
        actor: by.userId,
        data: {
          evidence: number,
          evidenceKind: kind,
          what,
          author,
          ...(reading ? { reading: reading.id } : {}),
        },
      },
    ],
    effects: [
      postMessage(incident.id, { kind: "evidence", evidenceNumber: number }),
      updatePanel(incident.id),
    ],
    outcome: {
      sentence: [
        `Recorded evidence ${number}.`,
        ...said,
        ...weaknessOf(item),
        ...(isCounted(item) ? [] : ["The buttons for that are under its message in the channel."]),
      ].join(" "),
      incidentId: incident.id,
      ...(isWeak(kind) || marks.length > 0 || said.length > 0 ? { isShown: true } : {}),
      ...(marks.length > 0 ? { marks } : {}),
    },
  });
};

/** What a weak item is good for, in whole sentences; none where it is not weak (B3, R11). */
export function weaknessOf(item: Pick<EvidenceItem, "kind" | "isVerified">): string[] {
  if (!isWeak(item.kind)) return [];
  const weak = "This is weak evidence: it can say where to look, and decides nothing by itself.";
  if (isCounted(item) || item.isVerified === false) return [weak];
  return [weak, unverifiedWords];
}

/** Of a replay or cohort rates without counts (B3): it waits for them; empty for any other item. */
export function countlessWords({ kind, data }: Pick<EvidenceItem, "kind" | "data">): string {
  const isCountless = (kind === "E4" || kind === "E5") && !hasFigures(kind, data);
  return isCountless ? "No counts yet: it decides nothing until they are recorded." : "";
}

const unverifiedWords =
  "A report does not count until somebody has verified it: look at it, then press “Verified” or “Not real”.";

/** Evidence for another incident's strand is refused where strands are chosen. */
function unknownStrand(
  state: IncidentState,
  { strandNumbers }: AddEvidenceInput,
): Rejection | undefined {
  const unknown = unknownReference(state, { strandNumbers });
  return unknown && { code: "bad_field", field: "strands", message: unknown.message };
}

/** An item cannot support a layer and speak against it at once: that would be two items. */
function speaksBothWays({
  supports,
  contradicts,
  clears,
}: AddEvidenceInput): Rejection | undefined {
  const inBoth = (others: LayerId[]) => supports.find((layer) => others.includes(layer));
  const contradicted = inBoth(contradicts);
  const layer = contradicted ?? inBoth(clears);
  if (!layer) return undefined;
  const field = contradicted ? "contradicts" : "clears";
  const message = `This says that it supports ${layers[layer].label} and speaks against it. Choose one, or record two items.`;
  return { code: "bad_field", field, message };
}
