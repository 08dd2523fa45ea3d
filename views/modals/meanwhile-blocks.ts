import type { KnownBlock, ModalView } from "@slack/types";
import type { MeanwhileChange } from "#src/domain/rejection.ts";
import {
  context,
  joinMrkdwn,
  mention,
  type Mrkdwn,
  mrkdwn,
  oneLine,
  section,
} from "#views/block-kit.ts";
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
  const lines = linesOf(changes);
  return [
    section(
      mrkdwn`*Not saved yet: somebody else was faster.* What you filled in still stands below. Look at what they said, then send yours again to put it in its place, or close this form to leave theirs.`,
      "meanwhile",
    ),
    context(joinMrkdwn(lines, "\n")),
  ];
}

/** The same above a form that Slack sent back and that keeps its fields as they are. */
export function meanwhileBlock(changes: readonly MeanwhileChange[]): KnownBlock {
  const told = mrkdwn`*Not saved yet: this was changed while your form was open.* What you filled in still stands below. Look at what stands now, then send yours again to put it in its place, or close this form to leave it.`;
  return section(joinMrkdwn([told, ...linesOf(changes)], "\n"), "meanwhile");
}

function linesOf(changes: readonly MeanwhileChange[]): Mrkdwn[] {
  return changes.slice(0, 10).map(({ by, what }) => {
    const told = oneLine(what, 200);
    return by === null ? mrkdwn`• Meanwhile ${told}.` : mrkdwn`• ${mention(by)} ${told}.`;
  });
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
