import type { Pattern } from "./pattern.ts";

/** 3.29: a tool's error becomes retries, latency and cost, then timeouts, then answers without grounds. */
export const toolCascade: Pattern = {
  label: "Tool cascade",
  looksLike:
    "A tool fails, retries pile up, latency and cost rise, calls time out, and a fallback answers without the tool's facts.",
  signs: {
    words:
      /\b(?:time[ds]?[- ]?outs?|timing out|retr(?:y|ies|ied|ying)|tool (?:calls?|errors?|failures?)|429s?|rate[- ]limit\w*|latency|slow(?:er|ly)?|backoff|circuit breakers?|fallbacks?|cascad\w+)\b/i,
    levers: ["limit_rate_or_cost", "restrict_tool"],
  },
  questions: [
    {
      question: "Which call failed first?",
      layer: "orchestration_tools",
      evidence: "E3",
      look: "Read one slow request from its start: the first error, not the last timeout.",
    },
    {
      question: "Does the tool still keep its contract: schema, limits, permissions?",
      layer: "orchestration_tools",
      evidence: "E7",
      look: "Run its contract test against the live tool.",
    },
    {
      question: "Is what stands behind the tool away or throttled?",
      layer: "infrastructure",
      evidence: "E5",
      look: "Count errors and 429 answers by dependency, pool and region.",
    },
    {
      question: "Do timeout and retries fit into the latency objective?",
      layer: "orchestration_tools",
      evidence: "E1",
      look: "Compare below: attempts, waits and calls in a row against the objective of the service.",
    },
    {
      question: "Did the fallback answer, and without the tool's facts?",
      layer: "orchestration_tools",
      evidence: "E3",
      look: "Look for answers in the window that no tool result stands behind.",
    },
    {
      question: "Did latency pressure cut the context?",
      layer: "integration_ui",
      evidence: "E3",
      look: "Compare the assembled prompt of a fast request with that of a slow one.",
    },
  ],
  lever: "limit_rate_or_cost",
  leverWhy: "Fewer retries take the load off the tool at once.",
};
