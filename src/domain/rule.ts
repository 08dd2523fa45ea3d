/** What one rule or gate finds missing. */
export interface Missing {
  /** Id of the rule: "R1", "R9", "B5", "R14". */
  rule: string;
  /** Other rules that ask for the very same things. */
  alsoRules?: string[];
  /** Ids of what is missing, the first one to get first: layer ids, row ids, `LV1`, `S1`. */
  missing: string[];
  /** What is missing, and the cheapest way to get it: one sentence. */
  sentence: string;
}

/** A rule takes the state and what somebody claims, and returns what is missing; undefined where it is content. */
export type Rule<State, Claim> = (state: State, claim: Claim) => Missing | undefined;
