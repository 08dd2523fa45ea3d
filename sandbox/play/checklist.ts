import type { KnownBlock } from "@slack/types";
import { buttonsOf, hintOf } from "./blocks.ts";
import { strandNumber } from "./items.ts";
import { closeForms, type Opened, pressToOpen, typeCommand } from "./person.ts";
import { beInChannel, incidentChannel, type Stage, StuckError } from "./stage.ts";

/**
 * Opens `/incident checklist` and presses the button for a layer in it. The form on top of it is the
 * answer. Throws StuckError where the checklist has no such button.
 */
export async function openFromChecklist(
  stage: Stage,
  actor: string,
  wanted: {
    actionId: "set-verdict" | "answer-rows" | "answer-layers" | "dissent";
    strand: string | undefined;
    layer: string;
  },
): Promise<Opened> {
  await beInChannel(stage, actor);
  await closeForms(stage, actor);
  const opened = await typeCommand(stage, actor, {
    channelId: incidentChannel(stage),
    text: "checklist",
    opens: "checklist",
  });
  if ("said" in opened) return opened;
  const number = strandNumber(stage, wanted.strand);
  const button = buttonsOf(opened.form.blocks as KnownBlock[]).find((candidate) => {
    const hint = hintOf(candidate);
    return (
      candidate.actionId === wanted.actionId &&
      (hint.layers ?? []).includes(wanted.layer) &&
      (hint.strand === undefined || hint.strand === number)
    );
  });
  if (!button) {
    throw new StuckError(`The checklist has no button ${wanted.actionId} for ${wanted.layer}.`);
  }
  return pressToOpen(
    stage,
    actor,
    {
      in: { viewId: opened.form.id },
      actionId: button.actionId,
      blockId: button.blockId,
      label: `${button.label} (${wanted.layer})`,
    },
    wanted.actionId,
  );
}
