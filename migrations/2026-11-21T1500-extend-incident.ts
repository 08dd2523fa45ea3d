import { type Kysely, sql } from "kysely";

// What people touch in one incident beyond the first skeleton: stand-ins and reminders, roles, services
// edited in Slack, strands and reports, second authorizers and harm signals, gaps, factors, goldens and
// accepted risks, updates, drills that can be taken away. Additive: every new column has a default.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table service
      -- what the services file says of it, to show how it differs from what was edited in Slack
      add column from_file jsonb,
      add column edited_at timestamptz,
      add column edited_by text;

    alter table incident_owner
      add column stand_in_user_id text,
      -- who pressed "I'll answer": for a group's layer, the person who owns the answer
      add column taken_by text,
      -- when somebody was last reminded: from then on the layer is shown as late
      add column reminded_at timestamptz;

    alter table incident
      -- what else noticed it, beside the first
      add column also_noticed_how text[] not null default '{}',
      add column communications text,
      add column scribe text,
      -- the message it was declared from: declared twice from the same one, it is one incident
      add column source_channel_id text,
      add column source_ts text,
      add column source_link text,
      add column promise_broken text,
      add column last_update text,
      add column last_update_at timestamptz,
      add column last_update_by text,
      add column update_due_at timestamptz,
      -- when a phase was first reached, for the timers of the record (B5)
      add column stabilized_at timestamptz,
      add column diagnosed_at timestamptz,
      add column recovered_at timestamptz,
      add column no_lever_needed_why text,
      add column ended_why text,
      -- a drill that was taken away: nobody sees it any more, its rows stay
      add column hidden_at timestamptz,
      -- the channel has the postmortem as a file, where there is no repository for it
      add column postmortem_file_at timestamptz;
    create unique index incident_source on incident (team_id, source_channel_id, source_ts)
      where source_ts is not null and status <> 'cancelled' and hidden_at is null;

    alter table strand
      add column symptom text,
      add column added_by text,
      add column added_at timestamptz,
      -- B5: left as it is for now, with the reason and the day to look again
      add column parked_why text,
      add column parked_until date;

    alter table evidence_item
      add column source text,
      -- R11: a report counts once somebody has verified it; null where nobody has looked yet
      add column is_verified boolean,
      add column verified_by text,
      add column verified_at timestamptz;

    alter table answer
      -- B2, optional: an answer to single questions of the layer, by the question's place, from 1
      add column question_answers jsonb not null default '{}';

    alter table lever_use
      add column capacity text,
      add column second_authorizer text,
      add column second_capacity text,
      add column second_state text,
      add column second_answered_at timestamptz,
      add column no_second_why text,
      add column cannot_be_undone boolean not null default false,
      add column harm_signal text,
      add column has_harm_moved boolean,
      add column harm_seen_at timestamptz,
      add column harm_seen_by text,
      add column condition_met_at timestamptz,
      add column condition_met_by text;

    alter table corrective_action
      add column addresses text[] not null default '{}',
      add column verification text,
      -- B10: filed as an issue once no layer of its strand is unexamined any more
      add column is_provisional boolean not null default false,
      add column is_immediate_safety boolean not null default false,
      -- Q3, Q5: recorded, and shown as weak
      add column weak_rules text[] not null default '{}';

    create table dissent (
      incident_id integer not null references incident (id),
      number integer not null,
      strand_number integer not null,
      layer text not null,
      statement text not null,
      author text not null,
      recorder text not null,
      recorded_at timestamptz not null,
      primary key (incident_id, number)
    );
    create table contributing_factor (
      incident_id integer not null references incident (id),
      number integer not null,
      category text not null,
      layer text not null,
      statement text not null,
      interacts_with integer[] not null default '{}',
      recorder text not null,
      recorded_at timestamptz not null,
      primary key (incident_id, number)
    );
    create table detection_gap (
      incident_id integer not null references incident (id),
      number integer not null,
      kind text not null,
      layer text,
      statement text not null,
      recorder text not null,
      recorded_at timestamptz not null,
      primary key (incident_id, number)
    );
    create table golden (
      incident_id integer not null references incident (id),
      number integer not null,
      strand_numbers integer[] not null,
      from_evidence integer,
      preconditions text,
      input text not null,
      pass_when text not null,
      recorder text not null,
      recorded_at timestamptz not null,
      primary key (incident_id, number)
    );
    create table accepted_risk (
      incident_id integer not null references incident (id),
      number integer not null,
      -- layer ids and gaps ("model", "G1")
      addresses text[] not null,
      statement text not null,
      signed_by text not null,
      capacity text,
      recorded_at timestamptz not null,
      primary key (incident_id, number)
    );
    create table detection_answer (
      incident_id integer not null references incident (id),
      question text not null,
      answer text not null,
      author text not null,
      recorded_at timestamptz not null,
      primary key (incident_id, question)
    );

    -- what has to be looked at later, by the service's clock; the decision then reads the state again
    create table reminder (
      id integer generated always as identity primary key,
      incident_id integer not null references incident (id),
      key text not null,
      payload jsonb not null,
      due_at timestamptz not null,
      fired_at timestamptz,
      unique (incident_id, key)
    );
    create index reminder_waiting on reminder (due_at) where fired_at is null;

    -- which entry stands for a message of Slack's
    create index timeline_entry_source on timeline_entry (incident_id, (data->>'source'))
      where data ? 'source';
  `.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index timeline_entry_source, incident_source;
    drop table reminder, detection_answer, accepted_risk, golden, detection_gap, contributing_factor,
      dissent;
    alter table corrective_action drop column addresses, drop column verification,
      drop column is_provisional, drop column is_immediate_safety, drop column weak_rules;
    alter table lever_use drop column capacity, drop column second_authorizer,
      drop column second_capacity, drop column second_state, drop column second_answered_at,
      drop column no_second_why, drop column cannot_be_undone, drop column harm_signal,
      drop column has_harm_moved, drop column harm_seen_at, drop column harm_seen_by,
      drop column condition_met_at, drop column condition_met_by;
    alter table answer drop column question_answers;
    alter table evidence_item drop column source, drop column is_verified, drop column verified_by,
      drop column verified_at;
    alter table strand drop column symptom, drop column added_by, drop column added_at,
      drop column parked_why, drop column parked_until;
    alter table incident drop column also_noticed_how, drop column communications, drop column scribe,
      drop column source_channel_id, drop column source_ts, drop column source_link,
      drop column promise_broken, drop column last_update, drop column last_update_at,
      drop column last_update_by, drop column update_due_at, drop column stabilized_at,
      drop column diagnosed_at, drop column recovered_at, drop column no_lever_needed_why,
      drop column ended_why, drop column hidden_at, drop column postmortem_file_at;
    alter table incident_owner drop column stand_in_user_id, drop column taken_by,
      drop column reminded_at;
    alter table service drop column from_file, drop column edited_at, drop column edited_by;
  `.execute(db);
}
