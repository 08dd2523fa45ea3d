import type { KnownBlock } from "@slack/types";
import type { IncidentId } from "#src/domain/incident.ts";
import type { RuleRefusal } from "#src/domain/rejection.ts";
import { actions, button, context, limits, section, truncate } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";

/**
 * A refusal on top of its form: one sentence that says what to do, the rest folded under it. Its
 * block_id, `refusal:<rules joined by +>:<missing joined by ,>`, cut at 255, is for whoever reads
 * answers by program (ARCHITECTURE.md, the contract with the outside). R12: where other words are
 * offered, these words, and a button that puts them into their field. All its block_ids begin with
 * `refusal`, so that the form can be drawn again without them.
 */
export function refusalBlocks(refusal: RuleRefusal | undefined): KnownBlock[] {
  if (!refusal) return [];
  const { rewrite } = refusal;
  return [
    ...refusalSentence(refusal),
    ...(rewrite ? offeredWords(rewrite.text) : []),
    ...(rewrite && rewrite.text.length <= limits.inputText
      ? [actions("refusal-use", [useWordingButton(fieldValue(rewrite.field))])]
      : []),
  ];
}

/** The sentence of a refusal and what is folded under it, without an offer. */
export function refusalSentence(refusal: RuleRefusal): KnownBlock[] {
  const id = `refusal:${refusal.rules.join("+")}:${refusal.missing.join(",")}`;
  const sentence = section(refusal.sentence, id);
  if (refusal.more.length === 0) return [sentence];
  const more = context(truncate(refusal.more.join("\n"), limits.contextText));
  return [sentence, { ...more, block_id: "refusal-more" }];
}

/** R12: the words that may be taken with one press, as they would be recorded. */
export function offeredWords(text: string): KnownBlock[] {
  return [
    { ...context("Nothing is recorded yet. These words would do:"), block_id: "refusal-offer" },
    section(text, "refusal-rewrite"),
  ];
}

/** R12: takes the offered words; `value` says where they go. */
export function useWordingButton(value: string) {
  return button("use-wording", "Use this wording", value, { style: "primary" });
}

function fieldValue(field: string): string {
  return encodeHint({ incidentId: 0 as IncidentId, word: field });
}
