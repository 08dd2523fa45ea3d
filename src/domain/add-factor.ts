import { err, ok } from "#src/lib/result.ts";
import { postMessage, updatePanel } from "./channel-effects.ts";
import type { Decider } from "./decider.ts";
import { refuseWording } from "./free-text.ts";
import type { IncidentId } from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import type { ContributingFactor } from "./learning.ts";
import { correctionEntry, refuseCorrection } from "./learning-item.ts";
import { refuseIfOver } from "./lifecycle.ts";
import { linkedActions, linkEntry, unknownLink } from "./links.ts";
import { mergeFields, refuseContested, type Shown } from "./meanwhile.ts";
import { nextNumber } from "./next-number.ts";
import { nothingNew } from "./nothing-new.ts";
import { unknownReference } from "./references.ts";
import type { FactorCategory } from "./vocabulary.ts";

export interface AddFactorInput {
  incidentId: IncidentId;
  /** The factor to correct; null for a new one. */
  number: number | null;
  category: FactorCategory;
  layer: LayerId;
  statement: string;
  /** Numbers of the factors it acted together with. */
  interactsWith: number[];
  /** Actions that answer it already. */
  actionNumbers: number[];
  shown?: Shown;
}

/** These fields of a factor or of what was filled in, which the form shows and corrects. */
export function factorFields({ category, layer, statement }: FactorFields): FactorFields {
  return { category, layer, statement };
}
type FactorFields = Pick<ContributingFactor, "category" | "layer" | "statement">;

/** Records a condition without which it would have gone better (B8), or corrects it. */
export const decideAddFactor: Decider<AddFactorInput> = (state, input, by) => {
  const { number, actionNumbers } = input;
  const standing = state.factors.find((one) => one.number === number);
  const given = factorFields(input);
  const { merged, contested } = mergeFields(input.shown, given, standing ?? given);
  const { category, layer, statement } = merged;
  const own = standing?.number ?? nextNumber(state.factors);
  const interactsWith = input.interactsWith.filter((other) => other !== own);
  const rejection =
    refuseIfOver(state.incident) ??
    refuseCorrection(
      state,
      { number, standing, recorder: standing?.recorder, what: "factor" },
      by,
    ) ??
    refuseContested(contested, standing ?? given, (field) =>
      field === "statement"
        ? `the condition reads “${(standing ?? given).statement}” now`
        : `the ${field} was changed`,
    ) ??
    unknownReference(state, { layers: [layer] }) ??
    unknownLink(state, { actions: actionNumbers, factors: interactsWith }) ??
    refuseWording({ statement });
  if (rejection) return err(rejection);

  const factor: ContributingFactor = {
    number: own,
    category,
    layer,
    statement,
    interactsWith: standing?.interactsWith ?? interactsWith,
    recorder: standing?.recorder ?? by.userId,
    recordedAt: standing?.recordedAt ?? by.now,
  };
  const id = `F${own}`;
  const isSame = state.factors.some((one) => readsAs(one) === readsAs(factor));
  if (isSame && actionNumbers.length === 0) return ok(nothingNew(state));
  const actions = linkedActions(state, actionNumbers, id);
  return ok({
    changes: { factors: [factor], ...(actions.length > 0 ? { actions } : {}) },
    timeline: [
      standing
        ? correctionEntry(id, statement, by)
        : {
            lane: "learning",
            kind: "factor_recorded",
            happenedAt: by.now,
            actor: by.userId,
            data: { factor: own, category, layer, statement, interactsWith },
          },
      ...actions.map((action) => linkEntry(`AC${action.number}`, id, by)),
    ],
    effects: [
      postMessage(state.incident.id, { kind: "learning", item: "factor", number: own }),
      updatePanel(state.incident.id),
    ],
    outcome: {
      sentence: `${standing ? "Corrected" : "Recorded"} contributing factor ${own}.`,
      incidentId: state.incident.id,
    },
  });
};

/** What makes a factor the same as another, whatever its number. */
function readsAs({ category, layer, statement }: ContributingFactor): string {
  return JSON.stringify([category, layer, statement]);
}
