import type { UserId } from "#src/domain/person.ts";
import { noteMembership, notePerson } from "#src/usecases/note-membership.ts";
import type { EventListener } from "./event-listener.ts";

/** Every event of Slack's that is listened to; `manifest.yml` subscribes to exactly these. */
export const eventListeners: readonly EventListener[] = [
  {
    event: "member_joined_channel",
    handle: (ctx, event) =>
      noteMembership(ctx, {
        channelId: String(event["channel"]),
        userId: String(event["user"]) as UserId,
        hasJoined: true,
      }),
  },
  {
    event: "member_left_channel",
    handle: (ctx, event) =>
      noteMembership(ctx, {
        channelId: String(event["channel"]),
        userId: String(event["user"]) as UserId,
        hasJoined: false,
      }),
  },
  {
    event: "team_join",
    handle: (ctx, event) => notePerson(ctx, (event["user"] as { id: string }).id as UserId),
  },
];
