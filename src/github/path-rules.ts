import { posix } from "node:path";
import { type LayerId, layerIds } from "#src/domain/layers/index.ts";
import type { PathRule } from "#src/domain/ledger/ledger.ts";

/** What a push changed in one layer. */
export interface PlacedPaths {
  layer: LayerId;
  /** Of most of its files. */
  kind: string;
  files: number;
}

/** A rule that places files in a layer, or in none: what lies there changes nothing that runs. */
type Rule = PathRule | { pattern: string; layer: null };
const ofNoLayer = (...patterns: string[]): Rule[] =>
  patterns.map((pattern) => ({ pattern, layer: null }));

/** Names that say by themselves what lies there; a team's own rules come first. */
const defaultRules: readonly Rule[] = [
  // before "docs": documents that answers are made of may lie in a folder of that name
  { pattern: "corpus/**", layer: "retrieval_data", kind: "corpus" },
  ...ofNoLayer("docs/**", "test/**", "tests/**", "__tests__/**", ".github/**"),
  ...ofNoLayer("*.{test,spec}.*", "*_test.{go,py,rb}", "test_*.py"),
  { pattern: "prompts/**", layer: "prompt_policy", kind: "prompt" },
  { pattern: "policies/**", layer: "prompt_policy", kind: "policy" },
  { pattern: "guardrails/**", layer: "prompt_policy", kind: "policy" },
  { pattern: "retrieval/**", layer: "retrieval_data", kind: "code_merge" },
  { pattern: "index/**", layer: "retrieval_data", kind: "code_merge" },
  { pattern: "embeddings/**", layer: "retrieval_data", kind: "code_merge" },
  { pattern: "tools/**", layer: "orchestration_tools", kind: "code_merge" },
  { pattern: "agents/**", layer: "orchestration_tools", kind: "code_merge" },
  { pattern: "router/**", layer: "orchestration_tools", kind: "code_merge" },
  { pattern: "infra/**", layer: "infrastructure", kind: "config" },
  { pattern: "terraform/**", layer: "infrastructure", kind: "config" },
  { pattern: "k8s/**", layer: "infrastructure", kind: "config" },
  { pattern: "helm/**", layer: "infrastructure", kind: "config" },
  { pattern: "deploy/**", layer: "infrastructure", kind: "config" },
  { pattern: "models/**", layer: "model", kind: "code_merge" },
  // last: a prompt is often written in Markdown
  ...ofNoLayer("*.{md,rst,adoc}", "LICENSE"),
];
const everythingElse = { layer: "integration_ui", kind: "code_merge" } as const;

/** A push of more than this is an import or a move; matching all of it would keep others waiting. */
const filesMatchedAtMost = 3_000;

/**
 * Which layers these files of a repository belong to, in the order of the layers: by the first rule that
 * matches, a team's own before the defaults, else integration & UI. Documentation and tests are of no layer:
 * a push of nothing else gives an empty list. A pattern also matches further down (`prompts/**` is
 * `apps/x/prompts/a.md`, too), and folders with a dot in front are folders like others. Of more than 3,000
 * files the first 3,000 are looked at.
 */
export function placePaths(paths: Iterable<string>, rules: readonly PathRule[]): PlacedPaths[] {
  const all = [...rules, ...defaultRules].map((rule) => ({
    ...rule,
    pattern: `**/${undotted(rule.pattern)}`,
  }));
  const counts = new Map<LayerId, Map<string, number>>();
  let matched = 0;
  for (const path of paths) {
    if (matched === filesMatchedAtMost) break;
    matched += 1;
    const plain = undotted(path);
    const rule = all.find(({ pattern }) => posix.matchesGlob(plain, pattern)) ?? everythingElse;
    if (rule.layer === null) continue;
    const { layer, kind } = rule;
    const kinds = counts.get(layer) ?? new Map<string, number>();
    counts.set(layer, kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
  }
  return layerIds.flatMap((layer) => {
    const kinds = [...(counts.get(layer) ?? [])].toSorted(([, a], [, b]) => b - a);
    const [most] = kinds;
    const files = kinds.reduce((sum, [, count]) => sum + count, 0);
    return most ? [{ layer, kind: most[0], files }] : [];
  });
}

/** `**` does not enter folders whose name begins with a dot, so path and pattern have a mark in its place. */
function undotted(path: string): string {
  return path.replaceAll(/(^|\/)\./g, "$1\uE000");
}
