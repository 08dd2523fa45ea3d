import type { Json } from "#sandbox/json.ts";
import type { SandboxGroup } from "#sandbox/screen.ts";
import { flagArg, stringArg } from "#sandbox/slack/arguments.ts";
import type { Workspace } from "#sandbox/slack/workspace.ts";
import { type Method, refuse } from "./method.ts";

/** https://docs.slack.dev/reference/methods/usergroups.list, on a plan that has user groups. */
export const listGroups: Method = ({ workspace }, args) => ({
  ok: true,
  usergroups: [...workspace.groups.values()].map((group) => ({
    ...groupBody(workspace, group),
    ...(flagArg(args, "include_users") ? { users: activeIn(workspace, group) } : {}),
    ...(flagArg(args, "include_count") ? { user_count: activeIn(workspace, group).length } : {}),
  })),
});

/** https://docs.slack.dev/reference/methods/usergroups.users.list */
export const listGroupUsers: Method = ({ workspace }, args) => {
  const group = workspace.groups.get(stringArg(args, "usergroup") ?? "");
  return group ? { ok: true, users: activeIn(workspace, group) } : refuse("no_such_subteam");
};

/** Whoever is deactivated is out of every group. */
function activeIn({ users }: Workspace, { userIds }: SandboxGroup): string[] {
  return userIds.filter((id) => users.has(id) && !users.get(id)?.isDeactivated);
}

/** https://docs.slack.dev/reference/objects/usergroup-object */
function groupBody({ team, bot, startedAt }: Workspace, group: SandboxGroup): Json {
  return {
    id: group.id,
    team_id: team.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: "",
    handle: group.handle,
    is_external: false,
    date_create: startedAt,
    date_update: startedAt,
    date_delete: 0,
    auto_type: null,
    auto_provision: false,
    enterprise_subteam_id: "",
    created_by: bot.userId,
    updated_by: bot.userId,
    deleted_by: null,
    prefs: { channels: [], groups: [] },
  };
}
