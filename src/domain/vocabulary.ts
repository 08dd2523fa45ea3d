/** The closed lists of words that people choose from (B12). Id on the left, what people see on the right. */

export const incidentClasses = {
  availability: "Availability",
  correctness: "Correctness",
  usefulness: "Usefulness",
  safety: "Safety",
  cost: "Cost",
  compliance: "Compliance",
} as const;
export type IncidentClass = keyof typeof incidentClasses;

export const detectionSources = {
  golden_prompt: "A golden prompt",
  real_user_monitoring: "Real user monitoring",
  shadow_eval: "A shadow evaluation",
  drift_monitor: "A drift monitor",
  user_feedback: "User feedback",
  support: "Support",
  vendor: "A vendor",
  audit: "An audit",
  press: "The press",
  social_media: "Social media",
  internal_signal: "An internal signal",
} as const;
export type DetectionSource = keyof typeof detectionSources;

/** What people see for a kind of evidence; the codes E1 to E11 are never shown. */
export const evidenceKinds = {
  E1: "Version difference",
  E2: "Change log",
  E3: "Full trace of a request",
  E4: "Replay with one override",
  E5: "Failure rates by cohort",
  E6: "Evaluation or golden run",
  E7: "Contract test or reproducer",
  E8: "Statement of a vendor",
  E9: "Content check against the source of truth",
  E10: "User report or screenshot",
  E11: "Recollection",
} as const;
export type EvidenceKind = keyof typeof evidenceKinds;

export const changeStates = {
  changed: "It changed",
  degraded: "It degraded",
  no_change: "No change",
  cannot_tell: "Cannot tell",
  not_applicable: "Not applicable",
} as const;
export type ChangeState = keyof typeof changeStates;

export const verdictKinds = {
  proximate: "Broke first",
  contributing: "Contributed",
  implicated: "Implicated",
  cleared: "Ruled out",
  not_applicable: "Not applicable",
  undeterminable: "Cannot be determined",
} as const;
export type VerdictKind = keyof typeof verdictKinds;

export const confidences = {
  suspected: "Suspected",
  probable: "Probable",
  confirmed: "Confirmed",
} as const;
export type Confidence = keyof typeof confidences;

export const lanes = {
  detection: "Detection",
  impact: "Impact",
  control_plane: "Control plane",
  stabilization: "Stabilization",
  diagnosis: "Diagnosis",
  recovery: "Recovery",
  communication: "Communication",
  learning: "Learning",
} as const;
export type Lane = keyof typeof lanes;

/** Whether this is one of the lanes. */
export function isLane(text: string): text is Lane {
  return Object.hasOwn(lanes, text);
}

export const constraintKinds = {
  observability: "Observability",
  test: "Test",
  change_control: "Change control",
  runtime: "Runtime",
} as const;
export type ConstraintKind = keyof typeof constraintKinds;

export const phases = {
  declared: "Declared",
  stabilizing: "Stabilizing",
  diagnosing: "Diagnosing",
  recovering: "Recovering",
  learning: "Learning",
} as const;
export type Phase = keyof typeof phases;

export type IncidentStatus = "open" | "closed" | "learned" | "cancelled";

export const capacities = {
  business: "Business",
  safety: "Safety",
  technical: "Technical",
} as const;
export type Capacity = keyof typeof capacities;

/** B8: categories of contributing factors. */
export const factorCategories = {
  observability_gap: "Observability gap",
  testing_gap: "Testing gap",
  change_control_gap: "Change control gap",
  dependency_fragility: "Fragile dependency",
  incentive_misalignment: "Misaligned incentive",
  data_fragility: "Fragile data",
  masking: "Something hid it",
  test_prod_divergence: "Test and production differ",
  signal_overridden: "A warning was outvoted",
  ownership_ambiguity: "Unclear ownership",
  provider_opacity: "Opaque provider",
  privacy_constrained_evidence: "Evidence limited by privacy",
  soft_control: "A rule that lived only in a prompt",
} as const;
export type FactorCategory = keyof typeof factorCategories;

/** B9, R6: kinds of detection gaps. */
export const gapKinds = {
  no_eval_for_query_type: "No evaluation for this kind of request",
  no_alert_on_metric: "No alert on this metric",
  no_version_tracking: "No version tracking of this component",
  no_trace: "No trace of a failing request",
} as const;
export type GapKind = keyof typeof gapKinds;

/** B9: what is asked about why detection did not catch it. */
export const detectionQuestions = {
  user_signal_present_earlier:
    "Was a human or user signal there earlier: when, and who received it?",
  saw_user_visible_mode: "Did monitoring observe what users saw?",
  alerts_on_symptoms: "Do alerts watch symptoms, or only infrastructure?",
  metric_has_owner: "Does the metric that would have shown it have an owner?",
  dashboard_obvious: "Does a dashboard make it obvious?",
  evals_on_production_path:
    "Did evaluations run on the production path, the same build and the same defaults?",
  averages_hid_cohort: "Did averages hide a cohort?",
  requests_inspectable: "Could the affected requests be looked at (sampling, privacy)?",
  overlay_shows_change: "Which deploys or settings changed when it began?",
} as const;
export type DetectionQuestion = keyof typeof detectionQuestions;

/** B12: roles that can be claimed and handed over; layer owners are roles too, one for each layer. */
export const roles = {
  coordinator: "Coordinator",
  postmortem_driver: "Postmortem driver",
  communications: "Communications",
  scribe: "Scribe",
} as const;
export type Role = keyof typeof roles;

/** B12: what kind of failure a strand was. */
export const failureTypes = {
  model: "Model failure",
  prompt: "Prompt failure",
  data: "Data failure",
  orchestration: "Orchestration failure",
  integration: "Integration failure",
  infrastructure: "Infrastructure failure",
  combination: "Combination of several",
} as const;
export type FailureType = keyof typeof failureTypes;

/** B3: where the layer that broke lies. */
export const loci = {
  ours: "With us",
  provider: "With a provider",
} as const;
export type Locus = keyof typeof loci;
