import type { App, BlockAction, SlackViewAction, ViewResponseAction } from "@slack/bolt";
import { runSlashCommand, subcommands } from "#commands/index.ts";
import type { Reply } from "#commands/reply.ts";
import { TransientError } from "#src/lib/errors.ts";
import { publishHome } from "#src/usecases/publish-home.ts";
import type { FieldErrors } from "#views/modal.ts";
import { receiptModal } from "#views/modals/receipt.ts";
import { readValues } from "#views/values.ts";
import type { ActionAnswer } from "./action.ts";
import { actions } from "./actions.ts";
import { readCommandText, readMentions } from "./command-text.ts";
import {
  answerRequest,
  type EdgeParts,
  inBackground,
  isOpened,
  notOpened,
  otherTeam,
} from "./edge.ts";
import { eventListeners } from "./events.ts";
import { HomeWatch } from "./home-watch.ts";
import { listenToShortcuts } from "./listen-shortcuts.ts";
import type { SubmissionAnswer } from "./submission.ts";
import { submissions } from "./submissions.ts";

/**
 * The edge: five kinds of envelopes become data, go to the table that knows them, and what comes back
 * becomes Slack's answer. Commit, then ack. Before the ack nothing is called but `views.open` and
 * `views.push`.
 */
export function listen(app: App, parts: EdgeParts): void {
  listenToCommands(app, parts);
  const homes = new HomeWatch();
  listenToSubmissions(app, parts, homes);
  listenToActions(app, parts, homes);
  listenToShortcuts(app, parts);
  listenToEvents(app, parts);
}

function listenToCommands(app: App, parts: EdgeParts): void {
  const { slashCommand } = parts.settings;
  app.command(/^/, async ({ command, ack }) => {
    const text = readCommandText(command.text);
    const facts = {
      kind: "command" as const,
      name: knownSubcommand(text),
      requestKey: `trigger:${command.trigger_id}`,
      teamId: command.team_id,
      userId: command.user_id,
    };
    const says = (sentence: string): Reply => ({ kind: "ephemeral", text: sentence });
    const reply = await answerRequest<Reply>(
      parts,
      facts,
      async (ctx) => {
        if (command.team_id !== parts.teamId) return says(otherTeam);
        // the app's settings name another word than the bot's
        if (command.command !== slashCommand) return says(`Type \`${slashCommand}\` instead.`);
        const mentions = readMentions(command.text);
        return runSlashCommand(ctx, { text, channelId: command.channel_id, mentions });
      },
      says,
    );
    if (reply.kind === "ephemeral") {
      await ack({ response_type: "ephemeral", text: reply.text, blocks: reply.blocks ?? [] });
    } else if (reply.kind === "none") {
      await ack();
    } else {
      const open = () => parts.slack.openView(command.trigger_id, reply.view);
      if (await isOpened(parts, open)) await ack();
      else await ack({ response_type: "ephemeral", text: notOpened });
    }
  });
}

function listenToSubmissions(app: App, parts: EdgeParts, homes: HomeWatch): void {
  app.view({ type: "view_submission" }, async ({ body, view, ack }) => {
    const inputIds = inputIdsOf(view.blocks);
    const submission = submissions.find(({ callbackId }) => callbackId === view.callback_id);
    const teamId = teamOf(body);
    const facts = {
      kind: "submission" as const,
      name: submission?.callbackId ?? "unknown",
      requestKey: `view:${view.id}:${view.hash}`,
      teamId,
      userId: body.user.id,
    };
    const says = (sentence: string): SubmissionAnswer => ({
      kind: "errors",
      errors: { [inputIds[0] ?? ""]: sentence },
    });
    const answer = await answerRequest<SubmissionAnswer>(
      parts,
      facts,
      async (ctx) => {
        if (teamId !== parts.teamId) return says(otherTeam);
        if (!submission) {
          return says("This form is from an older version. Close it and open it again.");
        }
        const values = readValues(view.state.values);
        const form = { values, metadata: view.private_metadata, inputIds, view };
        const given = await submission.handle(ctx, form, { isSlow: parts.isOutsideSlow() });
        if (given.kind !== "errors" && homes.isWatching(ctx.actor.userId, ctx.now)) {
          inBackground(parts, () => publishHome(ctx));
        }
        const beneath = view.previous_view_id ?? view.root_view_id;
        const { drawBeneath } = submission;
        if (drawBeneath && beneath && beneath !== view.id && given.kind !== "errors") {
          inBackground(parts, async () => {
            const drawn = await drawBeneath(ctx, form.metadata);
            if (drawn) await parts.slack.updateView(beneath, drawn);
          });
        }
        return given;
      },
      says,
    );
    if (answer.kind === "errors") await ack(answerErrors(answer.errors, inputIds));
    else if (answer.kind === "update") await ack({ response_action: "update", view: answer.view });
    else await ack();
  });
}

/**
 * Errors can stand at input blocks alone; for any other place Slack shows a generic failure. So one
 * that is at home nowhere stands at the first input, and in a form without inputs in its place.
 */
function answerErrors(errors: FieldErrors, inputIds: string[]): ViewResponseAction {
  const [first] = inputIds;
  if (first === undefined) {
    const sentence = Object.values(errors).join(" ");
    return {
      response_action: "update",
      view: receiptModal.render({ title: "Not saved", sentence }),
    };
  }
  const placed: FieldErrors = {};
  for (const [blockId, sentence] of Object.entries(errors)) {
    const at = inputIds.includes(blockId) ? blockId : first;
    placed[at] = placed[at] === undefined ? sentence : `${placed[at]} ${sentence}`;
  }
  return { response_action: "errors", errors: placed };
}

