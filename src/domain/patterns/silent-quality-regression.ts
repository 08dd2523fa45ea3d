import type { Pattern } from "./pattern.ts";

/** 3.28: every server is healthy, and the answers are worse. */
export const silentQualityRegression: Pattern = {
  label: "Silent quality regression",
  looksLike:
    "Every request succeeds and the answers are worse: shorter, vaguer, forgetful, another tone. No alert rings.",
  signs: {
    words:
      /\b(?:degrad\w+|worse|less (?:intelligent|useful|helpful|accurate|capable)|dumber|laz(?:y|ier)|terse|short(?:er)? answers|forgetful|repetitive|vaguer?|evasive|(?:answer|output|response|code|coding) quality|quality (?:drop\w*|loss|regress\w*)|verbos\w+|flatter\w+|agreeable|sycophan\w+)\b/i,
    classes: ["usefulness"],
  },
  questions: [
    {
      question: "Was a prompt, its tone, its length or a rule for refusals edited?",
      layer: "prompt_policy",
      evidence: "E1",
      look: "Compare the hash of the rendered prompt with the one of two days before the start.",
    },
    {
      question: "Are requests routed to another model, a cheaper one, or a fallback?",
      layer: "orchestration_tools",
      evidence: "E1",
      look: "Compare router rules, parameters and effort, and the model that answered with the one requested.",
    },
    {
      question: "Is one group of users, one pool, one region or one hour worse than the others?",
      layer: "infrastructure",
      evidence: "E5",
      look: "Count failures by pool, region, build and hour: an average hides a group.",
    },
    {
      question: "Do retrieval filters, ranking or thresholds leave documents out?",
      layer: "retrieval_data",
      evidence: "E3",
      look: "Look at the documents that stood in the context of a bad answer, and their scores.",
    },
    {
      question: "Do tools time out, so that answers are given without them?",
      layer: "orchestration_tools",
      evidence: "E3",
      look: "Look for tool calls that failed or were left out in a trace of a bad answer.",
    },
    {
      question: "Is history or context cut before it reaches the model?",
      layer: "integration_ui",
      evidence: "E3",
      look: "Compare the assembled prompt of a bad answer with what it was to be.",
    },
    {
      question: "Is it gone with the previous model, all else as it is?",
      layer: "model",
      evidence: "E4",
      look: "Replay a bad request with the previous model, often enough to tell.",
    },
  ],
  lever: "pin_model",
  leverWhy: "A pinned model and route keep the ground still while you look.",
};
