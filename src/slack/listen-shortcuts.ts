import type { App, GlobalShortcut, MessageShortcut } from "@slack/bolt";
import type { Reply } from "#commands/reply.ts";
import { TransientError } from "#src/lib/errors.ts";
import { receiptModal } from "#views/modals/receipt.ts";
import {
  answerRequest,
  type EdgeParts,
  inBackground,
  isOpened,
  notOpened,
  otherTeam,
} from "./edge.ts";
import { readShortcutMessage } from "./shortcut-message.ts";
import { shortcuts } from "./shortcuts.ts";

/** Shortcuts of the search bar and of a message's menu: what they lead to is a form, or a sentence for who used it. */
export function listenToShortcuts(app: App, parts: EdgeParts): void {
  app.shortcut(/^/, async ({ shortcut: used, ack, respond, context }) => {
    if (used.type !== "shortcut" && used.type !== "message_action") return ack();
    const onMessage = used.type === "message_action" ? used : undefined;
    const shortcut = shortcuts.find(({ callbackId }) => callbackId === used.callback_id);
    const teamId = used.user.team_id ?? used.team?.id ?? "";
    const facts = {
      kind: "shortcut" as const,
      name: shortcut?.callbackId ?? "unknown",
      requestKey: `trigger:${used.trigger_id}`,
      teamId,
      userId: used.user.id,
    };
    const says = (text: string): Reply => ({ kind: "ephemeral", text });
    const reply = await answerRequest<Reply>(
      parts,
      facts,
      async (ctx) => {
        if (teamId !== parts.teamId) return says(otherTeam);
        if (!shortcut) {
          return says("This entry of the menu is from an older version. Ask who runs the bot.");
        }
        if (shortcut.type === "global") return shortcut.handle(ctx);
        const message = onMessage && (await readShortcutMessage(ctx, onMessage, context));
        return message ? shortcut.handle(ctx, message) : says(unreadable);
      },
      says,
    );
    const shown = await showReply(parts, used, reply);
    await ack();
    if (shown.kind === "ephemeral") {
      const { text, blocks } = shown;
      const more = blocks ? { blocks } : {};
      inBackground(parts, () =>
        respond({ response_type: "ephemeral", replace_original: false, text, ...more }),
      );
    }
  });
}

const unreadable =
  "This message cannot be read: it is gone, or Slack does not show it to apps. `/incident note` records what it said.";

/** Opens the form; the sentence that is left to be said where there is a place for it, else it is shown as a form too. */
async function showReply(
  parts: EdgeParts,
  used: GlobalShortcut | MessageShortcut,
  reply: Reply,
): Promise<Reply> {
  const open = (view: Extract<Reply, { kind: "modal" }>["view"]) =>
    isOpened(parts, () => parts.slack.openView(used.trigger_id, view));
  let shown: Reply = reply;
  if (reply.kind === "modal") {
    shown = (await open(reply.view)) ? { kind: "none" } : { kind: "ephemeral", text: notOpened };
  }
  if (shown.kind !== "ephemeral" || used.type === "message_action") return shown;
  // the search bar has no place for a sentence
  const isShown = await open(receiptModal.render({ title: "Please note", sentence: shown.text }));
  if (!isShown) {
    throw new TransientError("not_shown", "a sentence could not be shown", { isAmbiguous: false });
  }
  return { kind: "none" };
}
