import type { Context } from "#src/usecases/context.ts";

/** An event of Slack's that is listened to. What it throws makes Slack deliver the event again. */
export interface EventListener {
  event: string;
  handle(ctx: Context, event: Record<string, unknown>): Promise<void>;
}
