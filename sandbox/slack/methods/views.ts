import { isJson, type Json } from "#sandbox/json.ts";
import { type Args, jsonArg, stringArg } from "#sandbox/slack/arguments.ts";
import { recordProblems, type Slack } from "#sandbox/slack/slack.ts";
import { viewBody, type ViewRecord } from "#sandbox/slack/views.ts";
import { isForeign } from "#sandbox/slack/workspace.ts";
import { checkHome, checkView } from "#sandbox/validator/check.ts";
import { type Method, refuse, refusePayload, type Reply } from "./method.ts";

/** https://docs.slack.dev/reference/methods/views.open */
export const openView: Method = (slack, args) => show(slack, args, "views.open");

/** https://docs.slack.dev/reference/methods/views.push: on the form whose element gave the trigger_id. */
export const pushView: Method = (slack, args) => show(slack, args, "views.push");

/** https://docs.slack.dev/reference/methods/views.update */
export const updateView: Method = (slack, args) => {
  const externalId = stringArg(args, "external_id");
  const record =
    externalId === undefined
      ? slack.views.find(String(args["view_id"]))
      : slack.views.findByExternalId(externalId);
  if (!record) return refuse("not_found");
  const hash = stringArg(args, "hash");
  if (hash !== undefined && hash !== record.hash) return refuse("hash_conflict");
  const view = readView(slack, args, "views.update");
  if (!isView(view)) return view;
  slack.views.update(record, view.view);
  return opened(slack, record);
};

/** https://docs.slack.dev/reference/methods/views.publish: the Home of one person. */
export const publishView: Method = (slack, args) => {
  const { workspace, homes } = slack;
  if (workspace.bot.hasHome === false) return refuse("not_enabled");
  const user = workspace.users.get(stringArg(args, "user_id") ?? "");
  if (!user || isForeign(workspace, user)) return refuse("user_not_found");
  const hash = stringArg(args, "hash");
  const before = homes.find(user.id);
  if (hash !== undefined && before && hash !== before.hash) return refuse("hash_conflict");
  const view = readView(slack, args, "views.publish", checkHome);
  return isView(view) ? opened(slack, homes.publish(user.id, view.view)) : view;
};

function show(slack: Slack, args: Args, method: "views.open" | "views.push"): Reply {
  const triggerId = stringArg(args, "trigger_id") ?? "";
  const trigger = slack.triggers.look(triggerId);
  if (typeof trigger === "string") return refuse(trigger);
  const view = readView(slack, args, method);
  if (!isView(view)) return view;
  const externalId = view.view["external_id"];
  if (typeof externalId === "string" && slack.views.findByExternalId(externalId)) {
    return refuse("duplicate_external_id");
  }
  const isOnView = trigger.viewId !== undefined && slack.views.find(trigger.viewId) !== undefined;
  if (method === "views.push" && !isOnView) return refuse("not_found");
  const record =
    method === "views.open"
      ? slack.views.open(trigger.userId, view.view)
      : slack.views.push(trigger.userId, view.view);
  if (!record) return refuse("push_limit_reached");
  slack.triggers.use(triggerId);
  return opened(slack, record);
}

function readView(
  slack: Slack,
  args: Args,
  method: string,
  check = checkView,
): { view: Json } | Reply {
  const view = jsonArg(args, "view");
  const { error, problems } = check(view);
  recordProblems(slack, method, problems);
  if (error !== undefined || !isJson(view)) {
    return refusePayload(error ?? "invalid_arguments", problems);
  }
  return { view };
}

function isView(read: { view: Json } | Reply): read is { view: Json } {
  return !("ok" in read);
}

function opened(slack: Slack, record: ViewRecord): Reply {
  const { team, bot, appId } = slack.workspace;
  return {
    ok: true,
    view: viewBody(record, { teamId: team.id, appId, botId: bot.botId }),
  };
}