function listenToActions(app: App, parts: EdgeParts, homes: HomeWatch): void {
  app.action({ type: "block_actions" }, async ({ body, ack, respond }) => {
    const [pressed] = body.actions;
    const action = actions.find(({ actionId }) => actionId === pressed?.action_id);
    const teamId = teamOf(body);
    const facts = {
      kind: "action" as const,
      name: action?.actionId ?? "unknown",
      requestKey: `trigger:${body.trigger_id}`,
      teamId,
      userId: body.user.id,
    };
    const says = (text: string): ActionAnswer => ({ kind: "ephemeral", text });
    const answer = await answerRequest<ActionAnswer>(
      parts,
      facts,
      async (ctx) => {
        if (teamId !== parts.teamId) return says(otherTeam);
        if (!pressed || isLink(pressed)) return { kind: "none" };
        const messageTs: unknown = body.container["message_ts"];
        if (!action) {
          return says("This button is from an older version. Use the buttons of the pinned panel.");
        }
        const isInHome = body.view?.type === "home";
        if (isInHome) homes.note(ctx.actor.userId, ctx.now);
        const given = await action.handle(ctx, {
          value: valueOf(pressed),
          blockId: pressed.block_id,
          channelId: body.channel?.id,
          values: readValues(body.view?.state.values ?? {}),
          metadata: body.view?.private_metadata ?? "",
          ...(body.view ? { view: body.view } : {}),
          ...(typeof messageTs === "string" ? { messageTs } : {}),
        });
        if (isInHome) inBackground(parts, () => publishHome(ctx));
        return given;
      },
      says,
    );
    const shown = answer.kind === "modal" ? await showForm(parts, body, answer) : answer;
    if (shown.kind === "ephemeral" && !body.response_url) await showNotice(parts, body, shown.text);
    await ack();
    if (shown.kind === "ephemeral" && body.response_url) {
      const { text, blocks } = shown;
      const more = blocks ? { blocks } : {};
      inBackground(parts, () =>
        respond({ response_type: "ephemeral", replace_original: false, text, ...more }),
      );
    } else if (shown.kind === "updateView" && body.view) {
      const { id, hash } = body.view;
      const { view } = shown;
      inBackground(parts, () => parts.slack.updateView(id, view, hash));
    }
  });
}

/** On top of the form that is open, or as the first one. Where Slack does not do it, the person is told. */
async function showForm(
  parts: EdgeParts,
  body: BlockAction,
  { view }: Extract<ActionAnswer, { kind: "modal" }>,
): Promise<ActionAnswer> {
  // nothing is open in Home: there a form is the first one
  const open = isInForm(body)
    ? () => parts.slack.pushView(body.trigger_id, view)
    : () => parts.slack.openView(body.trigger_id, view);
  const isShown = await isOpened(parts, open);
  return isShown ? { kind: "none" } : { kind: "ephemeral", text: notOpened };
}

/** A sentence for who pressed in a form or in Home, where there is no response_url: a form on top of it says it. */
async function showNotice(parts: EdgeParts, body: BlockAction, sentence: string): Promise<void> {
  const view = receiptModal.render({ title: "Please note", sentence });
  const show = isInForm(body)
    ? () => parts.slack.pushView(body.trigger_id, view)
    : () => parts.slack.openView(body.trigger_id, view);
  if (await isOpened(parts, show)) return;
  // no way is left to say it but Slack's own sign that the press failed
  throw new TransientError("not_shown", "a sentence could not be shown", { isAmbiguous: false });
}

function listenToEvents(app: App, parts: EdgeParts): void {
  for (const listener of eventListeners) {
    app.event(listener.event, async ({ event, body }) => {
      // most messages of a workspace are nothing to us: they cost no time and no line in the log
      if (listener.concerns?.(event as unknown as Record<string, unknown>) === false) return;
      // in a shared channel `team_id` may be the other side's; the authorization is always ours
      const teamId = body.authorizations?.[0]?.team_id ?? body.team_id;
      if (teamId !== parts.teamId) return;
      const facts = {
        kind: "event" as const,
        name: listener.event,
        requestKey: `event:${body.event_id}`,
        teamId,
        userId: "user" in event && typeof event.user === "string" ? event.user : "",
      };
      await answerRequest(parts, facts, async (ctx) => {
        await listener.handle(ctx, event as unknown as Record<string, unknown>);
        return { kind: "noted" };
      });
    });
  }
}

function isInForm(body: BlockAction): boolean {
  return body.view !== undefined && body.view.type !== "home";
}

/** For the log, which never holds what was typed: the subcommand where it is one of ours. */
function knownSubcommand(text: string): string {
  const word = /^\s*(\S*)/.exec(text)?.[1]?.toLowerCase() ?? "";
  if (word === "") return "none";
  return subcommands.some(({ subcommand }) => subcommand === word) ? word : "unknown";
}

/** The workspace of the person who acts: in a shared channel it is not the one that installed the bot. */
function teamOf(body: BlockAction | SlackViewAction): string {
  const user = body.user as { team_id?: string };
  return user.team_id ?? body.team?.id ?? "";
}

function inputIdsOf(blocks: readonly { type: string; block_id?: string }[]): string[] {
  return blocks.flatMap(({ type, block_id }) => (type === "input" && block_id ? [block_id] : []));
}

type Pressed = BlockAction["actions"][number];

function valueOf(pressed: Pressed): string | undefined {
  if (pressed.type === "button") return pressed.value;
  if (pressed.type === "static_select" || pressed.type === "overflow") {
    return pressed.selected_option?.value;
  }
  return undefined;
}

/** A button that opens a web page tells us of it too; there is nothing to do. */
function isLink(pressed: Pressed): boolean {
  return pressed.type === "button" && "url" in pressed && Boolean(pressed.url);
}
