/*
 * The one statement that reads an incident's state. Each connection prepares it as it is opened, so that
 * it can be executed by name in one message with `begin` and the lock (transaction.ts).
 */
const all = (table: string, order: string, isCurrentOnly = false): string => `(
  select coalesce(jsonb_agg(to_jsonb(t) order by ${order}), '[]') from ${table} t
  where t.incident_id = i.id ${isCurrentOnly ? "and t.is_current" : ""})`;

/** Rows that are known by a number: put in its order by who reads them. A sort here costs twice the reading of few rows. */
const numbered = (table: string): string => `(
  select coalesce(jsonb_agg(to_jsonb(t)), '[]') from ${table} t where t.incident_id = i.id)`;

/** $1 incident, $2 team, $3 user, $4 request key. A constant text: it is planned once a connection. */
export const forDecision = `
  select to_jsonb(i) as incident,
    ${all("incident_owner", "t.layer")} as owners,
    (select coalesce(array_agg(user_id order by user_id), '{}') from channel_member where incident_id = i.id) as members,
    ${numbered("strand")} as strands,
    ${all("answer", "t.layer, t.revision", true)} as answers,
    ${numbered("evidence_item")} as evidence,
    ${all("row_answer", 't.strand_number, t.claimed_layer, t."row"', true)} as rows,
    ${all("verdict", "t.strand_number, t.layer, t.revision", true)} as verdicts,
    (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
      select strand_number, layer, max(revision) as revision from verdict
      where incident_id = i.id and not is_current group by strand_number, layer) t) as past,
    ${numbered("lever_use")} as levers,
    ${numbered("corrective_action")} as actions,
    ${numbered("dissent")} as dissents,
    ${numbered("contributing_factor")} as factors,
    ${numbered("detection_gap")} as gaps,
    ${numbered("golden")} as goldens,
    ${numbered("accepted_risk")} as risks,
    ${all("detection_answer", "t.question")} as detection_answers,
    ${numbered("split_answer")} as splits,
    ${numbered("hypothesis")} as hypotheses,
    ${all("similar_incident", "t.found_at, t.other_id")} as similar,
    ${numbered("incident_change")} as ledger,
    ${all("source_mark", "t.layer")} as marks,
    (select coalesce(jsonb_agg(jsonb_build_object('about', t.payload, 'due_at', t.due_at) order by t.due_at, t.key), '[]')
      from reminder t where t.incident_id = i.id and t.fired_at is null) as reminders,
    (select jsonb_build_object('sequence', sequence, 'hash', hash) from timeline_entry
      where incident_id = i.id order by sequence desc limit 1) as head,
    (select to_jsonb(p) from person p where p.team_id = $2 and p.user_id = $3
      and p.looked_up_at is not null) as person,
    (select outcome from request r where r.key = $4 and r.outcome is not null) as seen
  from incident i where i.id = $1`;

/** What a new connection is told first: to plan the lock and the read once. */
export const preparations = [
  "prepare faultline_lock (integer) as select id from incident where id = $1 for no key update",
  `prepare faultline_for_decision (integer, text, text, text) as ${forDecision}`,
];

/** Begins, takes the lock, then reads, as one message; the literals are escaped by the caller. */
export function beginLockAndRead(id: string, others: string[]): string {
  return `begin; execute faultline_lock(${id}); execute faultline_for_decision(${[id, ...others].join(", ")})`;
}
