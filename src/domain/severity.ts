/** Severities in user terms (B4). Only people set one. */
export const severities = {
  SEV1: "Serious harm, an irreversible action, legal exposure, or the core promise broken for most users",
  SEV2: "The core promise broken for a cohort, or spreading",
  SEV3: "Measurable degradation, and a workaround exists",
  SEV4: "Hazard or near miss, no user effect yet",
} as const;

export type Severity = keyof typeof severities;

export const severityIds = Object.keys(severities) as Severity[];

/** "Unsure" at declaration counts as SEV2 (B4). */
export const unsureSeverity: Severity = "SEV2";
