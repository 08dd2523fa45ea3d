import { mayClear } from "#src/domain/figures/demonstrations.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { currentAnswer, rowsAskingAbout, verdictOf } from "#src/domain/layer-state.ts";
import { type LayerId, layers } from "#src/domain/layers/index.ts";
import { oncePerState } from "#src/domain/once-per-state.ts";
import type { EvidenceKind } from "#src/domain/vocabulary.ts";
import { itemsCovering } from "./basis.ts";
import type { VerdictClaim } from "./claim.ts";
import type { Lack } from "./confidence-route.ts";

/**
 * B3.3: what must be cleared before the layer may be named. A mandatory clear is an item of the named kind
 * that clears the layer, or that its answer or a row asking about it cites; or the layer is not applicable,
 * with a reason. It need not have the verdict "ruled out". What speaks for a layer never clears it.
 */
export function missingClears(
  state: IncidentState,
  { layer, strandNumber, scope }: VerdictClaim,
): Lack | undefined {
  const covered = JSON.stringify(scope);
  const open = layers[layer].needs.clears.filter(
    (need) =>
      !need.layers.some((other) => {
        const clearing = kindsClearing(state, strandNumber, other, covered);
        return clearing === "any" || need.kinds.some((kind) => clearing.has(kind));
      }),
  );
  const [first] = open;
  if (!first) return undefined;
  const names = first.layers.map((layer) => layers[layer].label).join(" or ");
  return {
    missing: [...new Set(open.flatMap((need) => need.layers.slice(0, 1)))],
    why: `${names} has to be cleared by evidence of its own. Record ${first.words}, and cite it in the answer for ${names}.`,
  };
}

/** The kinds of the items that clear a layer; "any" where it is not applicable, with a reason. */
const kindsClearing = oncePerState(
  (
    state,
    strandNumber: number,
    layer: LayerId,
    scope: string,
  ): ReadonlySet<EvidenceKind> | "any" => {
    const answer = currentAnswer(state, strandNumber, layer);
    if (answer?.change === "not_applicable" && answer.sentence?.trim()) return "any";
    const verdict = verdictOf(state, strandNumber, layer);
    if (verdict?.verdict === "not_applicable" && verdict.reason?.trim()) return "any";
    const cited = new Set([
      ...(answer?.evidenceNumbers ?? []),
      ...rowsAskingAbout(state, strandNumber, layer).flatMap((row) => row.evidenceNumbers),
    ]);
    const clearing = itemsCovering(state, strandNumber, scope).filter(
      (item) => (item.clears.includes(layer) || cited.has(item.number)) && mayClear(item, layer),
    );
    return new Set(clearing.map(({ kind }) => kind));
  },
);
