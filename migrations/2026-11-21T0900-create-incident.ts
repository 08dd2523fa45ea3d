import { type Kysely, sql } from "kysely";

// Everything an incident records. Keys are natural (incident, number), so that a decision can name
// what it writes before it is written. Revisions supersede, nothing is deleted.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person (
      team_id text not null,
      user_id text not null,
      display_name text,
      github_login text,
      capacities text[] not null default '{}',
      is_guest boolean not null default false,
      is_deactivated boolean not null default false,
      is_bot boolean not null default false,
      -- when Slack was last asked; null while we only know the login from the services file
      looked_up_at timestamptz,
      primary key (team_id, user_id)
    );

    create table service (
      team_id text not null,
      name text not null,
      is_default boolean not null default false,
      promise text,
      latency_objective_ms integer,
      issues_repo text,
      postmortem_repo text,
      postmortem_path text,
      announce_channel text,
      primary key (team_id, name)
    );
    -- at most one default service a team
    create unique index service_default on service (team_id) where is_default;

    create table service_owner (
      team_id text not null,
      service_name text not null,
      layer text not null,
      user_id text,
      stand_in_user_id text,
      group_id text,
      primary key (team_id, service_name, layer),
      foreign key (team_id, service_name) references service (team_id, name)
    );

    -- the last number given in a team: one row to lock, so numbers have no gaps
    create table incident_counter (
      team_id text primary key,
      last_number integer not null
    );

    create table incident (
      id integer generated always as identity primary key,
      team_id text not null,
      number integer not null,
      title text not null,
      slug text not null,
      severity text not null,
      is_severity_unsure boolean not null,
      status text not null,
      phase text not null,
      service_name text,
      user_impact text,
      incident_class text,
      onset_at timestamptz,
      noticed_at timestamptz,
      noticed_how text,
      is_private boolean not null,
      is_drill boolean not null,
      channel_id text,
      channel_name text not null,
      declared_by text not null,
      declared_at timestamptz not null,
      coordinator text not null,
      postmortem_driver text not null,
      closed_at timestamptz,
      closed_by text,
      closed_as text,
      close_approver text,
      postmortem_url text,
      unique (team_id, number)
    );
    -- which incident a command was typed in
    create index incident_channel on incident (channel_id);
    create index incident_open on incident (team_id, number) where status = 'open';

    create table incident_owner (
      incident_id integer not null references incident (id),
      layer text not null,
      user_id text,
      group_id text,
      primary key (incident_id, layer)
    );

    create table channel_member (
      incident_id integer not null references incident (id),
      user_id text not null,
      primary key (incident_id, user_id)
    );

    create table strand (
      incident_id integer not null references incident (id),
      number integer not null,
      name text not null,
      window_from timestamptz,
      window_to timestamptz,
      slice jsonb not null default '{}',
      primary key (incident_id, number)
    );

    create table evidence_item (
      incident_id integer not null references incident (id),
      number integer not null,
      kind text not null,
      what text not null,
      strand_numbers integer[] not null,
      slice jsonb not null default '{}',
      data jsonb not null default '{}',
      link text,
      supports text[] not null default '{}',
      contradicts text[] not null default '{}',
      clears text[] not null default '{}',
      author text not null,
      recorder text not null,
      recorded_at timestamptz not null,
      primary key (incident_id, number)
    );

    create table answer (
      incident_id integer not null references incident (id),
      layer text not null,
      revision integer not null,
      -- null stands for all strands, later ones too
      strand_numbers integer[],
      change text not null,
      is_source_complete boolean not null,
      stands_for_all_questions boolean not null,
      sentence text,
      evidence_numbers integer[] not null default '{}',
      author text not null,
      recorder text not null,
      recorded_at timestamptz not null,
      is_current boolean not null default true,
      primary key (incident_id, layer, revision)
    );
    -- the standing answers of an incident, read with every decision
    create index answer_current on answer (incident_id) where is_current;

    create table row_answer (
      incident_id integer not null references incident (id),
      strand_number integer not null,
      claimed_layer text not null,
      "row" text not null,
      revision integer not null,
      reading text not null,
      points_to text,
      sentence text not null,
      evidence_numbers integer[] not null default '{}',
      author text not null,
      recorder text not null,
      recorded_at timestamptz not null,
      is_current boolean not null default true,
      primary key (incident_id, strand_number, claimed_layer, "row", revision)
    );
    create index row_answer_current on row_answer (incident_id) where is_current;

    create table verdict (
      incident_id integer not null references incident (id),
      strand_number integer not null,
      layer text not null,
      revision integer not null,
      scope jsonb not null default '{}',
      verdict text not null,
      confidence text,
      contribution text,
      evidence_numbers integer[] not null default '{}',
      approver text,
      author text not null,
      recorded_at timestamptz not null,
      is_current boolean not null default true,
      primary key (incident_id, strand_number, layer, revision)
    );
    create index verdict_current on verdict (incident_id) where is_current;

    create table lever_use (
      incident_id integer not null references incident (id),
      number integer not null,
      lever text not null,
      own_words text,
      layer text not null,
      authorizer text not null,
      recorder text not null,
      tradeoff text not null,
      revert_condition text not null,
      scope text,
      saved_first text,
      state text not null,
      started_at timestamptz not null,
      answered_at timestamptz,
      ended_at timestamptz,
      ended_how text,
      ended_by text,
      ended_why text,
      primary key (incident_id, number)
    );

    create table corrective_action (
      incident_id integer not null references incident (id),
      number integer not null,
      title text not null,
      owner text not null,
      owner_login text,
      due_on date not null,
      criterion text not null,
      layer text not null,
      constraint_kind text,
      enforcement text,
      recorder text not null,
      recorded_at timestamptz not null,
      issue_number integer,
      issue_url text,
      primary key (incident_id, number)
    );

    create table refusal (
      id integer generated always as identity primary key,
      incident_id integer not null references incident (id),
      -- a request is refused once, however often it is delivered
      request_key text not null unique,
      attempted text not null,
      rules text[] not null,
      missing text[] not null,
      sentence text not null,
      actor text not null,
      recorded_at timestamptz not null
    );
    create index refusal_incident on refusal (incident_id, id);

    create table timeline_entry (
      incident_id integer not null references incident (id),
      sequence integer not null,
      lane text not null,
      kind text not null,
      happened_at timestamptz not null,
      recorded_at timestamptz not null,
      actor text not null,
      data jsonb not null default '{}',
      hash text not null,
      primary key (incident_id, sequence)
    );
    create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name;
      end
    $$;
    create trigger timeline_entry_append_only before update or delete on timeline_entry
      for each row execute function refuse_change();

    -- what a person did, by Slack's own identity of it; outcome is null after a refusal
    create table request (
      key text primary key,
      team_id text not null,
      user_id text not null,
      incident_id integer references incident (id),
      outcome jsonb,
      received_at timestamptz not null default now()
    );

    -- where each message of ours stands; ts is null while nobody knows whether it was posted
    create table message (
      incident_id integer not null references incident (id),
      key text not null,
      channel_id text not null,
      ts text not null,
      primary key (incident_id, key)
    );

    create table effect (
      id uuid primary key,
      -- order within a lane is order of writing
      position bigint generated always as identity unique,
      name text not null,
      incident_id integer references incident (id),
      key text not null,
      lane text not null,
      payload jsonb not null,
      state text not null default 'pending',
      attempts integer not null default 0,
      -- counts takeovers: a slow first worker cannot overwrite the second
      fence integer not null default 0,
      lease_until timestamptz,
      due_at timestamptz not null default now(),
      outcome jsonb,
      last_error text,
      written_at timestamptz not null default now(),
      done_at timestamptz
    );
    -- one waiting row a key: a second one would render the same truth
    create unique index effect_waiting on effect (key) where state = 'pending' and attempts = 0;
    -- the sweep, and who is first in a lane
    create index effect_unfinished on effect (lane, position) where state in ('pending', 'attempting', 'uncertain');
    create index effect_due on effect (due_at) where state in ('pending', 'attempting', 'uncertain');
    create index effect_incident on effect (incident_id);
  `.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table effect, message, request, timeline_entry, refusal, corrective_action, lever_use, verdict,
      row_answer, answer, evidence_item, strand, channel_member, incident_owner, incident,
      incident_counter, service_owner, service, person;
    drop function refuse_change();
  `.execute(db);
}
