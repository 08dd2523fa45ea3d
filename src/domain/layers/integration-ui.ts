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
};
