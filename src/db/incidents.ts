import { CompiledQuery } from "kysely";
import type { Outcome } from "#src/domain/decision.ts";
import type { Incident, IncidentId, IncidentState, Refusal } from "#src/domain/incident.ts";
import { layerIds } from "#src/domain/layers/index.ts";
import type { Person, TeamId, UserId } from "#src/domain/person.ts";
import { fromJsonRow, type JsonRow } from "./rows.ts";
import { forDecision } from "./for-decision.ts";
import type { Database, Trx } from "./open.ts";
import { emptyHead, type TimelineHead } from "./timeline.ts";

/**
 * Takes the incident's lock until the transaction ends: decisions about one incident are made one
 * after the other. A statement of its own, so that what is read next is read after the wait.
 */
export async function lockIncident(trx: Trx, incidentId: IncidentId): Promise<boolean> {
  const row = await trx
    .selectFrom("incident")
    .select("id")
    .where("id", "=", incidentId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Everything recorded of one incident. Throws where there is no such incident: the caller knows that there is. */
export async function getIncidentState(
  db: Database | Trx,
  incidentId: IncidentId,
): Promise<IncidentState> {
  const found = await findForDecision(db, {
    incidentId,
    teamId: "" as TeamId,
    userId: "" as UserId,
    requestKey: "",
  });
  if (!found) throw new Error(`no incident with id ${incidentId}`);
  return found.state;
}

/** What a decision needs beside the state, read in the same statement. */
export interface DecisionBasis {
  state: IncidentState;
  timelineHead: TimelineHead;
  /** Who asks; undefined until Slack was asked about them (`findPeople`). */
  person: Person | undefined;
  /** What was answered when this same request was accepted before. */
  seenOutcome: Outcome | undefined;
}

/** State, asker, timeline head and an earlier answer to the same request: one round trip. */
export async function findForDecision(
  db: Database | Trx,
  by: { incidentId: IncidentId; teamId: TeamId; userId: UserId; requestKey: string },
): Promise<DecisionBasis | undefined> {
  const result = await db.executeQuery<Record<string, unknown>>(
    CompiledQuery.raw(forDecision, [by.incidentId, by.teamId, by.userId, by.requestKey]),
  );
  return readBasis(result.rows[0]);
}

/** What a row of that statement says; undefined where there is none. */
export function readBasis(row: Record<string, unknown> | undefined): DecisionBasis | undefined {
  if (!row) return undefined;
  const timelineHead = (row["head"] as TimelineHead | null) ?? emptyHead;
  return {
    state: {
      incident: fromJsonRow(row["incident"] as JsonRow) as Incident,
      owners: inLayerOrder(listFrom(row["owners"])),
      memberIds: row["members"] as UserId[],
      strands: byNumber(row["strands"]),
      answers: listFrom(row["answers"]),
      evidence: byNumber(row["evidence"]),
      rowAnswers: listFrom(row["rows"]),
      verdicts: listFrom(row["verdicts"]),
      pastVerdicts: listFrom(row["past"]),
      levers: byNumber(row["levers"]),
      actions: byNumber(row["actions"]),
      dissents: byNumber(row["dissents"]),
      factors: byNumber(row["factors"]),
      gaps: byNumber(row["gaps"]),
      goldens: byNumber(row["goldens"]),
      risks: byNumber(row["risks"]),
      detectionAnswers: listFrom(row["detectionAnswers"]),
      splitAnswers: byNumber(row["splits"]),
      hypotheses: byNumber(row["hypotheses"]),
      similarIncidents: listFrom(row["similar"]),
      ledgerChanges: byNumber(row["ledger"]),
      sourceMarks: listFrom(row["marks"]),
      reminders: listFrom(row["reminders"]),
      lastSequence: timelineHead.sequence,
    },
    timelineHead,
    person: row["person"] ? (fromJsonRow(row["person"] as JsonRow) as Person) : undefined,
    seenOutcome: (row["seen"] as Outcome | null) ?? undefined,
  };
}

/** The same, in the order of their numbers. */
function byNumber(value: unknown): never[] {
  const rows = value as { number: number }[];
  return listFrom(rows.toSorted((a, b) => a.number - b.number));
}

/** Rows of the type that the caller expects of this column. */
function listFrom(value: unknown): never[] {
  return (value as JsonRow[]).map((row) => fromJsonRow(row) as never);
}

function inLayerOrder(owners: IncidentState["owners"]): IncidentState["owners"] {
  return owners.toSorted((a, b) => layerIds.indexOf(a.layer) - layerIds.indexOf(b.layer));
}

/** The incident whose channel this is; undefined elsewhere. */
export async function findIncidentByChannel(
  db: Database | Trx,
  teamId: TeamId,
  channelId: string,
): Promise<Incident | undefined> {
  const row = await db
    .selectFrom("incident")
    .selectAll()
    .where("teamId", "=", teamId)
    .where("channelId", "=", channelId)
    .executeTakeFirst();
  return row as Incident | undefined;
}

/** The incident that was declared from this message; undefined where none was, or it was cancelled or taken away since. */
export async function findIncidentBySource(
  db: Database | Trx,
  teamId: TeamId,
  source: { channelId: string; ts: string },
): Promise<Incident | undefined> {
  const row = await db
    .selectFrom("incident")
    .selectAll()
    .where("teamId", "=", teamId)
    .where("sourceChannelId", "=", source.channelId)
    .where("sourceTs", "=", source.ts)
    .where("status", "<>", "cancelled")
    .where("hiddenAt", "is", null)
    .executeTakeFirst();
  return row as Incident | undefined;
}

/** What was refused in an incident, in the order in which it was tried. */
export async function listRefusals(db: Database | Trx, incidentId: IncidentId): Promise<Refusal[]> {
  const rows = await db
    .selectFrom("refusal")
    .select(["attempted", "rules", "missing", "sentence", "actor", "recordedAt"])
    .where("incidentId", "=", incidentId)
    .orderBy("id")
    .execute();
  return rows as unknown as Refusal[];
}
