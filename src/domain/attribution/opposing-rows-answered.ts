import type { RowAnswer } from "#src/domain/evidence.ts";
import { opposingRows } from "#src/domain/layer-state.ts";
import { layers } from "#src/domain/layers/index.ts";
import { basisOf } from "./basis.ts";
import type { ClaimRule } from "./claim.ts";

/**
 * R9: every opposing row of the claimed layer holds an answer, its evidence (or "cannot tell") and its
 * author; and where a row points to another layer, a decisive item supports the claim. At every severity.
 */
export const opposingRowsAnswered: ClaimRule = (state, claim) => {
  if (claim.verdict !== "proximate") return undefined;
  const rows = opposingRows(state, claim.strandNumber, claim.layer);
  const blank = rows.filter((one) => !one.isFilled);
  const elsewhere =
    basisOf(state, claim).decisive.length > 0
      ? []
      : rows.filter(
          ({ answer, isFilled }) =>
            isFilled && answer?.reading === "points_to" && answer.pointsTo !== claim.layer,
        );
  const [firstBlank] = blank;
  if (firstBlank) {
    const { asks, question } = firstBlank.row;
    const knower = layers[asks === "claimed" ? claim.layer : asks].label;
    return {
      rule: "R9",
      missing: [...blank, ...elsewhere].map((one) => one.row.id),
      sentence: firstBlank.answer
        ? `“${question}” has an answer but ${bareWords(firstBlank.answer)}: in the checklist, add the item it rests on or choose “cannot tell”.`
        : `${layers[claim.layer].label} cannot be named yet. First answer “${question}” in the checklist: the owner of ${knower} can say, with one item of evidence or “cannot tell”.`,
    };
  }
  const [first] = elsewhere;
  if (!first?.answer?.pointsTo) return undefined;
  const { label } = layers[claim.layer];
  return {
    rule: "R9",
    missing: elsewhere.map((one) => one.row.id),
    sentence: `“${first.row.question}” points to ${layers[first.answer.pointsTo].label}: record failure rates by cohort, a replay with one override or a contract test that supports ${label}, or claim the other layer.`,
  };
};

/** R11: a row that rests on reports alone is bare until one of them is verified. */
function bareWords({ evidenceNumbers }: Pick<RowAnswer, "evidenceNumbers">): string {
  return evidenceNumbers.length === 0 ? "no evidence" : "rests on reports that nobody has verified";
}
