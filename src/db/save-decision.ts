import { sql } from "kysely";
import type { Changes, Outcome } from "#src/domain/decision.ts";
import type { Effect } from "#src/domain/effect.ts";
import type { IncidentId, VerdictPlace } from "#src/domain/incident.ts";
import type { TeamId, UserId } from "#src/domain/person.ts";
import { reminderKey } from "#src/domain/reminder.ts";
import type { NewTimelineEntry } from "#src/domain/timeline.ts";
import { insertOfEffects, sendJobs } from "./effects.ts";
import type { Trx } from "./open.ts";
import { insertOf, runInOneStatement, snakeCase, type Write } from "./rows.ts";
import type { DB } from "./schema.ts";
import { chainEntries, emptyHead, type TimelineHead } from "./timeline.ts";

export interface SaveInput {
  incidentId: IncidentId;
  changes: Changes;
  timeline: NewTimelineEntry[];
  effects: Effect[];
  /** The service's time: when all of this was recorded. */
  now: Date;
  /** Where the chain ends, if the caller has read it under the lock; read here otherwise. */
  timelineHead?: TimelineHead;
  /** Who asked, and what they are told: kept, so that the same request is answered alike. */
  request?: SavedRequest;
}
export interface SavedRequest {
  key: string;
  teamId: TeamId;
  userId: UserId;
  /** Null after a refusal: the same form may be sent again. */
  outcome: Outcome | null;
}

/**
 * The only writer of state, timeline and effects, all together or not at all. The caller holds the
 * incident's lock. One statement for all of it, and one for the jobs of what is new among the effects.
 */
export async function saveDecision(trx: Trx, input: SaveInput): Promise<void> {
  const head =
    input.timelineHead ??
    (input.timeline.length > 0 ? await findHead(trx, input.incidentId) : emptyHead);
  const writes = [
    ...writesOfChanges(trx, input),
    ...writesOfTimeline(input, head),
    ...writesOfRequest(input),
  ];
  const effects = insertOfEffects(input.effects);
  const written = await runInOneStatement<{ id: string }>(trx, writes, effects);
  if (!effects) return;
  await sendJobs(
    trx,
    written.map(({ id }) => id),
  );
}

async function findHead(trx: Trx, incidentId: IncidentId): Promise<TimelineHead> {
  const head = await trx
    .selectFrom("timelineEntry")
    .select(["sequence", "hash"])
    .where("incidentId", "=", incidentId)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return head ?? emptyHead;
}

function writesOfTimeline(input: SaveInput, head: TimelineHead): Write[] {
  if (input.timeline.length === 0) return [];
  const entries = chainEntries(input.incidentId, head, input.timeline, input.now);
  return [
    insertOf(
      "timelineEntry",
      entries.map((entry) => ({
        ...entry,
        incidentId: input.incidentId,
        data: JSON.stringify(entry.data),
      })),
    ),
  ];
}

function writesOfRequest({ request, incidentId }: SaveInput): Write[] {
  if (!request || request.outcome === null) return [];
  const outcome = JSON.stringify(request.outcome);
  return [
    insertOf(
      "request",
      [{ ...request, incidentId, outcome }],
      "on conflict (key) do update set incident_id = excluded.incident_id, outcome = excluded.outcome",
    ),
  ];
}

function endOfVerdicts(trx: Trx, incidentId: IncidentId, place: VerdictPlace) {
  return trx
    .updateTable("verdict")
    .set({ isCurrent: false })
    .where("incidentId", "=", incidentId)
    .where("strandNumber", "=", place.strandNumber)
    .where("layer", "=", place.layer)
    .where("scope", "=", sql<string>`${JSON.stringify(place.scope)}::jsonb`)
    .where("isCurrent", "=", true);
}

