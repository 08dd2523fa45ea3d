import type { Pattern } from "./pattern.ts";

/** 3.31: a refusal spike is an outage. */
export const refusalSpike: Pattern = {
  label: "Refusal spike",
  looksLike:
    "Requests that were answered are refused. For those users it is an outage, and no error is counted.",
  signs: {
    words:
      /\b(?:refus\w+|over-?block\w*|declin(?:e|es|ed|ing) to|(?:won['’]t|will not|no longer) answers?|(?:cannot|can['’]t) help with|blocked|moderation|guardrails?|(?:policy|content|safety) filters?)\b/i,
  },
  questions: [
    {
      question: "How often is it refused, by type of task?",
      layer: "prompt_policy",
      evidence: "E5",
      look: "Count refusals by task type: an average over all tasks hides the one that is gone.",
    },
    {
      question: "And by group of users: language, region, plan, build?",
      layer: "infrastructure",
      evidence: "E5",
      look: "Count refusals by cohort, before and after the start.",
    },
    {
      question: "Is it a refusal by policy, or could it not do the task?",
      layer: "prompt_policy",
      evidence: "E3",
      look: "Read what was blocked or refused, by which rule, and the raw completion before the filter.",
    },
    {
      question: "Was a safety rule, a guardrail or a prompt edited?",
      layer: "prompt_policy",
      evidence: "E1",
      look: "Compare policy and prompt by content hash, rows in a database and flags too.",
    },
    {
      question: "Did the model change under the same prompt?",
      layer: "model",
      evidence: "E1",
      look: "Compare the model that answered, and its fingerprint, with those of two days before the start.",
    },
    {
      question: "Did a tool or its permission go, so that nothing is left but to refuse?",
      layer: "orchestration_tools",
      evidence: "E7",
      look: "Run the contract test of the tools that these tasks use.",
    },
  ],
  lever: "restore_prompt_bundle",
  leverWhy: "The last prompt and policy that answered are known to answer.",
};
