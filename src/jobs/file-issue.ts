import { getIncidentState } from "#src/db/incidents.ts";
import { renderIssue } from "#src/documents/issue.ts";
import { postMessage } from "#src/domain/channel-effects.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { CorrectiveAction, IncidentState } from "#src/domain/incident.ts";
import type { FiledIssue, GitHubApi } from "#src/github/github-api.ts";
import { findDestinations } from "./destinations.ts";
import type { AttemptContext, Consequences, Handler, HandlerResult } from "./handler.ts";
import { findNames } from "./names.ts";

type FileIssue = Extract<Effect, { name: "file-issue" }>;

/**
 * Files a corrective action as a GitHub issue, and writes what must follow: the link in the channel.
 * The owner's login is left out where GitHub cannot assign it there, and the channel is told.
 */
export const fileIssue: Handler<FileIssue> = {
  async find(ctx, effect) {
    // also of a drill that was taken away since: what it filed is closed next
    const work = await findWork(ctx, effect, { ofRemoved: true });
    if ("skipped" in work) return undefined;
    const { github, repo, document } = work;
    const issue = await github.findIssue(repo, document.marker, document.labels[0]!, ctx.writtenAt);
    return issue && filed(ctx, work, issue, {});
  },
  async run(ctx, effect) {
    const work = await findWork(ctx, effect);
    if ("skipped" in work) return { outcome: work };
    const { github, repo, document } = work;
    const assignees: string[] = [];
    const unassignable: string[] = [];
    for (const login of document.assignees) {
      const isAssignable = await github.isAssignable(repo, login);
      (isAssignable ? assignees : unassignable).push(login);
    }
    const { title, body, labels } = document;
    const issue = await github.createIssue(repo, { title, body, labels, assignees });
    return filed(ctx, work, issue, unassignable.length > 0 ? { unassignable } : {});
  },
};

interface Work {
  github: GitHubApi;
  repo: string;
  action: CorrectiveAction;
  document: ReturnType<typeof renderIssue>;
}

/** What is to be filed and where; or why nothing is: no repository, filed already, or provisional (B10). */
async function findWork(
  ctx: AttemptContext,
  effect: FileIssue,
  { ofRemoved = false } = {},
): Promise<Work | { skipped: string; issueNumber?: number }> {
  const state = await getIncidentState(ctx.db, effect.incidentId);
  const action = state.actions.find((one) => one.number === effect.actionNumber);
  if (!action) return { skipped: "no_such_action" };
  if (state.incident.hiddenAt !== null && !ofRemoved) return { skipped: "removed_drill" };
  if (action.issueNumber !== null) return { skipped: "filed", issueNumber: action.issueNumber };
  if (action.isProvisional) return { skipped: "provisional" };
  const { issuesRepo: repo } = await findDestinations(ctx.db, ctx.settings, state.incident);
  if (!ctx.github || !repo) return { skipped: "github_not_configured" };
  const names = await findNames(ctx, peopleOf(action));
  const document = renderIssue(action, state, { effectId: ctx.effectId, names });
  return { github: ctx.github, repo, action, document };
}

function peopleOf(action: CorrectiveAction) {
  return [action.owner, action.recorder];
}

function filed(
  ctx: AttemptContext,
  { action: { number }, repo }: Work,
  issue: FiledIssue,
  outcome: { unassignable?: string[] },
): HandlerResult {
  const link = { issueNumber: issue.number, issueUrl: issue.url };
  return {
    outcome: { repo, ...link, ...outcome },
    follow(state) {
      const action = state.actions.find((one) => one.number === number);
      return action ? afterFiling(ctx, state, { ...action, ...link }, outcome) : {};
    },
  };
}

/** The action as it stands now, with its issue, and who has to know of it. */
function afterFiling(
  ctx: AttemptContext,
  { incident }: IncidentState,
  action: CorrectiveAction,
  outcome: { unassignable?: string[] },
): Consequences {
  const { number, issueNumber, issueUrl: url } = action;
  const { id: incidentId } = incident;
  return {
    changes: { actions: [action] },
    timeline: [
      {
        lane: "learning",
        kind: "issue_filed",
        happenedAt: ctx.now,
        actor: action.recorder,
        data: { action: number, issueNumber, url },
      },
    ],
    effects: [
      postMessage(incidentId, { kind: "action", actionNumber: number }),
      // it counts the issues that are filed
      ...(incident.status === "open" ? [] : [postMessage(incidentId, { kind: "closed" })]),
      ...(outcome.unassignable
        ? [postMessage(incidentId, { kind: "trouble", effectId: ctx.effectId })]
        : []),
    ],
  };
}
