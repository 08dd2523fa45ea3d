import { Alias, Document, isCollection, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { armsText } from "#src/domain/figures/parse-arms.ts";
import type { EvidenceItem } from "#src/domain/evidence.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type { ArmsToRun, PlannedArm } from "#src/domain/replay-plan.ts";

/** A configuration to be saved as a file, and the values that somebody has to fill in, each once. */
export interface PromptfooConfig {
  yaml: string;
  placeholders: string[];
}

/** What the configuration is about beside its arms. */
export interface PromptfooAbout {
  /** "incident 12, strand 1" */
  title: string;
  /** Groups the rows of one case: repeats count their own test index each. */
  goldenId: string;
  /** Version differences in the record: quoted, so that whoever fills it in sees the versions. */
  versions: readonly Pick<EvidenceItem, "number" | "what">[];
}

/** Where a version of a layer stands in the configuration, and what is filled in for it. */
interface Pin {
  layer: LayerId;
  /** Name of the YAML anchor; with "-good" for the last known good value. */
  anchor: string;
  bad: string;
  good: string;
}

const pins = {
  model: {
    layer: "model",
    anchor: "model",
    bad: "<provider:model of the incident>",
    good: "<provider:model last known good>",
  },
  context: {
    layer: "retrieval_data",
    anchor: "context",
    bad: "file://<text that was retrieved in the incident>.txt",
    good: "file://<text that the last known good index retrieves>.txt",
  },
  temperature: {
    layer: "orchestration_tools",
    anchor: "parameter",
    bad: "<parameter of the incident>",
    good: "<parameter last known good>",
  },
  tools: {
    layer: "orchestration_tools",
    anchor: "tools",
    bad: "file://<tool schema of the incident>.json",
    good: "file://<tool schema last known good>.json",
  },
  apiBaseUrl: {
    layer: "infrastructure",
    anchor: "pool",
    bad: "<address of the pool or region of the incident>",
    good: "<address of a pool or region that works>",
  },
  history: {
    layer: "integration_ui",
    anchor: "history",
    bad: "file://<history as the build of the incident assembles it>.txt",
    good: "file://<history as the last good build assembles it>.txt",
  },
  transform: {
    layer: "integration_ui",
    anchor: "parser",
    bad: "file://<output parser of the build of the incident>.js",
    good: "file://<output parser of the last good build>.js",
  },
} as const satisfies Record<string, Pin>;
type PinId = keyof typeof pins;

const prompts = {
  incident: "file://<prompt of the incident>",
  "last known good": "file://<prompt last known good>",
} as const;

/**
 * The arms as one promptfoo configuration: a provider and a test for each arm, named like it, every pin in
 * both spelled out. An override stands where nothing wins over it: with `--var` and `defaultTest.vars` a
 * test's own vars do, and a re-run of failing rows takes their stored vars. Each value is filled in once, at
 * its YAML anchor. Keys as in promptfoo.dev/config-schema.json (read November 2026): a test's `providers`
 * and a provider's `prompts` say which of them meet. What each arm is, and is meant to run with, stands in its
 * test's metadata, so that its results can be checked without a word from anybody
 * (`src/domain/test-results/planned-arms.ts`). Source: C3 of the domain notes, B3.1.
 */
export function promptfooConfig(plan: ArmsToRun, about: PromptfooAbout): PromptfooConfig {
  const { arms } = plan;
  const isSetBack = (arm: PlannedArm, layer: LayerId) =>
    plan.layers.includes(layer) && setsBack(arm, layer);
  const isUsed = (layer: LayerId) => arms.some((arm) => isSetBack(arm, layer));
  const promptOf = (arm: PlannedArm): keyof typeof prompts =>
    isSetBack(arm, "prompt_policy") ? "last known good" : "incident";
  const written = new Map<string, Scalar<string>>();
  const pin = (id: PinId, arm: PlannedArm): Scalar<string> | Alias => {
    const { layer, anchor, bad, good } = pins[id];
    return isSetBack(arm, layer)
      ? once(written, `${anchor}-good`, good)
      : once(written, anchor, bad);
  };
  const isInPlay = (id: PinId) => isUsed(pins[id].layer);
  const pinned = (ids: readonly PinId[], arm: PlannedArm) =>
    Object.fromEntries(ids.filter(isInPlay).map((id) => [id, pin(id, arm)]));

  const labels = Object.keys(prompts) as (keyof typeof prompts)[];
  const usedPrompts = labels.filter((label) => arms.some((arm) => promptOf(arm) === label));
  const document = new Document({
    description: about.title,
    prompts: usedPrompts.map((label) => ({ id: prompts[label], label })),
    providers: arms.map((arm) => {
      const config = pinned(["temperature", "tools", "apiBaseUrl"], arm);
      return {
        id: pin("model", arm),
        label: arm.name,
        prompts: [promptOf(arm)],
        ...(Object.keys(config).length > 0 ? { config } : {}),
      };
    }),
    // no vars here: a test's own would win over them
    defaultTest: {
      metadata: { golden_id: about.goldenId },
      assert: [{ type: "not-contains", value: "<words that only a wrong answer holds>" }],
    },
    tests: arms.map((arm) => ({
      description: arm.name,
      providers: [arm.name],
      vars: {
        input: once(written, "input", "file://<what the user asked>.txt"),
        context: pin("context", arm),
        ...pinned(["history"], arm),
      },
      ...(isInPlay("transform") ? { options: pinned(["transform"], arm) } : {}),
      metadata: {
        is: rolesOf(arm),
        sets_back: [...new Set(layerIds.filter((id) => isSetBack(arm, id)).map(columnOf))].join(
          " ",
        ),
        // what else than this file may decide at a run: its rows have to say the same
        pins: {
          model: pin("model", arm),
          context: pin("context", arm),
          ...pinned(["history"], arm),
        },
      },
    })),
  });
  document.commentBefore = headOf(about, isUsed);
  flow(document);
  const yaml = document.toString({
    lineWidth: 0,
    flowCollectionPadding: false,
    commentString: asComment,
  });
  return { yaml, placeholders: [...new Set(yaml.match(/(?<=^[^#\n]*)<[^<>\n]+>/gm))] };
}

/** What a check of the finished run sees of a layer: which column has to differ from the baseline's. */
function columnOf(layer: LayerId): "model" | "prompt" | "vars" | "config" {
  switch (layer) {
    case "model":
      return "model";
    case "prompt_policy":
      return "prompt";
    case "retrieval_data":
    case "integration_ui":
      return "vars";
    case "orchestration_tools":
    case "infrastructure":
      return "config";
  }
}

/** Whether a layer that changed is last known good in this arm; a reverse arm has all of it but its own layers. */
function setsBack({ role, layers }: PlannedArm, layer: LayerId): boolean {
  switch (role) {
    case "baseline":
      return false;
    case "all_lkg":
      return true;
    case "override":
      return layers.includes(layer);
    case "reverse":
      return !layers.includes(layer);
  }
}

/** "override, Model": how the form for a replay takes an arm, after its name. */
function rolesOf(arm: PlannedArm): string {
  const line = armsText([{ ...arm, isLkg: true, n: 0, fails: 0 }]);
  return line.slice(arm.name.length + 2, line.lastIndexOf(")"));
}

/** The value where it stands first, an alias of it everywhere else. */
function once(written: Map<string, Scalar<string>>, anchor: string, value: string) {
  const first = written.get(anchor);
  if (!first) {
    const scalar = new Scalar(value);
    written.set(anchor, scalar);
    return scalar;
  }
  first.anchor = anchor;
  return new Alias(anchor);
}

function headOf({ versions }: PromptfooAbout, isUsed: (layer: LayerId) => boolean): string {
  return [
    "Each arm is a provider and a test of its name. It differs from the baseline in what it sets back, and in nothing else.",
    `Fill in every value in <angle brackets>, the brackets too; each stands once. The prompts use {{input}}, {{context}}${isUsed("integration_ui") ? ", {{history}}" : ""}.`,
    ...(isUsed("orchestration_tools")
      ? [
          "temperature stands for the parameter that changed: rename it in every arm (max_tokens, reasoning_effort).",
        ]
      : []),
    ...versions.map(({ number, what }) => `Item ${number} says: ${lineOf(what)}`),
  ].join("\n");
}

/** One line without the marks that would end a block of code in Slack; `&`, `<` and `>` take five characters there. */
function lineOf(text: string): string {
  const line = text
    .replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, " ")
    .replaceAll("`", "'")
    .trim();
  const taken = (end: number) => end + 4 * (line.slice(0, end).match(/[&<>]/g)?.length ?? 0);
  let end = Math.min(line.length, lineAtMost);
  while (taken(end) > lineAtMost) end -= 1;
  return end < line.length ? `${line.slice(0, end).toWellFormed()}…` : line;
}

const lineAtMost = 120;

function asComment(text: string): string {
  return text
    .split("\n")
    .map((line) => `# ${line}`)
    .join("\n");
}

/** Short lists and maps on one line, as people write them: it has to fit into a message. */
function flow(document: Document): void {
  for (const key of ["providers", "tests"]) {
    for (const row of (document.get(key) as YAMLSeq<YAMLMap>).items) {
      for (const { value } of row.items) {
        if (isCollection(value)) value.flow = true;
      }
    }
  }
}
