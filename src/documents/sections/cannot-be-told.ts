import type { IncidentState } from "#src/domain/incident.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { currentAnswer, opposingRows, verdictOf } from "#src/domain/layer-state.ts";
import { saidLast } from "#src/documents/words.ts";

/** R6: why nobody can say whether a layer broke, as it is recorded; empty where it can be told. */
export function cannotTellReason(
  state: IncidentState,
  strandNumber: number,
  layer: LayerId,
): string {
  const answer = currentAnswer(state, strandNumber, layer);
  if (answer?.change === "cannot_tell") {
    return `Its owner could not tell whether it changed${answer.sentence ? `: ${saidLast(answer.sentence)}` : "."}`;
  }
  if (answer?.change === "no_change" && !answer.isSourceComplete) {
    return "No change is known, and the record of its changes is not complete.";
  }
  const verdict = verdictOf(state, strandNumber, layer);
  if (verdict?.verdict === "undeterminable") {
    return verdict.reason ? `People decided so: ${saidLast(verdict.reason)}` : "People decided so.";
  }
  const row = layerIds
    .flatMap((claimed) =>
      opposingRows(state, strandNumber, claimed).map((one) => ({ claimed, ...one })),
    )
    .find(
      ({ claimed, row: { asks }, answer: given }) =>
        given?.reading === "cannot_tell" && (asks === "claimed" ? claimed : asks) === layer,
    );
  return row ? `Nobody could tell: ${row.row.question}` : "";
}
