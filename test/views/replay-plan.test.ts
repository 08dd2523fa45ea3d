// Goal: the plan of a replay can be followed from a phone: the sum first, then what to paste, in blocks that Slack takes.
// Method: golden files of each kind of plan; the code put together again from its blocks; hostile versions.

import { expect, test } from "vitest";
import { promptfooConfig } from "#src/documents/promptfoo-config.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import { planReplay } from "#src/domain/replay-plan.ts";
import { messageFaults } from "#test/support/block-kit-limits.ts";
import { answer, evidenceItem, incidentState, strand } from "#test/support/factories.ts";
import { expectGolden } from "#test/support/golden.ts";
import { renderReplayPlan } from "#views/messages/replay-plan.ts";

const first = incidentState();
const versions = evidenceItem({
  number: 1,
  kind: "E1",
  what: "prompt bundle 41 → 42 <b>&\n```*loud*",
});
const tried = evidenceItem({
  number: 2,
  kind: "E4",
  data: {
    arms: [
      { name: "baseline", role: "baseline", layers: [], isLkg: true, n: 20, fails: 16 },
      { name: "prompt", role: "override", layers: ["prompt_policy"], isLkg: true, n: 20, fails: 0 },
    ],
  },
});
const answers = layerIds
  .filter((layer) => layer !== "prompt_policy" && layer !== "orchestration_tools")
  .map((layer) => answer(layer));
const recovered = incidentState({ evidence: [versions, tried], answers });
const seldom = incidentState({
  strands: [strand(), strand({ number: 2 })],
  evidence: [
    evidenceItem({
      number: 3,
      kind: "E5",
      data: { cohorts: [{ group: "all", n: 1000, fails: 8 }] },
    }),
  ],
});

test.each([
  ["first", first],
  ["reverse", recovered],
  ["cohorts", seldom],
])("the plan (%s) reads as in its golden file, within Slack's limits", (name, state) => {
  const message = renderReplayPlan(state, null, "/incident");
  expect(messageFaults(message)).toEqual([]);
  expectGolden(`views/message-replay-plan-${name}`, message);
});

test("the parts of the configuration are the whole file, in its order", () => {
  const plan = planReplay(first, null);
  if (plan.kind !== "run") throw new Error("nothing to run");
  const { yaml } = promptfooConfig(plan, {
    title: "incident 12, strand 1",
    goldenId: "inc-12-s1",
    versions: [],
  });
  const { blocks } = renderReplayPlan(first, null, "/incident");
  const texts = blocks.flatMap((block) =>
    block.type === "section" ? [block.text?.text ?? ""] : [],
  );
  const parts = texts.slice(texts.findIndex((text) => text.startsWith("replay.yaml")) + 1);
  const file = parts
    .map((part) => part.replaceAll(/^```\n|\n```$/g, ""))
    .join("\n")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
  expect(parts.length).toBeGreaterThan(1);
  expect(file).toBe(yaml.trimEnd());
});

test("what people wrote of versions neither ends the block of code nor formats", () => {
  const { blocks } = renderReplayPlan(recovered, null, "/incident");
  const code = blocks.flatMap((block) =>
    block.type === "section" && block.text?.text.includes("Item 1 says") ? [block.text.text] : [],
  );
  expect(code).toHaveLength(1);
  expect(code[0]).toContain("# Item 1 says: prompt bundle 41 → 42 &lt;b&gt;&amp; '''*loud*\n");
  expect(code[0]!.match(/```/g)).toHaveLength(2);
});

test("the most that a plan can hold stays within what Slack takes of a message", () => {
  const long = { kind: "E1" as const, what: "<&>".repeat(500) };
  const evidence = Array.from({ length: 9 }, (_, at) => evidenceItem({ number: at + 1, ...long }));
  const alone = layerIds.map((layer) => ({
    name: layer,
    role: "override" as const,
    layers: [layer],
    isLkg: true,
    n: 400,
    fails: 200,
  }));
  const together = evidenceItem({
    number: 10,
    kind: "E4",
    data: {
      arms: [
        { name: "baseline", role: "baseline", layers: [], isLkg: true, n: 400, fails: 200 },
        ...alone,
        { name: "all", role: "all_lkg", layers: [], isLkg: true, n: 400, fails: 0 },
      ],
    },
  });
  for (const more of [[], [together]]) {
    const state = incidentState({ evidence: [...evidence, ...more] });
    expect(messageFaults(renderReplayPlan(state, null, "/incident"))).toEqual([]);
  }
});
