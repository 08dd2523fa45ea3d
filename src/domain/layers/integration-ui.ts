import type { Layer } from "./layer.ts";

export const integrationUi: Layer = {
  label: "Integration & UI",
  owner: "product engineering",
  signal:
    "the raw completion was right and the user saw it wrong, or the context was assembled wrong",
  pins: ["application build", "library lockfile", "rendering template", "feature flags"],
  questions: [
    "Is the assembled string as intended?",
    "Was anything truncated?",
    "Did the parsing change?",
    "Did an injection reach the context?",
    "Did the UI drop a caveat or a citation?",
    "Are users told that it is AI?",
  ],
  opposing: [
    { id: "IU1", question: "Was the raw completion already wrong?", asks: "model" },
    {
      id: "IU2",
      question: "Was the context complete before it was assembled?",
      asks: "retrieval_data",
    },
  ],
  needs: {
    positive: [
      [{ kind: "E3" }],
      // a version difference says that the rendered prompt is another one; what was rendered, and that it
      // was not as intended, is seen in a trace, which may be on record for what it clears
      [{ kind: "E1" }, { kind: "E3", shows: "on_record" }],
      [{ kind: "E4", shows: "decisive" }],
    ],
    positiveWords:
      "a trace whose raw completion is right and whose shown answer is wrong; or a version difference of the rendered prompt, with the trace that shows it is not the intended one; or a replay that recovers on the earlier application build",
    clears: [
      {
        layers: ["model"],
        kinds: ["E3"],
        words: "a trace with the raw completion",
      },
      {
        layers: ["retrieval_data"],
        kinds: ["E3"],
        words: "a trace with the context before it was assembled",
      },
    ],
  },
};
