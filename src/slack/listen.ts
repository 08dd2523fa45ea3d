import type { App, BlockAction, SlackViewAction } from "@slack/bolt";
import { runSlashCommand } from "#commands/index.ts";
import type { Reply } from "#commands/reply.ts";
import { readValues, type SlackStateValues } from "#views/values.ts";
import type { ActionAnswer } from "./action.ts";
import { actions } from "./actions.ts";
import { answerRequest, type EdgeParts, inBackground, isOpened, notOpened, otherTeam } from "./edge.ts";
import { eventListeners } from "./events.ts";
import type { SubmissionAnswer } from "./submission.ts";
import { submissions } from "./submissions.ts";

/**
 * The edge: four kinds of envelopes become data, go to the table that knows them, and what comes back
 * becomes Slack's answer. Commit, then ack. Before the ack nothing is called but `views.open` and
 * `views.push`.
 */
export function listen(app: App, parts: EdgeParts): void {
  listenToCommands(app, parts);
  listenToSubmissions(app, parts);
  listenToActions(app, parts);
  listenToEvents(app, parts);
}

function listenToCommands(app: App, parts: EdgeParts): void {
  app.command(parts.settings.slashCommand, ({ command, ack }) =>
    parts.inFlight.track(async () => {
      const facts = {
        kind: "command" as const,
        // only a word of ours goes into the log, never what was typed
        name: parts.settings.slashCommand,
        requestKey: `trigger:${command.trigger_id}`,
        teamId: command.team_id,
        userId: command.user_id,
      };
      const reply = await answerRequest<Reply>(
        parts,
        facts,
        async (ctx) => {
          if (command.team_id !== parts.teamId) return { kind: "ephemeral", text: otherTeam };
          const request = { text: unescape(command.text), channelId: command.channel_id };
          return runSlashCommand(ctx, request);
        },
        (text) => ({ kind: "ephemeral", text }),
      );
      if (reply.kind === "ephemeral") {
        await ack({ response_type: "ephemeral", text: reply.text, blocks: reply.blocks ?? [] });
      } else if (reply.kind === "modal" && !(await isOpened(parts, () => parts.slack.openView(command.trigger_id, reply.view)))) {
        await ack({ response_type: "ephemeral", text: notOpened });
      } else {
        await ack();
      }
    }),
  );
}

function listenToSubmissions(app: App, parts: EdgeParts): void {
  app.view({ type: "view_submission" }, ({ body, view, ack }) =>
    parts.inFlight.track(async () => {
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
        errors: { [inputIds[0] ?? "form"]: sentence },
      });
      const answer = await answerRequest<SubmissionAnswer>(
        parts,
        facts,
        async (ctx) => {
          if (teamId !== parts.teamId) return says(otherTeam);
          if (!submission) return says("This form is from an older version. Close it and open it again.");
          const values = readValues(view.state.values as SlackStateValues);
          const form = { values, metadata: view.private_metadata, inputIds };
          const given = await submission.handle(ctx, form, { isSlow: parts.isOutsideSlow() });
          const beneath = view.root_view_id;
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
      if (answer.kind === "errors") await ack({ response_action: "errors", errors: answer.errors });
      else if (answer.kind === "update") await ack({ response_action: "update", view: answer.view });
      else await ack();
    }),
  );
}

function listenToActions(app: App, parts: EdgeParts): void {
  app.action({ type: "block_actions" }, ({ body, ack, respond }) =>
    parts.inFlight.track(async () => {
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
          if (!action) return says("This button is from an older version. Use the buttons of the pinned panel.");
          return action.handle(ctx, {
            value: valueOf(pressed),
            blockId: pressed.block_id,
            channelId: body.channel?.id,
            values: readValues((body.view?.state.values ?? {}) as SlackStateValues),
            metadata: body.view?.private_metadata ?? "",
          });
        },
        says,
      );
      let shown = answer;
      if (answer.kind === "modal") {
        const { view } = answer;
        const open = body.view
          ? () => parts.slack.pushView(body.trigger_id, view)
          : () => parts.slack.openView(body.trigger_id, view);
        if (!(await isOpened(parts, open))) shown = says(notOpened);
      }
      await ack();
      if (shown.kind === "ephemeral") {
        const { text, blocks } = shown;
        // in a form there is no response_url: the panel and the form itself show the truth
        if (body.response_url) {
          inBackground(parts, () =>
            respond({ response_type: "ephemeral", replace_original: false, text, ...(blocks ? { blocks } : {}) }),
          );
        }
      } else if (shown.kind === "updateView" && body.view) {
        const { id, hash } = body.view;
        const { view } = shown;
        inBackground(parts, () => parts.slack.updateView(id, view, hash));
      }
    }),
  );
}

function listenToEvents(app: App, parts: EdgeParts): void {
  for (const listener of eventListeners) {
    app.event(listener.event, ({ event, body }) =>
      parts.inFlight.track(async () => {
        if (body.team_id !== parts.teamId) return;
        const facts = {
          kind: "event" as const,
          name: listener.event,
          requestKey: `event:${body.event_id}`,
          teamId: body.team_id,
          userId: "user" in event && typeof event.user === "string" ? event.user : "",
        };
        await answerRequest(parts, facts, async (ctx) => {
          await listener.handle(ctx, event as unknown as Record<string, unknown>);
          return { kind: "noted" };
        });
      }),
    );
  }
}

/** The workspace of the person who acts: in a shared channel it is not the one that installed the bot. */
function teamOf(body: BlockAction | SlackViewAction): string {
  const user = body.user as { team_id?: string };
  return user.team_id ?? body.team?.id ?? "";
}

function inputIdsOf(blocks: readonly { type: string; block_id?: string }[]): string[] {
  return blocks.flatMap(({ type, block_id }) => (type === "input" && block_id ? [block_id] : []));
}

/** Slack escapes three characters in what was typed after a command (docs.slack.dev, "Formatting message text"). */
function unescape(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
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
