import type { KnownBlock } from "@slack/types";
import type { IncidentId } from "#src/domain/incident.ts";
import type { RuleRefusal } from "#src/domain/rejection.ts";
import { actions, button, context, limits, section, truncate } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";

/**
 * A refusal on top of its form: one sentence that says what to do, the rest folded under it. Its
 * block_id, `refusal:<rules joined by +>:<missing joined by ,>`, cut at 255, is for whoever reads
 * answers by program (ARCHITECTURE.md, the contract with the outside); what the other rules ask for
 * stands below in blocks of their own, `refusal:<rule>:<missing>`. R12: where other words are
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
  const others = (refusal.others ?? []).slice(0, othersAtMost);
  const told = new Set(others.map((one) => one.sentence));
  const rest = refusal.more.filter((sentence) => !told.has(sentence));
  return [
    section(refusal.sentence, id),
    ...(rest.length > 0 ? [folded(rest.join("\n"), "refusal-more")] : []),
    ...others.map(({ rule, missing, sentence }) =>
      folded(sentence, `refusal:${rule}:${missing.join(",")}`),
    ),
  ];
}

/** More of them than this would push the form itself out of sight. */
const othersAtMost = 5;

function folded(text: string, id: string): KnownBlock {
  return {
    ...context(truncate(text, limits.contextText)),
    block_id: id.slice(0, limits.blockId),
  };
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
