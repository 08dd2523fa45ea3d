import { err, ok, type Result } from "#src/lib/result.ts";
import { postMessage } from "./channel-effects.ts";
import type { By } from "./decider.ts";
import type { Changes, Decision } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type {
  CorrectiveAction,
  Incident,
  IncidentId,
  IncidentState,
  SimilarIncident,
} from "./incident.ts";
import type { LayerId } from "./layers/index.ts";
import { refuseIfOver } from "./lifecycle.ts";
import type { UserId } from "./person.ts";
import { allReasons, type Match } from "./recurrence.ts";
import type { Rejection } from "./rejection.ts";
import type { NewTimelineEntry } from "./timeline.ts";

/** What people read of an incident that another one looks like. */
export interface OtherIncident extends Pick<
  Incident,
  | "id"
  | "number"
  | "title"
  | "isDrill"
  | "status"
  | "phase"
  | "closedAs"
  | "closedAt"
  | "declaredAt"
  | "channelId"
  | "postmortemUrl"
> {
  /** The layers that broke first there, in any strand. */
  brokeFirst: LayerId[];
  /** Those that are not known to be done, by number. */
  openActions: Pick<CorrectiveAction, "number" | "title" | "owner" | "dueOn" | "issueUrl">[];
}

/** How many wait for an answer in one channel at the same time. */
const mostShown = 3;

/**
 * R13: what a search found, written down: a new match is shown once, the best first and at most three
 * that wait; one that stands gets the reasons that came to it, and is edited in place. What people
 * answered stays.
 */
export function recordMatches(
  state: IncidentState,
  matches: readonly Match[],
  now: Date,
): { changes: Changes; effects: Effect[] } {
  if (state.incident.status !== "open") return { changes: {}, effects: [] };
  const rows: SimilarIncident[] = [];
  const seen: IncidentId[] = [];
  let waiting = state.similarIncidents.filter((one) => one.state === "shown").length;
  for (const { otherId, reasons } of matches) {
    const known = state.similarIncidents.find((one) => one.otherId === otherId);
    if (known) {
      seen.push(otherId);
      const all = allReasons(known.reasons, reasons);
      if (all.length > known.reasons.length) rows.push({ ...known, reasons: all });
    } else if (waiting < mostShown) {
      waiting += 1;
      seen.push(otherId);
      rows.push({
        otherId,
        reasons,
        state: "shown",
        foundAt: now,
        decidedBy: null,
        decidedAt: null,
      });
    }
  }
  const { id, channelId } = state.incident;
  return {
    changes: rows.length > 0 ? { similarIncidents: rows } : {},
    // one that stands reads anew: by now both may have a layer that broke first. Before there is a
    // channel nothing is posted: it shows them as it opens
    effects: channelId === null ? [] : seen.map((otherId) => similarMessage(id, otherId)),
  };
}

function similarMessage(incidentId: IncidentId, otherId: IncidentId): Effect {
  return postMessage(incidentId, { kind: "similar", otherId });
}

export interface AnswerSimilarInput {
  incidentId: IncidentId;
  otherId: IncidentId;
  answer: "linked" | "dismissed";
}

/** R13: somebody says whether a match is the same failure. They may change their mind. */
export function decideAnswerSimilar(
  state: IncidentState,
  { otherId, answer }: AnswerSimilarInput,
  by: By,
  other: OtherIncident | undefined,
): Result<Decision, Rejection> {
  const over = refuseIfOver(state.incident, reopenFirst);
  if (over) return err(over);
  const row = state.similarIncidents.find((one) => one.otherId === otherId);
  if (!row || !other) return err(noSuchMatch);
  if (row.state === answer) return err(stands(state, answer, other));
  return ok(answered(state, { ...row, state: answer }, other, by));
}

export interface LinkIncidentInput {
  incidentId: IncidentId;
  /** As people know it. */
  number: number;
}

/** R13: somebody links an incident that looks the same to them, whether it was found or not. */
export function decideLinkIncident(
  state: IncidentState,
  { number }: LinkIncidentInput,
  by: By,
  other: OtherIncident | undefined,
): Result<Decision, Rejection> {
  const { incident } = state;
  const over = refuseIfOver(incident, reopenFirst);
  if (over) return err(over);
  if (number === incident.number) {
    return err({ code: "not_found", message: "This is that incident. Name another one." });
  }
  if (!other || other.isDrill !== incident.isDrill) {
    return err({
      code: "not_found",
      message: `There is no ${incident.isDrill ? "drill" : "incident"} ${number} that can be linked here. Look at the number in its channel's name.`,
    });
  }
  const row = state.similarIncidents.find((one) => one.otherId === other.id);
  if (row?.state === "linked") return err(stands(state, "linked", other));
  const found = row ?? { otherId: other.id, reasons: [], foundAt: by.now };
  return ok(answered(state, { ...found, state: "linked" }, other, by));
}

/** R13: the other incident was opened again because this one looks the same; undefined where no such match stands. */
export function recordReopened(
  state: IncidentState,
  other: Pick<OtherIncident, "id" | "number">,
  by: By,
): { changes: Changes; timeline: NewTimelineEntry[]; effects: Effect[] } | undefined {
  const row = state.similarIncidents.find((one) => one.otherId === other.id);
  if (!row || row.state === "reopened") return undefined;
  const { changes, timeline, effects } = answered(state, { ...row, state: "reopened" }, other, by);
  return { changes, timeline, effects };
}

function answered(
  { incident }: IncidentState,
  row: Pick<SimilarIncident, "otherId" | "reasons" | "foundAt" | "state">,
  { number }: Pick<OtherIncident, "number">,
  by: By,
): Decision {
  const { userId, now } = by;
  return {
    changes: { similarIncidents: [{ ...row, decidedBy: userId, decidedAt: now }] },
    timeline: [
      {
        lane: "diagnosis",
        kind: "similar_answered",
        happenedAt: now,
        actor: userId,
        data: { number, answer: row.state, reasons: [...row.reasons] },
      },
    ],
    effects: [similarMessage(incident.id, row.otherId)],
    outcome: {
      sentence:
        row.state === "dismissed"
          ? `Noted that incident ${number} is not the same.`
          : `Linked with incident ${number}.`,
      incidentId: incident.id,
    },
  };
}

const reopenFirst = "Reopen it first, if it came back.";

const noSuchMatch: Rejection = {
  code: "not_found",
  message: "This incident is no longer shown here. `/incident link` takes the number of another.",
};

function stands(
  { similarIncidents }: IncidentState,
  answer: "linked" | "dismissed",
  { id, number }: OtherIncident,
): Rejection {
  const by: UserId | null = similarIncidents.find((one) => one.otherId === id)?.decidedBy ?? null;
  const who = by === null ? "" : ` by <@${by}>`;
  return {
    code: "stale",
    message:
      answer === "linked"
        ? `Incident ${number} is linked already${who}.`
        : `It is noted already${who} that incident ${number} is not the same.`,
  };
}
