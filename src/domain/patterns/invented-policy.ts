import type { Pattern } from "./pattern.ts";

/** 2.01: the assistant states a rule, an offer or a source that does not exist, and users act on it. */
export const inventedPolicy: Pattern = {
  label: "Invented policy",
  looksLike:
    "The assistant states a rule, an offer or a source that does not exist, and somebody acts on it. It may bind you.",
  signs: {
    words:
      /\b(?:invent(?:s|ed|ing)|made[- ]up|makes up|fabricat\w+|no such (?:rule|policy|offer|source|page)|(?:does not|doesn['’]t|never) exist(?:ed)?|non-?existent|unsupported citations?|wrong citations?|hallucinat\w+|ungrounded)\b/i,
  },
  questions: [
    {
      question: "Does the rule stand anywhere at its source?",
      layer: "retrieval_data",
      evidence: "E9",
      look: "Search the source of truth, and say in which version you looked.",
    },
    {
      question: "What stood in the context when it was said?",
      layer: "retrieval_data",
      evidence: "E3",
      look: "Read the documents in the context: a wrong one was retrieved, or none at all.",
    },
    {
      question: "What does the prompt say to do when nothing is found?",
      layer: "prompt_policy",
      evidence: "E3",
      look: "Look for an instruction to answer only from sources, and to say so where there are none.",
    },
    {
      question: "Did the documents reach the prompt whole, and their citations the reader?",
      layer: "integration_ui",
      evidence: "E3",
      look: "Compare retrieved text, assembled prompt, raw completion and what was shown.",
    },
    {
      question: "Did a tool or the retrieval fail, so that it answered without grounds?",
      layer: "orchestration_tools",
      evidence: "E3",
      look: "Look for failed or missing calls in the trace before the answer.",
    },
    {
      question: "How many others were told the same, and who acted on it?",
      layer: "integration_ui",
      evidence: "E5",
      look: "Search the answers of the window for the statement, and count users.",
    },
  ],
  lever: "stricter_retrieval",
  leverWhy: "With citations required, more questions stay open and fewer are answered wrongly.",
};
