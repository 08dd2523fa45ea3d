import type { Scenario, ScenarioArm, ScenarioEvidence, ScenarioStrand } from "#sandbox/scenario.ts";
import type { FormValues } from "./person.ts";
import { sliceLine } from "./strands.ts";

/** What of a scenario says what the groups of an item differ in, and when things changed. */
export type Around = Pick<Scenario, "version_state" | "control_plane_events"> & {
  strands: Pick<ScenarioStrand, "slice">[];
};

/** The counts of an item as people type them into its form, by field; nothing where it has none. */
export function figureFields(scenario: Around, item: ScenarioEvidence): FormValues {
  const { kind, arms, cohorts, series, ablation, stacks, measure } = item;
  const inputCount = countOfInputs(item.what);
  switch (kind) {
    case "E4":
      return arms ? { arms: armLines(arms) } : {};
    case "E5":
      return {
        ...(cohorts
          ? {
              cohorts: lines(cohorts.map(({ group, n, fails }) => `${group}: ${fails} of ${n}`)),
              split_by: splitOf(scenario, item),
            }
          : {}),
        ...(series ? { series: seriesLines(series) } : {}),
        ...(item.other_pins_equal ? { other_pins: ["equal"] } : {}),
        ...(measure ? { measure } : {}),
        ...(inputCount === undefined ? {} : { input_count: String(inputCount) }),
      };
    case "E6":
      return {
        ...(ablation ? { ablation: ablationLines(ablation) } : {}),
        ...(item.same_build ? { same_build: ["same"] } : {}),
        ...(measure ? { measure } : {}),
        ...(inputCount === undefined ? {} : { input_count: String(inputCount) }),
      };
    case "E7":
      return stacks
        ? {
            stacks: lines(
              stacks.map(
                ({ stack, is_control: isControl, n, fails }) =>
                  `${stack}${isControl ? ", control" : ""}: ${fails} of ${n}`,
              ),
            ),
          }
        : {};
    case "E1":
    case "E2": {
      const at = changedAt(scenario, item);
      return {
        ...(at === undefined ? {} : { changed_at: String(Date.parse(at) / 1_000) }),
        ...(isAboutPermission(item) ? { permission: ["permission"] } : {}),
      };
    }
    default:
      return {};
  }
}

/** Arms as people type them: "effort high (override, orchestration_tools): 2 of 20". */
export function armLines(arms: readonly ScenarioArm[]): string {
  return lines(
    arms.map(({ arm, role, layer, n, fails }) => {
      const what = layer === undefined ? role : `${role}, ${layer}`;
      return `${arm} (${what}): ${fails} of ${n}`;
    }),
  );
}

function seriesLines(series: NonNullable<ScenarioEvidence["series"]>): string {
  return lines(
    series.map(({ window, change_present: isIn, n, fails, ...rest }) => {
      const slice = Object.entries(rest).flatMap(([dimension, values]) =>
        Array.isArray(values) ? [sliceLine(dimension, values as string[])] : [],
      );
      return `${[`${minute(window.from)} to ${minute(window.to)}`, isIn ? "in" : "out", ...slice].join(", ")}: ${fails} of ${n}`;
    }),
  );
}

function ablationLines(ablation: NonNullable<ScenarioEvidence["ablation"]>): string {
  return lines(
    ablation.map(
      ({ group, with_change: isWith, n, fails }) =>
        `${group}, ${isWith ? "with" : "without"}: ${fails} of ${n}`,
    ),
  );
}

/**
 * What the groups of an item differ in: the layer whose pins have their names, else the word in what it
 * shows, where that word is not of another layer than the item speaks for.
 */
function splitOf(scenario: Around, { cohorts = [], what, supports }: ScenarioEvidence): string {
  const groups = new Set(cohorts.map(({ group }) => group));
  for (const [layer, versions] of Object.entries(scenario.version_state ?? {})) {
    const pins = ["lkg", "minus_48h", "at_declare"].flatMap((when) =>
      Object.entries((versions as Record<string, Record<string, string>>)[when] ?? {}),
    );
    const pin = pins.find(([, value]) => groups.has(value));
    if (pin) return splitOfPin(layer, pin[0]);
  }
  const changed = (scenario.control_plane_events ?? []).flatMap(({ layer, sets }) =>
    Object.entries(sets).map(([pin, value]) => ({ layer, pin, value })),
  );
  const set = changed.find(({ value }) => groups.has(value));
  if (set) return splitOfPin(set.layer, set.pin);
  const sliced = scenario.strands.flatMap((strand) => Object.entries(strand.slice ?? {}));
  const [dimension = ""] = sliced.find(([, values]) => values.some((v) => groups.has(v))) ?? [];
  const byWords = splitOfWords(what) ?? "other";
  const layer = layerOfSplit[byWords] ?? "infrastructure";
  const isOfAnother = supports.length > 0 && !supports.includes(layer);
  return splitOfWords(dimension) ?? (isOfAnother ? "other" : byWords);
}

/** What a person ticks who records the permission of an action, as far as its words say so. */
function isAboutPermission({ supports, what }: ScenarioEvidence): boolean {
  const words = /\b(permissions?|credentials?|access|grants?|privileges?)\b/i;
  return supports.includes("orchestration_tools") && words.test(what);
}

/** The split that stands for a layer's versions; all other splits are places of the infrastructure. */
const splitOfLayer: Record<string, string> = {
  model: "response_model",
  retrieval_data: "index_version",
  prompt_policy: "prompt_version",
  orchestration_tools: "tool_or_parameter",
  integration_ui: "app_build",
};
const layerOfSplit = Object.fromEntries(
  Object.entries(splitOfLayer).map(([layer, split]) => [split, layer]),
);

function splitOfPin(layer: string, pin: string): string {
  return splitOfLayer[layer] ?? splitOfWords(pin) ?? "hardware";
}

function splitOfWords(words: string): string | undefined {
  const found = (
    [
      [/\bpools?\b/i, "pool"],
      [/\bregions?\b|\bplatforms?\b/i, "region"],
      [/\bhardware\b/i, "hardware"],
      [/\bhours?\b|\bby day\b|\bweeks?\b/i, "hour"],
      [/\bmodels?\b/i, "response_model"],
      [/\bindex|\bcorpus\b|\bsnapshot\b/i, "index_version"],
      [/\bprompt\b|\bpolicy\b/i, "prompt_version"],
      [/\bbuild\b|\brelease\b/i, "app_build"],
    ] as const
  ).find(([pattern]) => pattern.test(words));
  return found?.[1];
}

/** "over five unrelated topics" → 5; undefined where no number is said. */
function countOfInputs(what: string): number | undefined {
  const [, word = ""] = /(\w+) (?:unrelated|different|distinct) /i.exec(what) ?? [];
  const number = Number(word) || numberWords.indexOf(word.toLowerCase()) + 1;
  return number > 0 ? number : undefined;
}

const numberWords = "one two three four five six seven eight nine ten eleven twelve".split(" ");

/** When the last of the changes that an item speaks of was made. */
function changedAt(scenario: Around, { change_ids: ids = [] }: ScenarioEvidence) {
  return (scenario.control_plane_events ?? [])
    .filter(({ id }) => ids.includes(id))
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
}

function minute(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)}`;
}

function lines(of: readonly string[]): string {
  return of.join("\n");
}
