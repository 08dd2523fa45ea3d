import type { KnownBlock } from "@slack/types";
import type { SandboxState } from "#sandbox/protocol.ts";
import { buttonsOf, type SeenButton } from "./blocks.ts";
import { messageOf, noteRecorded, numberOf } from "./items.ts";
import { accepted, type Got, readEphemerals, warningsIn } from "./judge.ts";
import { chooseInForm, closeForms, press, pressToOpen, submitForm, typeCommand } from "./person.ts";
import {
  beInChannel,
  type Deed,
  incidentChannel,
  messagesFor,
  type Stage,
  StuckError,
  userOf,
  waitFor,
} from "./stage.ts";

/** Records stabilization levers: the lever is chosen first, and the form then asks its own question (B6). */
export const stabilize: Deed = async (stage, actor, data) => {
  await beInChannel(stage, actor);
  let last = accepted();
  for (const lever of leversOf(stage, data.lever_ids)) {
    await closeForms(stage, actor);
    const opened = await typeCommand(stage, actor, {
      channelId: incidentChannel(stage),
      text: "stabilize",
      opens: "stabilize",
    });
    if ("said" in opened) return opened.said;
    const form = await chooseInForm(stage, actor, opened.form, {
      actionId: "lever",
      blockId: "lever",
      value: lever.lever,
    });
    const isOther = lever.lever === "other";
    last = await submitForm(stage, actor, form, {
      ...(isOther ? { own_words: lever.text, layer: lever.layer } : {}),
      authorizer: userOf(stage, lever.authorized_by),
      tradeoff: lever.tradeoff,
      revert_condition: lever.revert_condition,
      harm_signal: lever.harm_signal || null,
      capacity: lever.capacity ?? null,
    });
    if (last.result !== "accepted" && last.result !== "flagged") return last;
    last.warned = warningsIn(form.blocks as KnownBlock[]);
    noteRecorded(stage, "lever", lever.id);
  }
  return last;
};

/** The authorizer presses "confirm" in the direct message, or in the channel where none came. */
export const confirmLever: Deed = async (stage, actor, data) => {
  const userId = userOf(stage, actor);
  await beInChannel(stage, actor);
  let last = accepted();
  for (const lever of leversOf(stage, data.lever_ids)) {
    const { number } = await messageOf(stage, "lever", lever.id, lever.tradeoff);
    const seen = await waitFor(stage, `the question about ${lever.id}`, (state) =>
      messagesFor(stage, state, userId)
        .filter(({ message }) => numberOf(message.blocks, "lever") === number)
        .flatMap(({ message }) => {
          const button = findButton(message.blocks, "confirm-lever");
          return button ? [{ message, button }] : [];
        })
        .at(0),
    );
    const { channel, ts } = seen.message;
    // the question goes away once it is answered: this, and not the words, says that it was taken
    const isAnswered = (state: SandboxState) => {
      const message = state.messages.find((m) => m.channel === channel && m.ts === ts);
      return message !== undefined && !findButton(message.blocks, "confirm-lever");
    };
    const { label, blockId } = seen.button;
    const place = { channelId: channel, ts };
    const interaction = await press(
      stage,
      actor,
      { in: place, actionId: "confirm-lever", blockId, label },
      isAnswered,
    );
    last = readEphemerals(interaction) ?? accepted("Confirmed.");
    if (last.result !== "accepted") return last;
    await waitFor(
      stage,
      `${lever.id} to be shown as answered`,
      (state) => isAnswered(state) || undefined,
    );
  }
  return last;
};

/** Takes levers back. */
export const revertLever: Deed = (stage, actor, data) =>
  endLevers(stage, actor, data.lever_ids, "taken_back");

/** Keeps levers for good. */
export const adoptLever: Deed = (stage, actor, data) =>
  endLevers(stage, actor, data.lever_ids, "kept");

async function endLevers(
  stage: Stage,
  actor: string,
  ids: string[] | undefined,
  how: "taken_back" | "kept",
): Promise<Got> {
  await beInChannel(stage, actor);
  let last = accepted();
  for (const lever of leversOf(stage, ids)) {
    await closeForms(stage, actor);
    const { message } = await messageOf(stage, "lever", lever.id, lever.tradeoff);
    const button = findButton(message.blocks, "end-lever");
    if (!button) throw new StuckError(`The message about ${lever.id} has no button to end it.`);
    const opened = await pressToOpen(
      stage,
      actor,
      {
        in: { channelId: message.channel, ts: message.ts },
        actionId: "end-lever",
        blockId: button.blockId,
        label: button.label,
      },
      "end-lever",
    );
    if ("said" in opened) return opened.said;
    last = await submitForm(stage, actor, opened.form, {
      ended_how: how,
      ended_by: userOf(stage, lever.fate_owner),
      why:
        how === "taken_back"
          ? `What it waited for has come: ${lever.revert_condition}.`
          : "It stays for good; its owner keeps it from here on.",
    });
    if (last.result !== "accepted") return last;
  }
  return last;
}

function leversOf(stage: Stage, ids: string[] | undefined) {
  return stage.scenario.stabilization.filter((lever) => (ids ?? []).includes(lever.id));
}

function findButton(blocks: readonly KnownBlock[], actionId: string): SeenButton | undefined {
  return buttonsOf(blocks).find((button) => button.actionId === actionId);
}
