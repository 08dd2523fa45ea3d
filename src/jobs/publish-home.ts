import { readHome } from "#src/db/home.ts";
import type { Effect } from "#src/domain/effect.ts";
import { mayDeclare } from "#src/domain/policy.ts";
import { renderClosedHome, renderHome } from "#views/home.ts";
import { findPerson } from "./find-person.ts";
import type { Handler } from "./handler.ts";

type PublishHome = Extract<Effect, { name: "publish-home" }>;

/** Shows somebody their Home as it reads now; publishing it twice is publishing it once. */
export const publishHome: Handler<PublishHome> = {
  async run(ctx, { userId }) {
    const denied = mayDeclare(await findPerson(ctx, userId));
    const view = denied
      ? renderClosedHome(denied.message)
      : renderHome(await readHome(ctx.db, ctx.settings.teamId, userId), ctx.settings.command);
    await ctx.slack.publishHome(userId, view);
    return { outcome: { isShown: denied === undefined } };
  },
};
