import type { Json } from "#sandbox/json.ts";
import type { SandboxUser } from "#sandbox/protocol.ts";
import { botIdOf } from "./message-body.ts";
import { timeZoneOf } from "./time-zone.ts";
import { type Channel, isForeign, type Workspace } from "./workspace.ts";

/** A conversation object, https://docs.slack.dev/reference/objects/conversation-object. */
export function channelBody(workspace: Workspace, channel: Channel): Json {
  const botId = workspace.bot.userId;
  if (channel.isDirect) {
    const [other] = [...channel.memberIds].filter((id) => id !== botId);
    return {
      id: channel.id,
      created: channel.created,
      is_im: true,
      is_archived: false,
      user: other,
      context_team_id: workspace.team.id,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.isPrivate,
    is_group: channel.isPrivate,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_archived: channel.isArchived,
    is_general: false,
    is_member: channel.memberIds.has(botId),
    is_ext_shared: [...channel.memberIds].some((id) => {
      const user = workspace.users.get(id);
      return user !== undefined && isForeign(workspace, user);
    }),
    created: channel.created,
    creator: channel.creator,
    context_team_id: workspace.team.id,
    topic: { value: channel.topic, creator: channel.creator, last_set: channel.created },
    purpose: { value: "", creator: "", last_set: 0 },
  };
}

/** A user object, https://docs.slack.dev/reference/objects/user-object. The e-mail needs its own scope. */
export function userBody(workspace: Workspace, user: SandboxUser): Json {
  const { bot, team, appId } = workspace;
  const isOurs = user.id === bot.userId;
  const isBot = isOurs || user.bot !== undefined;
  const foreign = isForeign(workspace, user);
  const maySeeEmail = bot.scopes.includes("users:read.email") && !isBot && !foreign;
  return {
    id: user.id,
    team_id: user.teamId ?? team.id,
    name: user.name,
    deleted: user.isDeactivated === true,
    real_name: user.realName,
    ...timeZoneOf(user, workspace.now()),
    profile: {
      real_name: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      real_name_normalized: user.realName,
      team: user.teamId ?? team.id,
      ...(maySeeEmail ? { email: user.email } : {}),
      ...(isOurs ? { bot_id: bot.botId, api_app_id: appId } : {}),
      ...(user.bot === undefined ? {} : { bot_id: botIdOf(user.id) }),
    },
    is_bot: isBot,
    is_app_user: false,
    is_admin: false,
    is_owner: false,
    is_restricted: user.isGuest === true,
    is_ultra_restricted: false,
    ...(foreign ? { is_stranger: false } : {}),
    updated: 0,
  };
}
