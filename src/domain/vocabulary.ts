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
  proximate: "Broke first (proximate)",
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
