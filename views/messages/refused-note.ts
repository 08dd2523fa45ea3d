import type { RuleRefusal } from "#src/domain/rejection.ts";
import { actions, button, context, mrkdwn, section } from "#views/block-kit.ts";
import { encodeHint } from "#views/hint.ts";
import { offeredWords, refusalSentence, useWordingButton } from "#views/modals/refusal-blocks.ts";
import { encodeTypedNote, type TypedNote } from "#views/typed-note.ts";
import { countOf } from "#views/words.ts";
import { content, type MessageContent } from "./message-content.ts";

/**
 * A note that was typed and refused (R12): why, the words that are offered, and what was typed. A press
 * records the offered words, another opens the form with what was typed.
 */
export function renderRefusedNote(refusal: RuleRefusal, note: TypedNote): MessageContent {
  const { rewrite } = refusal;
  const waiting = encodeTypedNote(note);
  const hint = encodeHint({ incidentId: note.incidentId });
  return content(mrkdwn`${refusal.sentence} Nothing is recorded yet.`, [
    ...refusalSentence(refusal),
    ...(rewrite ? offeredWords(rewrite.text) : []),
    ...typed(note.text),
    actions("refusal-use", [
      ...(rewrite && waiting !== undefined ? [useWordingButton(waiting)] : []),
      button("add-note", "Reword", waiting ?? hint),
    ]),
  ]);
}

/** A note that was not taken: why, and what was typed, so that nothing is lost. */
export function renderUnsavedNote(sentence: string, text: string): MessageContent {
  return content(mrkdwn`${sentence}`, [section(sentence), ...typed(text)]);
}

/** A block takes 3,000 characters, a message 9,000: what is longer than that is counted. */
function typed(text: string) {
  const shown = text.slice(0, 5_000);
  const parts = shown.match(/[^]{1,2500}/g) ?? [];
  const more = text.length - shown.length;
  return [
    context("You typed:"),
    ...parts.map((part) => section(part)),
    ...(more > 0 ? [context(`And ${countOf(more, "character")} more.`)] : []),
  ];
}
