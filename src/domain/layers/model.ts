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
    { id: "M10", question: "Does it recover when only the model is set back?", asks: "model" },
    {
      id: "M11",
      question: "Is it the same mistake across many inputs, following the model version?",
      asks: "model",
    },
  ],
};
