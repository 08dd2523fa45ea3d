import type { UserId } from "#src/domain/person.ts";
import { guardTopic } from "#src/usecases/guard-topic.ts";
import { publishHome } from "#src/usecases/publish-home.ts";
import { noteChangedPerson, noteMembership, notePerson } from "#src/usecases/note-membership.ts";
import { noteReaction } from "#src/usecases/note-reaction.ts";
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
  { event: "reaction_added", handle: (ctx, event) => noteReactionOf(ctx, event, true) },
  { event: "reaction_removed", handle: (ctx, event) => noteReactionOf(ctx, event, false) },
  {
    event: "message",
    subscription: "message.channels",
    // of what is said in channels only a change of a topic is ours to hear
    concerns: (event) => event["subtype"] === "channel_topic",
    handle: (ctx, event) => guardTopic(ctx, String(event["channel"])),
  },
  {
    event: "app_home_opened",
    concerns: (event) => event["tab"] === "home",
    handle: (ctx) => publishHome(ctx),
  },
  {
    event: "team_join",
    handle: (ctx, event) => notePerson(ctx, (event["user"] as { id: string }).id as UserId),
  },
  {
    // somebody became a guest, was deactivated, or the other way round
    event: "user_change",
    handle: (ctx, event) => noteChangedPerson(ctx, changeOf(event)),
  },
];

/** A reaction on a message; Slack tells of those on files too, which are no messages. */
async function noteReactionOf(
  ctx: Parameters<EventListener["handle"]>[0],
  event: Record<string, unknown>,
  isKept: boolean,
): Promise<void> {
  const item = event["item"] as { type?: string; channel?: string; ts?: string } | undefined;
  if (item?.type !== "message" || !item.channel || !item.ts) return;
  await noteReaction(ctx, {
    reaction: String(event["reaction"]),
    channelId: item.channel,
    ts: item.ts,
    userId: String(event["user"]) as UserId,
    isKept,
  });
}

/** What a user object of Slack's says of the things that count here (docs.slack.dev/reference/objects/user-object). */
function changeOf(event: Record<string, unknown>) {
  const user = event["user"] as {
    id: string;
    deleted?: boolean;
    is_restricted?: boolean;
    is_ultra_restricted?: boolean;
  };
  const { id, deleted = false, is_restricted = false, is_ultra_restricted = false } = user;
  return {
    userId: id as UserId,
    isGuest: is_restricted || is_ultra_restricted,
    isDeactivated: deleted,
  };
}
