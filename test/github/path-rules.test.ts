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
        ".agents/prompts/a.md",
        "guardrails/x.yaml",
        "embeddings/model.py",
        "router/rules.ts",
        "k8s/base/deploy.yaml",
        "models/card.md",
        "src/prompts.ts",
        "my-prompts/a.txt",
        "prompts",
        "",
      ].map((path) => [path, layerOf(path)]),
    ),
  ).toEqual({
    "prompts/a.md": "prompt_policy",
    "apps/x/prompts/deep/er/a.md": "prompt_policy",
    "prompts/.drafts/a.md": "prompt_policy",
    ".agents/prompts/a.md": "prompt_policy",
    "guardrails/x.yaml": "prompt_policy",
    "embeddings/model.py": "retrieval_data",
    "router/rules.ts": "orchestration_tools",
    "k8s/base/deploy.yaml": "infrastructure",
    "models/card.md": "model",
    "src/prompts.ts": "integration_ui",
    "my-prompts/a.txt": "integration_ui",
    prompts: "integration_ui",
    "": "integration_ui",
  });
});

test("documentation, tests and what runs on GitHub alone are of no layer; what a service reads is", () => {
  const nothing = [
    "README.md",
    "apps/x/CHANGELOG.md",
    "docs/models/card.yaml",
    "prompts/docs/style.txt",
    "tools/tests/fixtures/prompts/a.txt",
    "agents/planner.test.ts",
    "agents/planner.spec.tsx",
    "tools/search_test.go",
    "tools/test_search.py",
    "src/__tests__/a.ts",
    ".github/workflows/deploy.yml",
    ".github/prompts/a.prompt.yml",
    "LICENSE",
  ];
  expect(nothing.filter((path) => placePaths([path], []).length > 0)).toEqual([]);
  expect(
    ["corpus/docs/refunds.md", "corpus/tests.md", "prompts/a.md", "src/github/client.ts"].map(
      layerOf,
    ),
  ).toEqual(["retrieval_data", "retrieval_data", "prompt_policy", "integration_ui"]);
  expect(["src/contest/a.ts", "latest/a.ts", "src/test.ts", "docs.ts"].map(layerOf)).toEqual(
    Array(4).fill("integration_ui"),
  );
});

test("a team's own rule places documentation too, and what is of no layer is not counted", () => {
  const rules = [{ pattern: "docs/**", layer: "retrieval_data", kind: "corpus" }] as const;
  expect(placePaths(["docs/a.md", "README.md", "src/a.ts"], rules)).toEqual([
    { layer: "retrieval_data", kind: "corpus", files: 1 },
    { layer: "integration_ui", kind: "code_merge", files: 1 },
  ]);
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

test("every file that is of a layer is counted once, whatever it is called", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 30 }), (paths) => {
      const placed = placePaths(paths, []);
      const ofLayers = paths.filter((path) => layerOf(path) !== undefined);
      return placed.reduce((sum, { files }) => sum + files, 0) === ofLayers.length;
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
