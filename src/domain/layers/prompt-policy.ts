import type { Layer } from "./layer.ts";

export const promptPolicy: Layer = {
  label: "Prompt & policy",
  owner: "product and ML engineering, safety",
  signal: "a step change in tone, length, refusals or format; only some task types",
  pins: [
    "prompt name and version",
    "prompt content hash",
    "policy or guardrail version",
    "flag state",
  ],
  questions: [
    "Was there any edit, a database row or a flag included?",
    "Was it unreviewed?",
    "Is it gone on last week's prompt?",
    "Did the model change under the prompt?",
    "What was blocked or allowed, and why?",
  ],
  opposing: [
    { id: "PP1", question: "Did the model change under an unchanged prompt?", asks: "model" },
    {
      id: "PP2",
      question: "Does the rendered prompt differ from its template?",
      asks: "integration_ui",
    },
    {
      id: "PP3",
      question: "Did a flag or router deliver another version?",
      asks: "orchestration_tools",
    },
  ],
  needs: {
    positive: [
      [{ kind: "E1" }, { kind: "E4", shows: "decisive" }],
      [{ kind: "E6", shows: "decisive" }],
    ],
    positiveWords:
      "a version difference of the prompt's content with a replay that recovers on the earlier prompt, or an ablation of the changed lines",
    clears: [
      {
        layers: ["model"],
        kinds: ["E1", "E8"],
        words: "a version difference of the model, or a vendor's statement",
      },
      {
        layers: ["orchestration_tools"],
        kinds: ["E1"],
        words: "a version difference that shows which prompt was really delivered",
      },
    ],
  },
};
