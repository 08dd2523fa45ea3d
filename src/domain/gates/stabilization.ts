import type { IncidentState, LeverUse } from "#src/domain/incident.ts";
import { leverWords } from "#src/domain/lever-use.ts";
import type { Rule } from "#src/domain/rule.ts";

/** B5: a lever was recorded with who authorized it, what is given up and when it is taken back; or none is needed, with the reason. */
export const leverRecorded: Rule<IncidentState, unknown> = (state) => {
  if (noneNeeded(state) || counting(state).length > 0) return undefined;
  return {
    rule: "B5",
    missing: ["lever"],
    sentence:
      "Record what was done to stop the harm, or say why no lever is needed: neither stands in the record.",
  };
};

/** B5: at least one lever names what has to move when it halts the harm. Whether it moved is shown, not asked for. */
export const harmSignalNamed: Rule<IncidentState, unknown> = (state) => {
  const [first, ...rest] = counting(state);
  if (noneNeeded(state) || !first) return undefined;
  if ([first, ...rest].some((use) => use.harmSignal !== null)) return undefined;
  return {
    rule: "B5",
    missing: ["harm_signal"],
    sentence: `Name the number that has to move when “${leverWords(first)}” stops the harm: press “Name the number”, or “Add what is missing” at the lever.`,
  };
};

/** A lever that its authorizer declined shows no stabilization. */
function counting({ levers }: IncidentState): LeverUse[] {
  return levers.filter(
    (use) => use.state !== "declined" && Boolean(use.tradeoff) && Boolean(use.revertCondition),
  );
}

function noneNeeded({ incident }: IncidentState): boolean {
  return incident.noLeverNeededWhy !== null;
}
