import type { Layer } from "./layer.ts";

export const retrievalData: Layer = {
  label: "Retrieval & data",
  owner: "data engineering or search",
  signal: "the output faithfully reflects changed, stale, missing or poor input",
  pins: [
    "index or snapshot id",
    "corpus commit",
    "embedding model",
    "reranker",
    "filter config",
    "last refresh",
    "time of the source of truth",
  ],
  questions: [
    "Was the index rebuilt, or is it stale?",
    "Did a schema upstream change?",
    "Are the top results right, ranked right and permitted?",
    "Is the text in context true today?",
    "Does it reproduce on a frozen snapshot?",
    "Did the distribution of inputs move?",
  ],
  opposing: [
    { id: "RD1", question: "Were the right documents retrieved but ignored?", asks: "model" },
    {
      id: "RD2",
      question: "Does an access rule or filter in application code hide documents?",
      asks: "integration_ui",
    },
    { id: "RD3", question: "Does a cache serve old answers?", asks: "infrastructure" },
    { id: "RD4", question: "Did the prompt that rewrites queries change?", asks: "prompt_policy" },
    { id: "RD5", question: "Is the document true at its source?", asks: "claimed" },
  ],
  needs: {
    positive: [
      [{ kind: "E3" }, { kind: "E9" }],
      [{ kind: "E4", shows: "decisive" }],
      [{ kind: "E5", shows: "split" }],
    ],
    positiveWords:
      "a trace with the documents in context and a check that one is false, stale or forbidden at its source; or a replay that recovers on the earlier snapshot; or failure rates by index version",
    clears: [
      {
        layers: ["prompt_policy"],
        kinds: ["E1", "E4"],
        words: "a version difference of the prompt, or a replay with it pinned",
      },
      {
        layers: ["model"],
        kinds: ["E1", "E4"],
        words: "a version difference of the model, or a replay with it pinned",
      },
      {
        layers: ["integration_ui"],
        kinds: ["E3"],
        words: "a trace that shows the documents reaching the prompt intact",
      },
    ],
  },
};
