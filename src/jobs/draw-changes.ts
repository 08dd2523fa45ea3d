import { getIncidentState } from "#src/db/incidents.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { changeAltText, changeLines } from "#src/pictures/change-lines.ts";
import { changePictureOf } from "#src/pictures/change-picture.ts";
import { drawChanges as drawn } from "#src/pictures/changes.ts";
import { pictureFont, toPng } from "#src/pictures/png.ts";
import { pictureComment } from "#views/messages/picture-comment.ts";
import type { AttemptContext, Handler } from "./handler.ts";

type DrawChanges = Extract<Effect, { name: "draw-changes" }>;

/**
 * Draws the changes of an incident as they are known by now, and uploads the picture to its channel, with
 * all it says as text beside it and as the file's alternative text. Slack gives no id of the share, so
 * the name, which only this request has, is what it is found again by.
 */
export const drawChanges: Handler<DrawChanges> = {
  async find(ctx, effect) {
    const { incident } = await getIncidentState(ctx.db, effect.incidentId);
    if (incident.channelId === null) return undefined;
    const filename = nameFile(ctx, incident);
    const isThere = await ctx.slack.findFile(incident.channelId, filename, ctx.writtenAt);
    return isThere ? { outcome: { filename } } : undefined;
  },
  async run(ctx, effect) {
    const state = await getIncidentState(ctx.db, effect.incidentId);
    const { channelId, number, status, hiddenAt } = state.incident;
    if (channelId === null) return { outcome: { skipped: "no_channel" } };
    if (hiddenAt !== null) return { outcome: { skipped: "removed_drill" } };
    // closed meanwhile, and perhaps archived
    if (status !== "open") return { outcome: { skipped: "closed" } };
    const shown = changePictureOf(state, ctx.now);
    const filename = nameFile(ctx, state.incident);
    await ctx.slack.uploadPicture(channelId, {
      filename,
      title: `Changes of incident ${number}`,
      bytes: await toPng(drawn(shown, pictureFont())),
      altText: changeAltText(shown),
      comment: pictureComment(effect.userId, changeLines(shown)),
    });
    return { outcome: { filename } };
  },
};

/** "inc-12-changes-4f6c2a9e.png" */
function nameFile(
  { effectId }: AttemptContext,
  { number }: Pick<IncidentState["incident"], "number">,
): string {
  return `inc-${number}-changes-${effectId.slice(0, 8)}.png`;
}
