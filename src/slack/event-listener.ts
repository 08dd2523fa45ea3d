import type { Context } from "#src/usecases/context.ts";

/** An event of Slack's that is listened to. What it throws makes Slack deliver the event again. */
export interface EventListener {
  event: string;
  /** What the manifest subscribes to, where it has another name. */
  subscription?: string;
  /** False: the event is nothing to us; asked before anything else is. */
  concerns?(event: Record<string, unknown>): boolean;
  handle(ctx: Context, event: Record<string, unknown>): Promise<void>;
}
