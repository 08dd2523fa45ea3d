import type { Layer } from "./layer.ts";

export const infrastructure: Layer = {
  label: "Infrastructure",
  owner: "SRE or infrastructure, the cloud provider",
  signal:
    "intermittent; bound to a pool, region, hardware or hour; sticky per user; contradictory reports",
  pins: [
    "deploy ids",
    "load balancer and route config",
    "pool",
    "region",
    "hardware",
    "cache config",
    "runtime and compiler flags",
  ],
  questions: [
    "Was there a deploy, load balancer change, scaling or failover near the window?",
    "How does the failure rate differ by pool, region or hardware?",
    "Did latency pressure cut anything short?",
    "Does a cache serve old content?",
  ],
  opposing: [
    {
      id: "IN1",
      question: "Does the failing slice also differ in model or prompt version?",
      asks: "model",
    },
    {
      id: "IN2",
      question: "Did a shift of load merely expose a fault that was there before?",
      asks: "claimed",
    },
  ],
  needs: {
    positive: [
      [{ kind: "E5", shows: "split" }],
      [{ kind: "E4", shows: "decisive" }],
      [{ kind: "E7", shows: "decisive" }],
    ],
    positiveWords:
      "failure rates that gather in one pool, region, hardware or hour; or a replay that recovers by another route; or a reproducer that fails on that stack alone",
    clears: [
      {
        layers: ["model"],
        kinds: ["E1"],
        words: "a version difference that shows the model equal across the slices",
      },
      {
        layers: ["prompt_policy"],
        kinds: ["E1"],
        words: "a version difference that shows the prompt equal across the slices",
      },
      {
        layers: ["retrieval_data"],
        kinds: ["E1"],
        words: "a version difference that shows the retrieval snapshot equal across the slices",
      },
    ],
  },
};
