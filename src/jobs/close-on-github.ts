import { getIncidentState } from "#src/db/incidents.ts";
import { postMessage } from "#src/domain/channel-effects.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentState } from "#src/domain/incident.ts";
import { branchName } from "#src/domain/slug.ts";
import type { GitHubApi } from "#src/github/github-api.ts";
import { findDestinations } from "./destinations.ts";
import type { AttemptContext, Handler } from "./handler.ts";

type CloseOnGitHub = Extract<Effect, { name: "close-on-github" }>;

/** The label of what is closed because it came from a drill. */
const drillLabel = "drill";

/**
 * Closes what a drill left on GitHub, each where it was filed: its service may name another repository
 * by now. Closing what is closed changes nothing, so it needs no `find`; what was deleted is passed, and
 * what is on another GitHub is told. It stands in the lane behind what may still file: that finds the
 * drill removed, and files nothing.
 */
export const closeOnGitHub: Handler<CloseOnGitHub> = {
  async run(ctx, effect) {
    const { incidentId } = effect;
    const { github } = ctx;
    const state = await getIncidentState(ctx.db, incidentId);
    const closed: string[] = [];
    const elsewhere: string[] = [];
    for (const url of github ? await findAddresses(ctx, github, state) : []) {
      const place = github?.placeOf(url);
      if (!github || !place) {
        elsewhere.push(url);
        continue;
      }
      const { repo, number } = place;
      if (await github.closeIssue(repo, number, drillLabel)) closed.push(`${repo}#${number}`);
    }
    const told = postMessage(incidentId, { kind: "trouble", effectId: ctx.effectId });
    return { outcome: { closed, elsewhere }, effects: elsewhere.length > 0 ? [told] : [] };
  },
};

/** The addresses of a drill's issues and of its pull request, which is looked for where none is known. */
async function findAddresses(
  ctx: AttemptContext,
  github: GitHubApi,
  { incident, actions }: IncidentState,
): Promise<string[]> {
  const issues = actions.flatMap(({ issueUrl }) => issueUrl ?? []);
  if (incident.postmortemUrl !== null) return [...issues, incident.postmortemUrl];
  const { postmortemRepo } = await findDestinations(ctx.db, ctx.settings, incident);
  // its answer was perhaps lost, and the drill removed before it was asked for again
  const pull =
    postmortemRepo && (await github.findPullRequest(postmortemRepo, branchName(incident.number)));
  return pull ? [...issues, pull.url] : issues;
}
