import type { Desk, FormValues } from "./desk.ts";

/** What it takes before Retrieval & data may be suspected, with an approver (R5, B3.3): recorded one by one. */
const items: FormValues[] = [
  { kind: "E9", what: "The source says 0.40 since 1 March", supports: ["retrieval_data"] },
  {
    kind: "E3",
    what: "The old rule was in the context, unchanged up to the answer",
    supports: ["retrieval_data"],
    clears: ["integration_ui"],
  },
  { kind: "E1", what: "The same two days ago", clears: ["model", "prompt_policy"] },
];

/** Records these items in an incident's channel, and returns once they stand. */
export async function recordProof(desk: Desk, who: string, channelId: string): Promise<void> {
  for (const item of items) await desk.record(who, "evidence", channelId, item);
  await desk.settle();
}

/** The claim that they carry. */
export const suspected = (desk: Desk) => ({
  verdict: "proximate",
  confidence: "suspected",
  approver: desk.id("approver"),
});
