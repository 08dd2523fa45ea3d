import { getIncidentState } from "#src/db/incidents.ts";
import { addBookmarks, announce, postMessage, updatePanel } from "#src/domain/channel-effects.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { Handler } from "./handler.ts";
import { writePostmortem } from "./write-postmortem.ts";

type ProposePostmortem = Extract<Effect, { name: "propose-postmortem" }>;

/**
 * Commits the postmortem, and beside it the file of its attribution, to a branch of its repository and
 * opens the pull request, which a person reviews and merges; then has the link shown wherever the end was told. Each step first looks whether it is done, so it needs no
 * `find`: a file is left alone where it reads so already, and a branch has one pull request.
 */
export const proposePostmortem: Handler<ProposePostmortem> = {
  async run(ctx, effect) {
    const { incidentId } = effect;
    const state = await getIncidentState(ctx.db, incidentId);
    if (state.incident.hiddenAt !== null) return { outcome: { skipped: "removed_drill" } };
    const { document, repo } = await writePostmortem(ctx, state);
    if (!ctx.github || !repo) {
      return {
        outcome: { skipped: "github_not_configured" },
        effects:
          state.incident.postmortemFileAt === null
            ? [{ name: "attach-postmortem", incidentId }]
            : [],
      };
    }
    const { branch, path, text, title, body, commitMessage: message, attribution } = document;
    // the postmortem last: once it stands there, what it refers to does as well
    await ctx.github.commitFile(repo, {
      branch,
      path: attribution.path,
      text: attribution.text,
      message: attribution.commitMessage,
    });
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
        addBookmarks(incidentId),
      ],
    };
  },
};
