import type { EvidenceItem } from "#src/domain/evidence.ts";
import type { CorrectiveAction, IncidentState, LeverUse } from "#src/domain/incident.ts";
import type { Strand } from "#src/domain/strand.ts";
import { AppError } from "#src/lib/errors.ts";

/** The lever of this number. Whoever renders has checked that it stands; a missing one is a fault of ours. */
export function leverOf(state: IncidentState, leverNumber: number): LeverUse {
  return found(state.levers, leverNumber, "lever");
}

/** The evidence item of this number, or an AppError. */
export function evidenceOf(state: IncidentState, evidenceNumber: number): EvidenceItem {
  return found(state.evidence, evidenceNumber, "evidence item");
}

/** The strand of this number, or an AppError. */
export function strandOf(state: IncidentState, strandNumber: number): Strand {
  return found(state.strands, strandNumber, "strand");
}

/** The corrective action of this number, or an AppError. */
export function actionOf(state: IncidentState, actionNumber: number): CorrectiveAction {
  return found(state.actions, actionNumber, "action");
}

/** The item of this number, or an AppError that names it by `noun`. */
export function found<T extends { number: number }>(
  items: readonly T[],
  number: number,
  noun: string,
): T {
  const item = items.find((one) => one.number === number);
  if (!item) throw new AppError("not_in_state", `The incident has no ${noun} of number ${number}.`);
  return item;
}
