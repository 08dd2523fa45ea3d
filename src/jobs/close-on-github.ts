import { getIncidentState } from "#src/db/incidents.ts";
import type { Effect } from "#src/domain/effect.ts";
import { branchName } from "#src/domain/slug.ts";
import { findDestinations } from "./destinations.ts";
import type { Handler } from "./handler.ts";

type CloseOnGitHub = Extract<Effect, { name: "close-on-github" }>;

/** The label of what is closed because it came from a drill. */
const drillLabel = "drill";

/**
 * Closes what a drill left on GitHub. Closing what is closed changes nothing, so it needs no `find`.
 * It stands in the lane behind what may still file: that finds the drill removed, and files nothing.
 */
export const closeOnGitHub: Handler<CloseOnGitHub> = {
  async run(ctx, effect) {
    const state = await getIncidentState(ctx.db, effect.incidentId);
    const { issuesRepo, postmortemRepo } = await findDestinations(
      ctx.db,
      ctx.settings,
      state.incident,
    );
    const closed: string[] = [];
    if (ctx.github && issuesRepo) {
      for (const { issueNumber } of state.actions) {
        if (issueNumber === null) continue;
        await ctx.github.closeIssue(issuesRepo, issueNumber, drillLabel);
        closed.push(`${issuesRepo}#${issueNumber}`);
      }
    }
    if (ctx.github && postmortemRepo) {
      const pull = await ctx.github.findPullRequest(
        postmortemRepo,
        branchName(state.incident.number),
      );
      if (pull) {
        await ctx.github.closeIssue(postmortemRepo, pull.number, drillLabel);
        closed.push(`${postmortemRepo}#${pull.number}`);
      }
    }
    return { outcome: { closed } };
  },
};
