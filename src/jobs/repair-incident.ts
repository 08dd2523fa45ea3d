import { findEffect } from "#src/db/effect-states.ts";
import { getIncidentState } from "#src/db/incidents.ts";
import { findMessage } from "#src/db/messages.ts";
import { postMessage, updatePanel } from "#src/domain/channel-effects.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { CorrectiveAction, IncidentState } from "#src/domain/incident.ts";
import type { GitHubApi } from "#src/github/github-api.ts";
import { findBookmarks } from "./add-bookmarks.ts";
import { findDestinations } from "./destinations.ts";
import type { AttemptContext, Handler, JobContext } from "./handler.ts";

type RepairIncident = Extract<Effect, { name: "repair-incident" }>;

/** What a look outside found: what is missing in words, and what makes it. */
interface Found {
  made: string[];
  /** What only a person can mend, a sentence each. */
  left: string[];
  effects: Effect[];
  /** Issues that were deleted, by the number of their action. */
  deleted?: Map<number, number>;
}

/**
 * Looks at everything an incident has outside and has what is missing made. It only reads; what makes
 * a thing is the same effect that made it first, so nothing is made twice.
 */
export const repairIncident: Handler<RepairIncident> = {
  async run(ctx, effect) {
    const state = await getIncidentState(ctx.db, effect.incidentId);
    const { incident } = state;
    const channel = await lookAtChannel(ctx, state);
    const gitHub = await lookAtGitHub(ctx, state);
    const looks = [channel, gitHub];
    // what only a person can mend of a channel is that nothing can be posted in it
    const asker = channel.left.length > 0 ? { userId: effect.userId } : {};
    const made = looks.flatMap((look) => look.made);
    const left = looks.flatMap((look) => look.left);
    return {
      outcome: { made, left },
      follow: ({ actions }) => ({
        changes: { actions: withoutDeletedIssues(actions, gitHub.deleted) },
        timeline: [
          {
            lane: "communication",
            kind: "incident_repaired",
            happenedAt: ctx.now,
            actor: effect.userId,
            data: { made, left },
          },
        ],
        effects: [
          ...looks.flatMap((look) => look.effects),
          postMessage(incident.id, { kind: "repaired", effectId: ctx.effectId, ...asker }),
        ],
      }),
    };
  },
};

/** What a repair that is done has found; undefined where there is none such. */
export async function findRepair(
  ctx: Pick<JobContext, "db">,
  effectId: string,
): Promise<Pick<Found, "made" | "left"> | undefined> {
  const record = await findEffect(ctx.db, effectId);
  return record?.outcome ? (record.outcome as unknown as Found) : undefined;
}

async function lookAtChannel(ctx: AttemptContext, state: IncidentState): Promise<Found> {
  const { incident } = state;
  const { id: incidentId, channelId } = incident;
  const create: Effect = { name: "create-channel", incidentId };
  if (channelId === null) return { made: ["the channel"], left: [], effects: [create] };
  const channel = await ctx.slack.readChannel(channelId);
  if (!channel || channel.isArchived) {
    const what = channel ? "is archived" : "is gone, or I was not let into it";
    const left = [
      `The channel #${incident.channelName} ${what}: ask an admin of the workspace to open it again and to invite me, then repair once more.`,
    ];
    return { made: [], left, effects: [] };
  }
  const panel = await findMessage(ctx.db, incidentId, { kind: "panel" });
  const hasPanel = panel !== undefined && (await ctx.slack.hasMessage(channelId, panel.ts));
  const isPinned = hasPanel && (await ctx.slack.isPinned(channelId, panel.ts));
  const bookmarks = await ctx.slack.listBookmarks(channelId);
  const unmarked = (await findBookmarks(ctx, incident)).filter(
    (wanted) => !bookmarks.some(({ title }) => title === wanted.title),
  );
  return {
    made: [
      ...(hasPanel ? [] : ["the panel"]),
      ...(isPinned ? [] : ["the panel's pin"]),
      ...unmarked.map(({ title }) => `the bookmark “${title}”`),
    ],
    left: [],
    effects: [
      updatePanel(incidentId),
      { name: "pin-panel", incidentId },
      { name: "set-topic", incidentId },
      { name: "add-bookmarks", incidentId },
      { name: "sync-members", incidentId },
    ],
  };
}

async function lookAtGitHub(ctx: AttemptContext, state: IncidentState): Promise<Found> {
  const { incident } = state;
  const { issuesRepo, postmortemRepo } = await findDestinations(ctx.db, ctx.settings, incident);
  const found: Found = { made: [], left: [], effects: [] };
  if (!ctx.github) return found;
  if (issuesRepo) await lookAtIssues(ctx.github, state, found);
  if (incident.status === "closed" && incident.postmortemUrl === null && postmortemRepo) {
    found.made.push("the postmortem's pull request");
    found.effects.push({ name: "propose-postmortem", incidentId: incident.id });
  }
  return found;
}

/** Adds to what was found: what is not filed, and what was deleted where it was filed, is filed now. */
async function lookAtIssues(
  github: GitHubApi,
  { incident, actions }: IncidentState,
  found: Found,
): Promise<void> {
  found.deleted = new Map();
  for (const { number: actionNumber, issueNumber, issueUrl, isProvisional } of actions) {
    if (issueNumber !== null) {
      // what is on another GitHub cannot be looked at from here
      const place = issueUrl === null ? undefined : github.placeOf(issueUrl);
      const standing = place ? await github.lookForIssue(place.repo, place.number) : "there";
      if (standing === "there") continue;
      if (place && standing === "unseen") {
        found.left.push(
          `I cannot see issue ${issueNumber} of action ${actionNumber} in ${place.repo}: give my GitHub access to that repository, then repair again.`,
        );
        continue;
      }
      found.deleted.set(actionNumber, issueNumber);
    }
    if (isProvisional) continue;
    const why = issueNumber === null ? "" : `, since issue ${issueNumber} was deleted`;
    found.made.push(`the issue of action ${actionNumber}${why}`);
    found.effects.push({ name: "file-issue", incidentId: incident.id, actionNumber });
  }
}

/** The actions whose issue is still the one that was found deleted, now without one. */
function withoutDeletedIssues(
  actions: readonly CorrectiveAction[],
  deleted: ReadonlyMap<number, number> = new Map(),
): CorrectiveAction[] {
  return actions
    .filter(
      ({ number, issueNumber }) => issueNumber !== null && deleted.get(number) === issueNumber,
    )
    .map((action) => ({ ...action, issueNumber: null, issueUrl: null }));
}
