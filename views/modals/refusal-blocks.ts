import type { KnownBlock } from "@slack/types";
import type { RuleRefusal } from "#src/domain/rejection.ts";
import { context, limits, section, truncate } from "#views/block-kit.ts";

/**
 * A refusal on top of its form: one sentence that says what to do, the rest folded under it. Its
 * block_id, `refusal:<rules joined by +>:<missing joined by ,>`, cut at 255, is for whoever reads
 * answers by program (ARCHITECTURE.md, the contract with the outside).
 */
export function refusalBlocks(refusal: RuleRefusal | undefined): KnownBlock[] {
  if (!refusal) return [];
  const id = `refusal:${refusal.rules.join("+")}:${refusal.missing.join(",")}`;
  const sentence = section(refusal.sentence, id);
  if (refusal.more.length === 0) return [sentence];
  return [sentence, context(truncate(refusal.more.join("\n"), limits.contextText))];
}
