import { getIncidentState, listRefusals } from "#src/db/incidents.ts";
import { listTimeline } from "#src/db/timeline.ts";
import { renderPostmortem } from "#src/documents/postmortem.ts";
import { announce, postMessage, updatePanel } from "#src/domain/channel-effects.ts";
import type { Effect } from "#src/domain/effect.ts";
import { findDestinations } from "./destinations.ts";
import type { Handler } from "./handler.ts";
import { findNames, peopleIn } from "./names.ts";

type ProposePostmortem = Extract<Effect, { name: "propose-postmortem" }>;

/**
 * Commits the postmortem to a branch of its repository and opens the pull request, which a person
 * reviews and merges; then has the link shown wherever the end was told. Each step first looks whether it is done, so it needs no
 * `find`: the file is left alone where it reads so already, and a branch has one pull request.
 */
export const proposePostmortem: Handler<ProposePostmortem> = {
  async run(ctx, effect) {
    const { incidentId } = effect;
    const state = await getIncidentState(ctx.db, incidentId);
    const destinations = await findDestinations(ctx.db, ctx.settings, state.incident);
    const { postmortemRepo: repo, postmortemPath } = destinations;
    if (!ctx.github || !repo) return { outcome: { skipped: "github_not_configured" } };
    const timeline = await listTimeline(ctx.db, incidentId);
    const refusals = await listRefusals(ctx.db, incidentId);
    const names = await findNames(ctx, peopleIn(state, timeline, refusals));
    const document = renderPostmortem({
      state,
      timeline,
      refusals,
      names,
      postmortemPath,
      effectId: ctx.effectId,
    });
    const { branch, path, text, title, body, commitMessage: message } = document;
    await ctx.github.commitFile(repo, { branch, path, text, message });
    const pull =
      (await ctx.github.findPullRequest(repo, branch)) ??
      (await ctx.github.createPullRequest(repo, { branch, title, body }));
    return {
      outcome: { repo, branch, path, number: pull.number, url: pull.url },
      changes: { incident: { postmortemUrl: pull.url } },
      timeline: [
        {
          lane: "learning",
          kind: "postmortem_proposed",
          happenedAt: ctx.now,
          actor: state.incident.postmortemDriver,
          data: { url: pull.url, pullRequest: pull.number },
        },
      ],
      effects: [
        postMessage(incidentId, { kind: "closed" }),
        updatePanel(incidentId),
        ...announce(state.incident),
      ],
    };
  },
};
