import { channelTypeOf, type Channel, type StoredMessage, type Workspace } from "./workspace.ts";

/** Adds a person's reaction and tells the app; false where it is there already. */
export function addReaction(
  workspace: Workspace,
  channel: Channel,
  message: StoredMessage,
  by: { userId: string; name: string },
): boolean {
  const all = (message.reactions ??= []);
  const given = all.find(({ name }) => name === by.name);
  if (given?.userIds.includes(by.userId)) return false;
  if (given) given.userIds.push(by.userId);
  else all.push({ name: by.name, userIds: [by.userId] });
  tell(workspace, channel, message, by, "reaction_added");
  return true;
}

/** Takes a person's reaction back and tells the app; false where there is none. */
export function removeReaction(
  workspace: Workspace,
  channel: Channel,
  message: StoredMessage,
  by: { userId: string; name: string },
): boolean {
  const given = message.reactions?.find(({ name }) => name === by.name);
  if (!given?.userIds.includes(by.userId)) return false;
  given.userIds = given.userIds.filter((id) => id !== by.userId);
  message.reactions = message.reactions?.filter(({ userIds }) => userIds.length > 0) ?? [];
  tell(workspace, channel, message, by, "reaction_removed");
  return true;
}

/** https://docs.slack.dev/reference/events/reaction_added: no item_user where nobody wrote the message. */
function tell(
  workspace: Workspace,
  channel: Channel,
  message: StoredMessage,
  by: { userId: string; name: string },
  type: "reaction_added" | "reaction_removed",
): void {
  const hasAuthor = workspace.users.get(message.user)?.bot !== "webhook";
  const body = {
    type,
    user: by.userId,
    reaction: by.name,
    ...(hasAuthor ? { item_user: message.user } : {}),
    item: {
      type: "message",
      channel: channel.id,
      ts: message.ts,
      channel_type: channelTypeOf(channel),
    },
    event_ts: workspace.nextTs(),
  };
  workspace.emit({ type, channel, body });
}
