import type { Interaction } from "#sandbox/protocol.ts";
import type { Delivered, Envelope } from "./bot-link.ts";
import { toSandboxMessage } from "./read.ts";
import type { Conversation } from "./response-urls.ts";
import type { Slack } from "./slack.ts";
import { toOpenView } from "./views.ts";

/** What Slack shows in a form or beside a button where the app does not answer (well). */
export const trouble = "We had some trouble connecting. Try again?";

/** How long a person looks at the screen after an answer that shows nothing; a form may follow it. */
const lookMs = { http: 60, sockets: 200 };

/** What the answer came to, apart from what it changed on the screen. */
export interface Outcome {
  error?: string;
  fieldErrors?: Record<string, string>;
}

/**
 * Sends one thing a person did and waits for the answer (3 s). `take` is given the body of an
 * answer with 2xx and shows it.
 */
export async function interact(
  slack: Slack,
  conversation: Conversation,
  envelope: Envelope,
  errors: { timeout: string; failed: string },
  take: (body: unknown) => Outcome,
): Promise<Interaction> {
  const { screens, link } = slack;
  const { userId } = conversation;
  const before = screens.count(userId);
  const start = performance.now();
  const delivered = await link.send(envelope);
  const ms = Math.round(performance.now() - start);
  const outcome = read(delivered, errors, take);
  if (outcome.status === "acked" && !outcome.fieldErrors) {
    await screens.waitForChange(userId, before, link.usesSockets() ? lookMs.sockets : lookMs.http);
  }
  return { ...outcome, ms, ...onScreen(slack, conversation) };
}

/** What the person has before them: the form on top, and the ephemerals that came of this. */
export function onScreen(
  slack: Slack,
  conversation: Conversation,
): Pick<Interaction, "view" | "ephemerals"> {
  const top = slack.views.top(conversation.userId);
  return {
    ...(top ? { view: toOpenView(top) } : {}),
    ephemerals: conversation.ephemerals.map(toSandboxMessage),
  };
}

function read(
  delivered: Delivered,
  errors: { timeout: string; failed: string },
  take: (body: unknown) => Outcome,
): Pick<Interaction, "status" | "error" | "fieldErrors"> {
  if (delivered.kind === "timeout") return { status: "timeout", error: errors.timeout };
  if (delivered.kind === "failed" || delivered.status < 200 || delivered.status > 299) {
    return { status: "failed", error: errors.failed };
  }
  const outcome = take(delivered.body);
  return { status: outcome.error === undefined ? "acked" : "failed", ...outcome };
}
