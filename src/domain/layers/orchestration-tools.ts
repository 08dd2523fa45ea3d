import type { Layer } from "./layer.ts";

export const orchestrationTools: Layer = {
  label: "Orchestration & tools",
  owner: "agent or platform engineering",
  signal: "multi-step failure; wrong or missing tool calls; cost or latency up first; lost history",
  pins: [
    "tool schema hash",
    "tool or MCP server version",
    "router rule",
    "parameters",
    "retry and timeout config",
    "permissions",
  ],
  questions: [
    "Does the tool contract still hold?",
    "Were there 429s, timeouts or retries?",
    "Did a fallback fire, or fail to?",
    "Did a parameter or an effort default change?",
    "Was the history truncated?",
    "Was a destructive permission within reach?",
  ],
  opposing: [
    { id: "OT1", question: "Was the tool's result itself stale?", asks: "retrieval_data" },
    {
      id: "OT2",
      question: "Did the model choose the wrong tool with an unchanged schema?",
      asks: "model",
    },
    { id: "OT3", question: "Was a dependency out?", asks: "infrastructure" },
  ],
};
