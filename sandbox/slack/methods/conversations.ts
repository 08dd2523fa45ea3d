import { objectsOf } from "#sandbox/json.ts";
import { flagArg, listArg, pageOf, stringArg } from "#sandbox/slack/arguments.ts";
import { channelBody } from "#sandbox/slack/bodies.ts";
import { archiveChannel, changeTopic } from "#sandbox/slack/channels.ts";
import { addMember, whyNotInvited } from "#sandbox/slack/membership.ts";
import { newChannel, openDirect } from "#sandbox/slack/workspace.ts";
import { findVisibleChannel, isInside, type Method, refuse } from "./method.ts";

const maxTopic = 250;
const maxInvited = 100;

/** https://docs.slack.dev/reference/methods/conversations.create; archived channels hold names too. */
export const createConversation: Method = (slack, args) => {
  const { workspace } = slack;
  const name = stringArg(args, "name");
  if (name === undefined) return refuse("invalid_name_required");
  if (name.length > 80) return refuse("invalid_name_maxlength");
  if (!/^[\p{Ll}\p{Lo}\d_-]+$/u.test(name)) return refuse("invalid_name_specials");
  if (/^[_-]+$/.test(name)) return refuse("invalid_name_punctuation");
  for (const channel of workspace.channels.values()) {
    if (channel.name === name) return refuse("name_taken");
  }
  const botId = workspace.bot.userId;
  const channel = {
    ...newChannel(workspace.nextId("C"), name, botId, Math.floor(Date.now() / 1_000)),
    isPrivate: flagArg(args, "is_private"),
    memberIds: new Set([botId]),
  };
  workspace.channels.set(channel.id, channel);
  return { ok: true, channel: channelBody(workspace, channel) };
};

/** https://docs.slack.dev/reference/methods/conversations.invite: all or none, unless `force`. */
export const inviteToConversation: Method = (slack, args) => {
  const { workspace } = slack;
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (!isInside(slack, channel)) return refuse("not_in_channel");
  if (channel.isArchived) return refuse("is_archived");
  const userIds = listArg(args, "users");
  if (userIds.length === 0) return refuse("no_user");
  if (userIds.length > maxInvited) return refuse("too_many_users");
  const errors = userIds.flatMap((user) => {
    const error = whyNotInvited(workspace, channel, user);
    return error === undefined ? [] : [{ user, ok: false, error }];
  });
  const [first] = errors;
  const isForced = flagArg(args, "force") && errors.length < userIds.length;
  if (first && !isForced) return refuse(first.error, { errors });
  const failed = new Set(errors.map((one) => one.user));
  for (const userId of userIds.filter((one) => !failed.has(one))) {
    addMember(workspace, channel, userId, workspace.bot.userId);
  }
  return {
    ok: true,
    channel: channelBody(workspace, channel),
    ...(errors.length > 0 ? { errors } : {}),
  };
};

/** https://docs.slack.dev/reference/methods/conversations.setTopic */
export const setTopic: Method = (slack, args) => {
  const { workspace } = slack;
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (!isInside(slack, channel)) return refuse("not_in_channel");
  if (channel.isArchived) return refuse("is_archived");
  const topic = stringArg(args, "topic") ?? "";
  if (topic.length > maxTopic) return refuse("too_long");
  changeTopic(workspace, channel, workspace.bot.userId, topic);
  return { ok: true, channel: channelBody(workspace, channel) };
};

/** https://docs.slack.dev/reference/methods/conversations.archive: the app is out of it from then on. */
export const archiveConversation: Method = (slack, args) => {
  const { workspace } = slack;
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (channel.isDirect) return refuse("method_not_supported_for_channel_type");
  if (channel.isArchived) return refuse("already_archived");
  if (!isInside(slack, channel)) return refuse("not_in_channel");
  archiveChannel(workspace, channel, workspace.bot.userId);
  return { ok: true };
};

/**
 * https://docs.slack.dev/reference/methods/conversations.unarchive. The page gives bots the scope, but
 * archiving has put them out of the channel, and a channel is unarchived from inside.
 */
