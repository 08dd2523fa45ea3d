// Goal: a file of a repository lies in the layer whose artefact it is.
// Method: paths and rules by hand; any paths at all with fast-check.

import fc from "fast-check";
import { expect, test } from "vitest";
import { placePaths } from "#src/github/path-rules.ts";
import { serviceOfRepository } from "#src/github/service-of-repository.ts";
import { propertyRuns } from "#test/support/property-runs.ts";

const layerOf = (path: string) => placePaths([path], [])[0]?.layer;

test("folder names place what lies below them, wherever they stand and whatever is dotted", () => {
  expect(
    Object.fromEntries(
      [
        "prompts/a.md",
        "apps/x/prompts/deep/er/a.md",
        "prompts/.drafts/a.md",
        ".github/prompts/a.md",
        "guardrails/x.yaml",
        "embeddings/model.py",
        "router/rules.ts",
        "k8s/base/deploy.yaml",
        "models/card.md",
        "src/prompts.ts",
        "my-prompts/a.md",
        "prompts",
        "",
      ].map((path) => [path, layerOf(path)]),
    ),
  ).toEqual({
    "prompts/a.md": "prompt_policy",
    "apps/x/prompts/deep/er/a.md": "prompt_policy",
    "prompts/.drafts/a.md": "prompt_policy",
    ".github/prompts/a.md": "prompt_policy",
    "guardrails/x.yaml": "prompt_policy",
    "embeddings/model.py": "retrieval_data",
    "router/rules.ts": "orchestration_tools",
    "k8s/base/deploy.yaml": "infrastructure",
    "models/card.md": "model",
    "src/prompts.ts": "integration_ui",
    "my-prompts/a.md": "integration_ui",
    prompts: "integration_ui",
    "": "integration_ui",
  });
});

test("a team's own rules come first, the first that matches counts, and files say which kind it is", () => {
  const rules = [
    { pattern: "prompts/models/**", layer: "model", kind: "model_rollout" },
    { pattern: "*.prompt.{md,txt}", layer: "prompt_policy", kind: "prompt" },
    { pattern: ".argo/**", layer: "infrastructure", kind: "deploy" },
  ] as const;
  const paths = [
    "prompts/models/a",
    "prompts/b",
    "policies/c",
    "policies/d",
    "x/y.prompt.md",
    ".argo/z",
  ];
  expect(placePaths(paths, rules)).toEqual([
    { layer: "model", kind: "model_rollout", files: 1 },
    { layer: "prompt_policy", kind: "prompt", files: 4 },
    { layer: "infrastructure", kind: "deploy", files: 1 },
  ]);
});

test("every file is counted once, whatever it is called", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 30 }), (paths) => {
      const placed = placePaths(paths, []);
      return placed.reduce((sum, { files }) => sum + files, 0) === paths.length;
    }),
    { numRuns: propertyRuns },
  );
});

test("a repository is of the service that names it, and of every service where several do", () => {
  const made = (name: string, ...repositories: string[]) => ({
    name,
    repositories,
    telemetryNames: [],
    announcesUndeclared: false,
  });
  const settings = {
    services: [made("assistant", "acme/app"), made("search", "acme/app", "acme/search")],
  };
  const services = [
    { name: "billing", issuesRepo: "acme/billing" },
    { name: "search", issuesRepo: "acme/assistant" },
  ];
  const find = (repository: string) => serviceOfRepository(repository, settings, services);
  expect(["acme/search", "ACME/Billing", "acme/app", "acme/other"].map(find)).toEqual([
    "search",
    "billing",
    null,
    null,
  ]);
});
