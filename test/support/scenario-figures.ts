import { type Around, figureFields } from "#sandbox/play/figures.ts";
import type { ScenarioEvidence } from "#sandbox/scenario.ts";
import type { Figures, SplitBy } from "#src/domain/figures/figures.ts";
import { parseAblation } from "#src/domain/figures/parse-ablation.ts";
import { parseArms } from "#src/domain/figures/parse-arms.ts";
import { parseCohorts } from "#src/domain/figures/parse-cohorts.ts";
import { parseSeries } from "#src/domain/figures/parse-series.ts";
import { parseStacks } from "#src/domain/figures/parse-stacks.ts";
import type { Result } from "#src/lib/result.ts";

/** The counts of an item, through the text that people type and the forms parse. */
export function figuresOf(scenario: Around, item: ScenarioEvidence): Figures {
  const typed = figureFields(scenario, item);
  const text = (field: string) => typed[field] as string | undefined;
  const parsed = <Value>(field: string, parse: (text: string) => Result<Value, string>) => {
    const given = text(field);
    return given === undefined ? {} : { [field]: value(parse(given)) };
  };
  return {
    ...parsed("arms", (given) => parseArms(given)),
    ...parsed("cohorts", parseCohorts),
    ...parsed("series", parseSeries),
    ...parsed("ablation", parseAblation),
    ...parsed("stacks", parseStacks),
    ...(typed["split_by"] ? { splitBy: typed["split_by"] as SplitBy } : {}),
    ...(typed["other_pins"] ? { areOtherPinsEqual: true } : {}),
    ...(typed["permission"] ? { isPermission: true } : {}),
    ...(typed["same_build"] ? { isSameBuild: true } : {}),
    ...(typed["measure"] ? { measure: text("measure") ?? "" } : {}),
    ...(typed["changed_at"]
      ? { changedAt: new Date(Number(typed["changed_at"]) * 1_000).toISOString() }
      : {}),
    ...(typed["input_count"] ? { inputCount: Number(typed["input_count"]) } : {}),
  };
}

/** What was parsed; throws where the scenario has what no form would take. */
export function value<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}