export const unarchiveConversation: Method = (slack, args) => {
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  return refuse(channel.isArchived ? "not_in_channel" : "not_archived");
};

/** https://docs.slack.dev/reference/methods/conversations.join */
export const joinConversation: Method = (slack, args) => {
  const { workspace } = slack;
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  if (channel.isPrivate) return refuse("method_not_supported_for_channel_type");
  if (channel.isArchived) return refuse("is_archived");
  const warning = isInside(slack, channel) ? { warning: "already_in_channel" } : {};
  addMember(workspace, channel, workspace.bot.userId);
  return { ok: true, channel: channelBody(workspace, channel), ...warning };
};

/** https://docs.slack.dev/reference/methods/conversations.open, with one person. */
export const openConversation: Method = (slack, args) => {
  const { workspace } = slack;
  const [userId, ...others] = listArg(args, "users");
  if (userId === undefined) return refuse("users_list_not_supplied");
  // Group messages are no part of the sandbox.
  if (others.length > 0) return refuse("not_enough_users");
  const user = workspace.users.get(userId);
  if (!user || user.id === workspace.bot.userId) return refuse("user_not_found");
  if (user.isDeactivated) return refuse("user_disabled");
  const { channel, isNew } = openDirect(workspace, userId);
  return {
    ok: true,
    ...(isNew ? {} : { no_op: true, already_open: true }),
    channel: { id: channel.id },
  };
};

/** https://docs.slack.dev/reference/methods/conversations.members */
export const listMembers: Method = (slack, args) => {
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  const { page, nextCursor } = pageOf([...channel.memberIds], args, 100);
  return { ok: true, members: page, response_metadata: { next_cursor: nextCursor } };
};

/** https://docs.slack.dev/reference/methods/conversations.info */
export const readConversation: Method = (slack, args) => {
  const channel = findVisibleChannel(slack, args["channel"]);
  if (!channel) return refuse("channel_not_found");
  const members = flagArg(args, "include_num_members")
    ? { num_members: channel.memberIds.size }
    : {};
  return { ok: true, channel: { ...channelBody(slack.workspace, channel), ...members } };
};

/** https://docs.slack.dev/reference/methods/conversations.list */
export const listConversations: Method = (slack, args) => {
  const kinds = typesArg(args);
  const visible = [...slack.workspace.channels.values()].filter(
    (channel) => kinds.has(kindOf(channel)) && findVisibleChannel(slack, channel.id) !== undefined,
  );
  return conversationPage(slack, args, visible);
};

/** https://docs.slack.dev/reference/methods/users.conversations: of `user`, else of the bot. */
export const listConversationsOfUser: Method = (slack, args) => {
  const { workspace } = slack;
  const userId = stringArg(args, "user") ?? workspace.bot.userId;
  if (!workspace.users.has(userId)) return refuse("user_not_found");
  const kinds = typesArg(args);
  const theirs = [...workspace.channels.values()].filter(
    (channel) =>
      channel.memberIds.has(userId) &&
      kinds.has(kindOf(channel)) &&
      findVisibleChannel(slack, channel.id) !== undefined,
  );
  return conversationPage(slack, args, theirs);
};

type Listing = Parameters<Method>;

function conversationPage(
  slack: Listing[0],
  args: Listing[1],
  channels: Parameters<typeof channelBody>[1][],
) {
  const kept = flagArg(args, "exclude_archived")
    ? channels.filter((channel) => !channel.isArchived)
    : channels;
  const { page, nextCursor } = pageOf(kept, args, 100);
  return {
    ok: true,
    channels: objectsOf(page.map((channel) => channelBody(slack.workspace, channel))),
    response_metadata: { next_cursor: nextCursor },
  };
}

/** Which kinds of conversations are asked for; public channels where nothing is said. */
export function typesArg(args: Listing[1]): Set<string> {
  const types = listArg(args, "types");
  return new Set(types.length > 0 ? types : ["public_channel"]);
}

function kindOf(channel: { isDirect: boolean; isPrivate: boolean }): string {
  if (channel.isDirect) return "im";
  return channel.isPrivate ? "private_channel" : "public_channel";
}
