import { PermanentError } from "#src/lib/errors.ts";
import type { AttemptContext } from "./handler.ts";

/**
 * Joins a channel before something is posted there: a bot reads the history, and so finds its own posts,
 * only where it is a member. A private channel cannot be joined: people invite it there.
 */
export async function joinToPost(ctx: AttemptContext, channelId: string): Promise<void> {
  try {
    await ctx.slack.joinChannel(channelId);
  } catch (error) {
    const isPrivate =
      error instanceof PermanentError && error.code === "method_not_supported_for_channel_type";
    if (!isPrivate) throw error;
  }
}
