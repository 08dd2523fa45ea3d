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
  needs: {
    positive: [
      [{ kind: "E3" }, { kind: "E7", shows: "decisive" }],
      [{ kind: "E4", shows: "decisive" }],
      // for an action: the trace, and the permission that made it possible
      [{ kind: "E3" }, { kind: "E1", shows: "permission" }],
      [{ kind: "E3" }, { kind: "E2", shows: "permission" }],
    ],
    positiveWords:
      "a trace of the step that failed with a failing contract test, or with the permission that made it possible; or a replay that recovers with the earlier tool results or parameters",
    clears: [
      {
        layers: ["model", "prompt_policy"],
        kinds: ["E3"],
        words: "a trace that shows whether the instruction was there and was read",
      },
      {
        layers: ["infrastructure"],
        kinds: ["E1"],
        words: "a version difference that shows no dependency was out",
      },
    ],
  },
};