function writesOfChanges(trx: Trx, input: SaveInput): Write[] {
  const { incidentId, changes, request } = input;
  const writes: Write[] = [];
  if (changes.incident && Object.keys(changes.incident).length > 0) {
    writes.push(trx.updateTable("incident").set(changes.incident).where("id", "=", incidentId));
  }
  for (const answer of changes.answers ?? []) {
    // An answer for all strands replaces every standing one of its layer; one for some strands, its like.
    const standing = trx
      .updateTable("answer")
      .set({ isCurrent: false })
      .where("incidentId", "=", incidentId)
      .where("layer", "=", answer.layer)
      .where("isCurrent", "=", true);
    writes.push(
      answer.strandNumbers === null
        ? standing
        : standing.where("strandNumbers", "=", sql<number[]>`${answer.strandNumbers}::integer[]`),
    );
  }
  if (changes.answers?.length) {
    writes.push(
      insertOf(
        "answer",
        changes.answers.map((answer) => ({ ...answer, incidentId })),
      ),
    );
  }
  if (changes.evidence?.length) {
    writes.push(
      trx.insertInto("evidenceItem").values(
        changes.evidence.map((item) => ({
          ...item,
          incidentId,
          slice: JSON.stringify(item.slice),
          data: JSON.stringify(item.data),
        })),
      ),
    );
  }
  for (const row of changes.rowAnswers ?? []) {
    writes.push(
      trx
        .updateTable("rowAnswer")
        .set({ isCurrent: false })
        .where("incidentId", "=", incidentId)
        .where("strandNumber", "=", row.strandNumber)
        .where("claimedLayer", "=", row.claimedLayer)
        .where("row", "=", row.row)
        .where("isCurrent", "=", true),
    );
  }
  if (changes.rowAnswers?.length) {
    writes.push(
      trx.insertInto("rowAnswer").values(changes.rowAnswers.map((row) => ({ ...row, incidentId }))),
    );
  }
  for (const place of changes.endedVerdicts ?? []) {
    writes.push(endOfVerdicts(trx, incidentId, place));
  }
  for (const verdict of changes.verdicts ?? []) {
    const standing = endOfVerdicts(trx, incidentId, verdict);
    // A contribution of the proximate layer adds a condition and leaves its verdict (B13.7).
    writes.push(
      verdict.verdict === "contributing" ? standing.where("verdict", "<>", "proximate") : standing,
    );
  }
  if (changes.verdicts?.length) {
    writes.push(
      trx.insertInto("verdict").values(
        changes.verdicts.map((verdict) => ({
          ...verdict,
          incidentId,
          scope: JSON.stringify(verdict.scope),
        })),
      ),
    );
  }
  writes.push(...writesByNumber(trx, incidentId, changes));
  if (changes.refusal && request) {
    writes.push(
      trx
        .insertInto("refusal")
        .values({ ...changes.refusal, incidentId, requestKey: request.key })
        .onConflict((conflict) => conflict.column("requestKey").doNothing()),
    );
  }
  return writes;
}

/** Rows that stand under a number (or a layer, a question, a key): inserted where new, updated where they stand. */
function writesByNumber(trx: Trx, incidentId: IncidentId, changes: Changes): Write[] {
  const items = (changes.changedEvidence ?? []).map((item) => ({
    ...item,
    slice: JSON.stringify(item.slice),
    data: JSON.stringify(item.data),
  }));
  const strands = (changes.strands ?? []).map((strand) => ({
    ...strand,
    slice: JSON.stringify(strand.slice),
  }));
  const reminders = (changes.reminders ?? []).map(({ about, dueAt }) => ({
    key: reminderKey(about),
    payload: JSON.stringify(about),
    dueAt,
    firedAt: null,
  }));
  return [
    ...upserts("leverUse", "number", incidentId, changes.levers),
    ...upserts("correctiveAction", "number", incidentId, changes.actions),
    ...upserts("strand", "number", incidentId, strands),
    ...upserts("evidenceItem", "number", incidentId, items),
    ...upserts("incidentOwner", "layer", incidentId, changes.owners),
    ...upserts("dissent", "number", incidentId, changes.dissents),
    ...upserts("contributingFactor", "number", incidentId, changes.factors),
    ...upserts("detectionGap", "number", incidentId, changes.gaps),
    ...upserts("golden", "number", incidentId, changes.goldens),
    ...upserts("acceptedRisk", "number", incidentId, changes.risks),
    ...upserts("detectionAnswer", "question", incidentId, changes.detectionAnswers),
    ...upserts("splitAnswer", "number", incidentId, changes.splitAnswers),
    ...upserts("hypothesis", "number", incidentId, changes.hypotheses),
    ...upserts("similarIncident", "otherId", incidentId, changes.similarIncidents),
    ...upserts("incidentChange", "number", incidentId, changes.ledgerChanges),
    ...upserts("sourceMark", "layer", incidentId, changes.sourceMarks),
    ...upserts("reminder", "key", incidentId, reminders),
  ];
}

/** One statement for all rows of a table: `on conflict` takes what the new row says. */
function upserts(
  table: keyof DB,
  key: string,
  incidentId: IncidentId,
  rows: readonly object[] | undefined,
): Write[] {
  const [first] = rows ?? [];
  if (!first || !rows) return [];
  const keyColumn = snakeCase(key);
  const sets = Object.keys(first)
    .filter((name) => name !== key)
    .map((name) => `"${snakeCase(name)}" = excluded."${snakeCase(name)}"`)
    .join(", ");
  const values = rows.map((row) => ({ ...row, incidentId })) as never[];
  return [insertOf(table, values, `on conflict (incident_id, ${keyColumn}) do update set ${sets}`)];
}
