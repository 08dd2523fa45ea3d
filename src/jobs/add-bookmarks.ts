import { getIncidentState } from "#src/db/incidents.ts";
import { findMessage } from "#src/db/messages.ts";
import type { Effect, MessageRef } from "#src/domain/effect.ts";
import type { Incident, IncidentId } from "#src/domain/incident.ts";
import { PermanentError } from "#src/lib/errors.ts";
import type { Bookmark } from "#src/slack/slack-api.ts";
import type { AttemptContext, Handler } from "./handler.ts";

type AddBookmarks = Extract<Effect, { name: "add-bookmarks" }>;

/**
 * Bookmarks on top of the channel: the panel, the request for answers (a bookmark can open a message, not
 * a form; the checklist is a button of both), and the postmortem once it exists. Twice is once: what
 * is there stays, what points elsewhere by now is put right.
 */
export const addBookmarks: Handler<AddBookmarks> = {
  async run(ctx, effect) {
    const { incident } = await getIncidentState(ctx.db, effect.incidentId);
    const { channelId } = incident;
    if (channelId === null) return { outcome: { skipped: "no_channel" } };
    const wanted = await findBookmarks(ctx, incident);
    try {
      await ctx.slack.setBookmarks(channelId, wanted);
    } catch (error) {
      // they are people's by then, and there is no room for ours
      if (!(error instanceof PermanentError && error.code === "too_many_bookmarks")) throw error;
      return { outcome: { skipped: "too_many_bookmarks" } };
    }
    return { outcome: { bookmarks: wanted.length } };
  },
};

/** What is to be bookmarked on top of the incident's channel, as far as it is there. */
export async function findBookmarks(
  ctx: AttemptContext,
  { id, postmortemUrl }: Incident,
): Promise<Bookmark[]> {
  return [
    ...(await bookmarkOf(ctx, id, { kind: "panel" }, "Panel")),
    ...(await bookmarkOf(ctx, id, { kind: "evidence-request" }, "Checklist and answers")),
    ...(postmortemUrl === null ? [] : [{ title: "Postmortem", link: postmortemUrl }]),
  ];
}

/** A bookmark of one of our messages; none where it was not posted, or somebody has deleted it. */
async function bookmarkOf(
  ctx: AttemptContext,
  incidentId: IncidentId,
  ref: MessageRef,
  title: string,
): Promise<Bookmark[]> {
  const posted = await findMessage(ctx.db, incidentId, ref);
  if (!posted) return [];
  const link = await ctx.slack.findPermalink(posted.channelId, posted.ts);
  return link === undefined ? [] : [{ title, link }];
}
