/** The figures of a scenario's evidence, without playing a step. */
import type { Arm, Figures, SplitBy } from "#src/domain/figures/figures.ts";
import type { LayerId } from "#src/domain/layers/index.ts";
import type { Slice } from "#src/domain/strand.ts";
import type { ScenarioArm, ScenarioEvidence } from "#sandbox/scenario.ts";

/** The pin that the groups of a cohort item differ in; the data says it in its words alone. */
const splitOf: [pattern: RegExp, split: SplitBy][] = [
  [/application build/, "app_build"],
  [/serving pool/, "pool"],
  [/hardware/, "hardware"],
  [/response model/, "response_model"],
  [/by region/, "region"],
  [/idle hour/, "tool_or_parameter"],
];

/** The figures of an item as the bot would keep them; changes are dated by what happened in the control plane. */
export function figuresOf(
  item: ScenarioEvidence,
  events: readonly { id: string; at: string }[],
): Figures {
  const { cohorts, series, ablation, stacks, measure } = item;
  const split = splitOf.find(([pattern]) => pattern.test(item.what))?.[1];
  const changes = (item.change_ids ?? [])
    .flatMap((id) => events.filter((event) => event.id === id))
    .map((event) => event.at)
    .toSorted();
  return {
    ...(item.arms ? { arms: item.arms.map(armOf) } : {}),
    ...(cohorts ? { cohorts } : {}),
    ...(cohorts && split ? { splitBy: split } : {}),
    ...(series
      ? {
          series: series.map(({ window, change_present, n, fails, ...slice }) => ({
            ...window,
            slice: slice as Slice,
            isChangeIn: change_present,
            n,
            fails,
          })),
        }
      : {}),
    ...(ablation
      ? {
          ablation: ablation.map(({ with_change, ...arm }) => ({ ...arm, hasChange: with_change })),
        }
      : {}),
    ...(stacks
      ? { stacks: stacks.map(({ is_control, ...stack }) => ({ ...stack, isControl: is_control })) }
      : {}),
    ...(measure ? { measure } : {}),
    ...(item.other_pins_equal ? { areOtherPinsEqual: true } : {}),
    ...(item.same_build ? { isSameBuild: true } : {}),
    ...(/five unrelated/.test(item.what) ? { inputCount: 5 } : {}),
    ...((item.kind === "E1" || item.kind === "E2") && changes.length > 0
      ? { changedAt: changes.at(-1) ?? "" }
      : {}),
  };
}

function armOf(arm: ScenarioArm & { value_is_lkg?: boolean }): Arm {
  return {
    name: arm.arm,
    role: arm.role as Arm["role"],
    layers: arm.layer === undefined ? [] : [arm.layer as LayerId],
    isLkg: arm.value_is_lkg ?? false,
    n: arm.n,
    fails: arm.fails,
  };
}
