// Goal: the plan of a replay is a configuration that promptfoo runs as planned, and its check sees every arm that
// was not.
// Method: the YAML is read back and its keys held against promptfoo's own schema (config-schema.json, November
// 2026); the check runs over what promptfoo 0.123.1 wrote for such a configuration, right and bent.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { promptfooCommands } from "#src/documents/promptfoo-commands.ts";
import { promptfooConfig } from "#src/documents/promptfoo-config.ts";
import { parseArms } from "#src/domain/figures/parse-arms.ts";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import { type ArmsToRun, planReplay } from "#src/domain/replay-plan.ts";
import { openIncident } from "#test/domain/fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "promptfoo-"));
afterAll(() => rmSync(folder, { recursive: true }));

const about = { title: "incident 7, strand 1", goldenId: "inc-7-s1", versions: [] };

function everyArm(): ArmsToRun {
  const plan = planReplay(openIncident(), null);
  if (plan.kind !== "run") throw new Error("a plan that runs nothing");
  return plan;
}

interface Row {
  provider: { id: string; label: string };
  prompt: { raw: string };
  promptIdx: number;
  vars: Record<string, string>;
  success: boolean;
  failureReason: number;
  testCase: { description: string };
}
interface Results {
  results: { results: Row[]; prompts: { raw: string }[] };
  config: { providers: { label: string; config: Record<string, unknown> }[] };
}

/** What the check of the plan prints, line by line, over these results. */
function check(bend: (baseline: Results, arms: Results) => void): string[] {
  const [baseline, arms] = ["promptfoo-baseline.json", "promptfoo-arms.json"].map(
    (name) =>
      JSON.parse(readFileSync(join(import.meta.dirname, "..", "samples", name), "utf8")) as Results,
  );
  bend(baseline!, arms!);
  writeFileSync(join(folder, "baseline.json"), JSON.stringify(baseline));
  writeFileSync(join(folder, "arms.json"), JSON.stringify(arms));
  const { check: command } = promptfooCommands(everyArm());
  return execFileSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim());
}

const rowsOf = (results: Results, arm: string) =>
  results.results.results.filter((row) => row.testCase.description === arm);

test("B3.1: a provider and a test for each arm, which meet by its name and nowhere else", () => {
  const config = parse(promptfooConfig(everyArm(), about).yaml) as {
    prompts: { label: string }[];
    providers: { label: string; prompts: string[] }[];
    defaultTest: object;
    tests: { description: string; providers: string[]; vars: object }[];
  };
  const names = [
    "Baseline",
    ...everyArm()
      .arms.slice(1)
      .map(({ name }) => name),
  ];
  expect(config.providers.map(({ label }) => label)).toEqual(names);
  expect(config.tests.map(({ providers }) => providers)).toEqual(names.map((name) => [name]));
  expect(new Set(config.providers.flatMap(({ prompts }) => prompts))).toEqual(
    new Set(config.prompts.map(({ label }) => label)),
  );
  // a test's own vars would win over them without a word
  expect(config.defaultTest).not.toHaveProperty("vars");
});

test("every key is one that promptfoo's schema knows", () => {
  const config = parse(promptfooConfig(everyArm(), about).yaml) as Record<string, object[]>;
  const keysOf = (name: string) => new Set(config[name]!.flatMap((one) => Object.keys(one)));
  const known = {
    prompts: ["id", "label", "raw"],
    providers: ["id", "label", "config", "prompts", "transform", "delay", "env", "inputs"],
    tests: [
      "description",
      "vars",
      "provider",
      "providers",
      "prompts",
      "assert",
      "options",
      "metadata",
    ],
  };
  expect(Object.keys(config)).toEqual([
    "description",
    "prompts",
    "providers",
    "defaultTest",
    "tests",
  ]);
  for (const [name, keys] of Object.entries(known)) {
    expect(keys, name).toEqual(expect.arrayContaining([...keysOf(name)]));
  }
});

test("B3.1: each override differs from the baseline in its own layer's values alone", () => {
  const config = parse(promptfooConfig(everyArm(), about).yaml) as {
    providers: { id: string; prompts: string[]; config: object; label: string }[];
    tests: { vars: object; options: object; metadata: { sets_back: string } }[];
  };
  const columnsOf = (at: number) => ({
    model: config.providers[at]!.id,
    prompt: config.providers[at]!.prompts,
    vars: [config.tests[at]!.vars, config.tests[at]!.options],
    config: config.providers[at]!.config,
  });
  const base = columnsOf(0);
  const differing = config.providers.map((_, at) =>
    Object.entries(columnsOf(at))
      .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(base[key as "model"]))
      .map(([key]) => key)
      .join(" "),
  );
  expect(differing).toEqual([
    "",
    "model",
    "vars",
    "prompt",
    "config",
    "vars",
    "config",
    "model prompt vars config",
  ]);
  expect(
    config.tests.map(({ metadata }) => new Set(metadata.sets_back.split(" ").filter(Boolean))),
  ).toEqual(differing.map((words) => new Set(words.split(" ").filter(Boolean))));
});

