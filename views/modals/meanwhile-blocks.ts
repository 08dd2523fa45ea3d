import type { KnownBlock, ModalView } from "@slack/types";
import type { MeanwhileChange } from "#src/domain/rejection.ts";
import { context, joinMrkdwn, mention, mrkdwn, section } from "#views/block-kit.ts";
import type { Values } from "#views/values.ts";

/** A form that somebody else overtook: what was filled in, what it had shown, and what they changed since. */
export interface Overtaken {
  values: Values;
  /** The form's own metadata, as it was sent back. */
  metadata: string;
  changes: readonly MeanwhileChange[];
}

/** On top of a form that was overtaken: who changed what, and what to do now. */
export function meanwhileBlocks(changes: readonly MeanwhileChange[] = []): KnownBlock[] {
  if (changes.length === 0) return [];
  const lines = changes.slice(0, 10).map(({ by, what }) => mrkdwn`• ${mention(by)} ${what}.`);
  return [
    section(
      mrkdwn`*Not saved yet: somebody else was faster.* What you filled in still stands below. Look at what they said, then send yours again to put it in its place, or close this form to leave theirs.`,
      "meanwhile",
    ),
    context(joinMrkdwn(lines, "\n")),
  ];
}

/**
 * The form with new action_ids: Slack keeps what a person filled in as long as block_id and action_id
 * stay, and a form that was overtaken shows today's values where nobody had touched them.
 */
export function drawnAnew(view: ModalView, seenSequence: number): ModalView {
  return {
    ...view,
    blocks: view.blocks.map((block) =>
      "element" in block
        ? ({
            ...block,
            element: { ...block.element, action_id: `${block.block_id}~${seenSequence}` },
          } as KnownBlock)
        : block,
    ),
  };
}
