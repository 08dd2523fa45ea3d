import { findPeople, savePeople } from "#src/db/people.ts";
import type { IncidentState, Refusal } from "#src/domain/incident.ts";
import type { UserId } from "#src/domain/person.ts";
import type { TimelineEntry } from "#src/domain/timeline.ts";
import type { JobContext } from "./handler.ts";
import { personOf } from "./look-up-person.ts";

/**
 * Display names for what goes to GitHub, which knows no Slack id. Whom we do not know yet is asked of
 * Slack and remembered; whom Slack does not know is missing in the map.
 */
export async function findNames(
  ctx: JobContext,
  userIds: Iterable<UserId>,
): Promise<Map<UserId, string>> {
  const wanted = [...new Set(userIds)];
  const { teamId } = ctx.settings;
  const known = await findPeople(ctx.db, teamId, wanted);
  const names = new Map<UserId, string>();
  const found: ReturnType<typeof personOf>[] = [];
  for (const userId of wanted) {
    let name = known.get(userId)?.displayName ?? undefined;
    if (name === undefined) {
      const user = await ctx.slack.findUser(userId);
      if (user) found.push(personOf(user, teamId));
      name = user?.displayName;
    }
    if (name) names.set(userId, name);
  }
  await savePeople(ctx.db, teamId, found);
  return names;
}

/** Under which keys an entry names people: who says so, whom a role went to; what stood then may have changed since. */
const personKeys = [
  "approver",
  "author",
  "authorizer",
  "by",
  "declaredBy",
  "from",
  "markedBy",
  "owner",
  "secondAuthorizer",
  "standIn",
  "takenBy",
  "to",
  "userId",
];

function namedIn({ data }: TimelineEntry): UserId[] {
  return personKeys
    .map((key) => data[key])
    .filter(
      (value): value is UserId => typeof value === "string" && /^[UW][A-Z0-9]{2,}$/.test(value),
    );
}

/** Everybody who did something in an incident, stands for something in it, or is mentioned in a text of it. */
export function peopleIn(
  state: IncidentState,
  timeline: readonly TimelineEntry[] = [],
  refusals: readonly Refusal[] = [],
): Set<UserId> {
  const { incident } = state;
  const people: (UserId | null)[] = [
    incident.declaredBy,
    incident.coordinator,
    incident.postmortemDriver,
    incident.closedBy,
    incident.closeApprover,
    incident.communications,
    incident.scribe,
    ...state.owners.flatMap((owner) => [owner.userId, owner.takenBy]),
    ...state.verdicts.flatMap((verdict) => [verdict.author, verdict.approver]),
    ...state.levers.flatMap((use) => [
      use.authorizer,
      use.secondAuthorizer,
      use.recorder,
      use.endedBy,
      use.harmSeenBy,
      use.conditionMetBy,
    ]),
    ...state.actions.flatMap((action) => [action.owner, action.recorder]),
    ...[...state.dissents, ...state.detectionAnswers, ...state.hypotheses].map((one) => one.author),
    ...state.similarIncidents.map((one) => one.decidedBy),
    ...state.risks.map((risk) => risk.signedBy),
    ...[...state.answers, ...state.evidence, ...state.rowAnswers].flatMap((one) => [
      one.author,
      one.recorder,
    ]),
    ...timeline.flatMap((entry) => [entry.actor, ...namedIn(entry)]),
    ...refusals.map((refusal) => refusal.actor),
    // the words of people, with the mentions in them
    ...mentionsIn([state, timeline, refusals]),
  ];
  return new Set(people.filter((userId) => userId !== null));
}

function mentionsIn(value: unknown): UserId[] {
  const text = JSON.stringify(value);
  return [...text.matchAll(/<@([UW][A-Z0-9]+)/g)].map((match) => match[1] as UserId);
}
