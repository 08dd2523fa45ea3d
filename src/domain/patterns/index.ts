import { corpusDrift } from "./corpus-drift.ts";
import { destructiveAction } from "./destructive-action.ts";
import { inventedPolicy } from "./invented-policy.ts";
import type { Pattern } from "./pattern.ts";
import { refusalSpike } from "./refusal-spike.ts";
import { silentQualityRegression } from "./silent-quality-regression.ts";
import { toolCascade } from "./tool-cascade.ts";

/** The failure patterns in the order people see them (B4): the most specific ones first. */
export const patterns = {
  destructive_action: destructiveAction,
  tool_cascade: toolCascade,
  corpus_drift: corpusDrift,
  refusal_spike: refusalSpike,
  invented_policy: inventedPolicy,
  silent_quality_regression: silentQualityRegression,
} as const satisfies Record<string, Pattern>;

export type PatternId = keyof typeof patterns;

export const patternIds = Object.keys(patterns) as PatternId[];

/** Whether a text from outside names one of the patterns. */
export function isPatternId(value: string | undefined): value is PatternId {
  return value !== undefined && Object.hasOwn(patterns, value);
}
