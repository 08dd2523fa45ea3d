import type { ContentPart, Hop, HopContent, TraceExhibit } from "./trace-exhibit.ts";

/** One step of the causal chain of a request, and what the trace holds of it. */
export interface CausalStep {
  label: string;
  /** In order of start; empty: the trace has nothing of it. */
  found: { hop: Hop; content: HopContent[] }[];
}

/**
 * The chain of one request in the order of 1.12: what the user asked, what was retrieved, the prompt as it
 * was assembled, the model, the policy's decision, the tools, the parsed output, what the user was shown.
 * Every step is there; one with nothing in it is what the trace does not hold (4.15).
 */
export function causalSteps({ hops }: Pick<TraceExhibit, "hops">): CausalStep[] {
  const asked = hops.find((hop) => partsOf(hop, ["input"]).length > 0);
  const steps = (
    label: string,
    isOf: (hop: Hop) => boolean,
    parts: readonly ContentPart[],
  ): CausalStep => ({
    label,
    found: hops.filter(isOf).map((hop) => ({ hop, content: partsOf(hop, parts) })),
  });
  return [
    steps("What the user asked", (hop) => hop === asked, ["input"]),
    steps(
      "Retrieved context",
      (hop) => hop.what === "retrieval" || partsOf(hop, ["documents"]).length > 0,
      ["query", "documents"],
    ),
    steps(
      "Prompt as assembled",
      (hop) =>
        hop.what === "prompt" ||
        partsOf(hop, ["instructions"]).length > 0 ||
        (hop.what === "model" && partsOf(hop, ["input"]).length > 0),
      ["instructions", "input", "tools"],
    ),
    steps("Model and its raw answer", (hop) => hop.what === "model", ["output"]),
    steps("Policy decision", (hop) => hop.what === "guardrail", ["input", "output", "result"]),
    steps("Tools", (hop) => hop.what === "tool", ["arguments", "result", "input", "output"]),
    steps("Parsed output", (hop) => hop.what === "parsing", ["input", "output", "result"]),
    steps("What the user was shown", (hop) => hop.what === "rendering", ["output", "other"]),
  ];
}

function partsOf({ content }: Hop, parts: readonly ContentPart[]): HopContent[] {
  return content.filter(({ part }) => parts.includes(part));
}
