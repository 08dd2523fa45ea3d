import { attribution } from "./attribution.ts";
import { correctiveActions } from "./corrective-actions.ts";
import { evidenceIndex } from "./evidence-index.ts";
import { executiveSummary } from "./executive-summary.ts";
import { header } from "./header.ts";
import { notRecorded, type Section } from "./section.ts";
import { stabilization } from "./stabilization.ts";
import { timeline } from "./timeline.ts";

/** The sections of a postmortem in their order; the place in the list is the number (B11). */
export const sections: readonly Section[] = [
  header,
  executiveSummary,
  unrecorded("User impact by cohort"),
  timeline,
  unrecorded("Version state of each layer"),
  unrecorded("Causal chain of one request"),
  unrecorded("Reproduction"),
  attribution,
  unrecorded("Contributing factors and how they interacted"),
  unrecorded("Why detection did not catch it"),
  stabilization,
  unrecorded("What went well, and where we were lucky"),
  correctiveActions,
  unrecorded("Accepted risks"),
  unrecorded("Regulatory and customer notices"),
  unrecorded("Open questions and similar incidents"),
  evidenceIndex,
];

/** A section that the record holds nothing for: people fill it in by hand, or leave it. */
function unrecorded(title: string): Section {
  return { title, render: () => notRecorded };
}