test("C3: what each arm is meant to run with stands in its test, and is what it runs with", () => {
  const config = parse(promptfooConfig(everyArm(), about).yaml) as {
    providers: { id: string }[];
    tests: { vars: Record<string, string>; metadata: { pins: Record<string, string> } }[];
  };
  for (const [at, { vars, metadata }] of config.tests.entries()) {
    const { context, history } = vars;
    expect(metadata.pins).toEqual({ model: config.providers[at]!.id, context, history });
  }
});

test("each value to fill in stands once, and is listed", () => {
  const { yaml, placeholders } = promptfooConfig(everyArm(), about);
  expect(placeholders).toHaveLength(18);
  for (const one of placeholders) expect(yaml.split(one), one).toHaveLength(2);
});

test("a layer that is left out is as in the incident in every arm, the one with all set back too", () => {
  const plan = everyArm();
  const layers: LayerId[] = layerIds.filter((id) => id !== "model" && id !== "infrastructure");
  const arms = plan.arms.filter((arm) => arm.layers.every((layer) => layers.includes(layer)));
  const { yaml } = promptfooConfig({ ...plan, arms, layers }, about);
  const { providers } = parse(yaml) as { providers: { id: string; config: object }[] };
  expect(new Set(providers.map(({ id }) => id)).size).toBe(1);
  expect(yaml).not.toContain("apiBaseUrl");
});

test("a reverse arm has the incident's value in its own layer, and all others set back", () => {
  const plan: ArmsToRun = {
    ...everyArm(),
    layers: ["retrieval_data", "prompt_policy"],
    arms: [
      { name: "All set back", role: "all_lkg", layers: [] },
      { name: "All but Prompt & policy set back", role: "reverse", layers: ["prompt_policy"] },
    ],
  };
  const config = parse(promptfooConfig(plan, about).yaml) as {
    providers: { prompts: string[] }[];
    tests: { vars: { context: string } }[];
  };
  expect(config.providers.map(({ prompts }) => prompts)).toEqual([
    ["last known good"],
    ["incident"],
  ]);
  expect(config.tests.map(({ vars }) => vars.context)).toEqual(
    Array.from({ length: 2 }, () => "file://<text that the last known good index retrieves>.txt"),
  );
});

test("versions that stand in the record are quoted as comments, whatever people wrote", () => {
  const what = "model a → b\n``` \u2028- injected: key\u0000 " + "x".repeat(400);
  const { yaml } = promptfooConfig(everyArm(), { ...about, versions: [{ number: 3, what }] });
  const [comment] = yaml.split("\n").filter((line) => line.includes("Item 3 says"));
  expect(comment).toMatch(/^# Item 3 says: model a → b ''' - injected: key x+…$/);
  expect(parse(yaml)).toEqual(parse(promptfooConfig(everyArm(), about).yaml));
});

test("what promptfoo wrote of such a plan is ok in every arm, and its lines are what the form takes", () => {
  const lines = check(() => undefined);
  expect(lines.filter((line) => line.startsWith("ok "))).toHaveLength(8);
  const arms = parseArms(lines.slice(8).join("\n"));
  expect(arms.ok && arms.value.map(({ role, n, fails }) => `${role} ${fails}/${n}`)).toEqual([
    "baseline 3/3",
    "override 3/3",
    "override 0/3",
    "override 3/3",
    "override 3/3",
    "override 3/3",
    "override 3/3",
    "all_lkg 0/3",
  ]);
});

test("C3: an arm whose override did not reach the run is told, and gives no line", () => {
  const lines = check((baseline, arms) => {
    const { vars } = rowsOf(baseline, "Baseline")[0]!;
    for (const row of rowsOf(arms, "Retrieval & data set back")) row.vars = vars;
    rowsOf(arms, "Model set back")[0]!.provider.label = "Baseline";
    const prompt = arms.results.prompts[rowsOf(arms, "Prompt & policy set back")[0]!.promptIdx]!;
    prompt.raw = baseline.results.prompts[0]!.raw;
  });
  expect(lines).toContain("NOT AS PLANNED Retrieval & data set back vars is as in the baseline");
  expect(lines).toContain("NOT AS PLANNED Prompt & policy set back prompt is as in the baseline");
  expect(lines.find((line) => line.startsWith("NOT AS PLANNED Model"))).toContain(
    "ran with Baseline",
  );
  expect(lines.filter((line) => / of \d+$/.test(line))).toHaveLength(5);
});

test("a run that ended in an error is counted neither as a run nor as a failure", () => {
  const lines = check((_, arms) => {
    rowsOf(arms, "Model set back")[0]!.failureReason = 2;
  });
  expect(lines).toContain("ok Model set back errors, not counted: 1");
  expect(lines).toContain("Model set back (override, Model): 2 of 2");
});

test("where nobody knows how often it fails, the baseline runs by itself first", () => {
  const plan = everyArm();
  const { run } = promptfooCommands(plan);
  const tests = plan.arms.map(({ name }) => name);
  const chosen = [...run.matchAll(/--filter-pattern '([^']+)'/g)].map(([, pattern = ""]) =>
    tests.filter((name) => new RegExp(pattern).test(name)),
  );
  expect(chosen).toEqual([["Baseline"], tests.slice(1)]);
  expect(run.match(/--repeat 20 --no-cache/g)).toHaveLength(2);
  const known = { ...plan, base: { n: 20, fails: 9, evidenceNumber: 2, isBaseline: true } };
  expect(promptfooCommands(known).run).not.toContain("--filter");
});
