import { pageOf, stringArg } from "#sandbox/slack/arguments.ts";
import { userBody } from "#sandbox/slack/bodies.ts";
import { isForeign } from "#sandbox/slack/workspace.ts";
import { type Method, refuse } from "./method.ts";

/** https://docs.slack.dev/reference/methods/users.info */
export const readUser: Method = ({ workspace }, args) => {
  const user = workspace.users.get(String(args["user"]));
  return user ? { ok: true, user: userBody(workspace, user) } : refuse("user_not_found");
};

/** https://docs.slack.dev/reference/methods/users.list: bots, guests and deactivated people too. */
export const listUsers: Method = ({ workspace }, args) => {
  const { page, nextCursor } = pageOf([...workspace.users.values()], args, 1_000);
  return {
    ok: true,
    members: page.map((user) => userBody(workspace, user)),
    cache_ts: Math.floor(Date.now() / 1_000),
    response_metadata: { next_cursor: nextCursor },
  };
};

/** https://docs.slack.dev/reference/methods/users.lookupByEmail: not deactivated, not of another team. */
export const lookUpByEmail: Method = ({ workspace }, args) => {
  const email = stringArg(args, "email")?.toLowerCase();
  const user = [...workspace.users.values()].find(
    (one) =>
      email !== undefined &&
      one.email.toLowerCase() === email &&
      !one.isDeactivated &&
      !isForeign(workspace, one),
  );
  return user ? { ok: true, user: userBody(workspace, user) } : refuse("users_not_found");
};
