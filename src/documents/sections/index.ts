import { acceptedRisks } from "./accepted-risks.ts";
import { attribution } from "./attribution.ts";
import { causalChain } from "./causal-chain.ts";
import { correctiveActions } from "./corrective-actions.ts";
import { detection } from "./detection.ts";
import { evidenceIndex } from "./evidence-index.ts";
import { executiveSummary } from "./executive-summary.ts";
import { contributingFactors } from "./factors.ts";
import { header } from "./header.ts";
import { openQuestions } from "./open-questions.ts";
import { reproduction } from "./reproduction.ts";
import type { Section } from "./section.ts";
import { stabilization } from "./stabilization.ts";
import { timeline } from "./timeline.ts";
import { userImpact } from "./user-impact.ts";
import { versions } from "./versions.ts";

/** The sections of a postmortem in their order (B11); those that hold nothing are left out, the others numbered. */
export const sections: readonly Section[] = [
  header,
  executiveSummary,
  userImpact,
  timeline,
  versions,
  causalChain,
  reproduction,
  attribution,
  contributingFactors,
  detection,
  stabilization,
  unrecorded("What went well, and where we were lucky"),
  correctiveActions,
  acceptedRisks,
  unrecorded("Regulatory and customer notices"),
  openQuestions,
  evidenceIndex,
];

/** A section that only people can fill in: the pull request names it to whoever reviews. */
function unrecorded(title: string): Section {
  return { title, render: () => undefined };
}
