import type { Layer } from "./layer.ts";

export const model: Layer = {
  label: "Model",
  owner: "ML or platform engineering, or the provider",
  signal:
    "wrong outputs on normal inputs; the same new mistake on many inputs; follows the model version",
  pins: ["requested model id", "response model id", "provider", "fingerprint", "fine-tune id"],
  questions: [
    "Did the response model differ from the one requested, or from 48 hours before?",
    "Is there a notice from the provider?",
    "Is the failure consistent or stochastic?",
    "Did the distribution of outputs shift?",
    "Is it gone with the previous version?",
  ],
  opposing: [
    {
      id: "M1",
      question: "Did the index or corpus change in the last 24 hours, or since it last worked?",
      asks: "retrieval_data",
    },
    {
      id: "M2",
      question: "Does it still fail on a frozen retrieval snapshot?",
      asks: "retrieval_data",
    },
    {
      id: "M3",
      question: "Was a prompt or policy edited in the window, by content hash?",
      asks: "prompt_policy",
    },
    { id: "M4", question: "Is it gone with last week's prompt?", asks: "prompt_policy" },
    {
      id: "M5",
      question: "Did a tool schema or a dependency change or degrade?",
      asks: "orchestration_tools",
    },
    {
      id: "M6",
      question: "Do the assembled prompt, the history or the truncation differ?",
      asks: "integration_ui",
    },
    {
      id: "M7",
      question: "Do parameters, effort, router or fallback differ?",
      asks: "orchestration_tools",
    },
    {
      id: "M8",
      question: "Does it fail in one pool, region or hardware only?",
      asks: "infrastructure",
    },
    {
      id: "M9",
      question: "Does a response id, a fingerprint or a provider notice show a change?",
      asks: "model",
    },
    {
      id: "M10",
      question: "Does it recover when only the model is set back?",
      asks: "model",
      mayLackVersion: true,
    },
    {
      id: "M11",
      question: "Is it the same mistake across many inputs, following the model version?",
      asks: "model",
    },
  ],
  needs: {
    positive: [
      [{ kind: "E4", shows: "decisive" }],
      [{ kind: "E8" }, { kind: "E5", shows: "split" }],
    ],
    positiveWords:
      "a replay that recovers with the previous model, or a vendor's statement with failure rates by response model",
    clears: [
      {
        layers: ["retrieval_data"],
        kinds: ["E4"],
        words: "a replay on a frozen retrieval snapshot",
      },
      {
        layers: ["prompt_policy"],
        kinds: ["E4", "E1"],
        words:
          "a replay with the prompt pinned, or a version difference showing the same rendered prompt",
      },
      {
        layers: ["orchestration_tools"],
        kinds: ["E1"],
        words: "a version difference of parameters and router",
      },
      {
        layers: ["infrastructure"],
        kinds: ["E5", "E1"],
        words:
          "failure rates by pool or region, or a version difference where one pool and region serve all of it",
      },
    ],
  },
};
