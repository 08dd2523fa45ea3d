import { type Kysely, sql } from "kysely";

// The version ledger: what ran in production and since when, what was declared, golden runs, and what of
// it an incident has looked at. Additive.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- a service as telemetry names it; its row is the lock of what is recorded of it
    create table ledger_service (
      team_id text not null,
      service text not null,
      first_seen_at timestamptz not null,
      last_seen_at timestamptz not null,
      -- requests (traces) that were received of it, as far as they were sent
      request_count bigint not null,
      -- real time: when telemetry of it came in last
      received_at timestamptz not null,
      primary key (team_id, service)
    );

    -- one thing whose version is followed: the model that answers, the index, a parameter
    create table pin (
      id bigint generated always as identity primary key,
      team_id text not null,
      service text not null,
      layer text not null,
      pin text not null,
      first_seen_at timestamptz not null,
      last_seen_at timestamptz not null,
      -- requests that carried it, with whatever value
      request_count bigint not null,
      -- different values that are kept, and how many requests carried one over the cap
      value_count integer not null,
      overflow_count bigint not null default 0,
      overflow_at timestamptz,
      unique (team_id, service, pin)
    );

    -- a value of a pin, from when to when it was seen
    create table pin_interval (
      id bigint generated always as identity primary key,
      pin_id bigint not null references pin (id) on delete cascade,
      value text not null,
      -- a hash of our own, where the sender gave no version
      is_derived boolean not null,
      -- the attribute it was read from
      source text not null,
      first_seen_at timestamptz not null,
      last_seen_at timestamptz not null,
      request_count bigint not null,
      -- the pin's own request count when it was seen first and last: "212 of 9,800 requests"
      from_count bigint not null,
      to_count bigint not null,
      sample_trace_ids text[] not null,
      -- the pin began with it: nothing was known before, so nothing changed
      is_first boolean not null,
      -- real time
      recorded_at timestamptz not null
    );
    -- what may still have run at a time is told from the index alone
    create index pin_interval_time on pin_interval (pin_id, last_seen_at desc)
      include (id, request_count, from_count, to_count);
    create index pin_interval_value on pin_interval (pin_id, value, last_seen_at desc);
    create index pin_interval_start on pin_interval (pin_id, first_seen_at desc);

    -- a body of telemetry that was taken: sent again, it counts once
    create table trace_delivery (
      digest text primary key,
      received_at timestamptz not null
    );
    create index trace_delivery_time on trace_delivery (received_at);

    -- a change that somebody or something declared
    create table declared_change (
      team_id text not null,
      -- the sender's: the same key is the same change
      key text not null,
      -- null: of every service
      service text,
      at timestamptz not null,
      until_at timestamptz,
      kind text not null,
      layer text not null,
      summary text not null,
      link text,
      -- 'api', 'github', 'slack'
      source text not null,
      declared_by text,
      -- pins and the values that it sets, where it says so
      sets jsonb not null default '{}',
      recorded_at timestamptz not null,
      primary key (team_id, key)
    );
    create index declared_change_service on declared_change (team_id, service, at desc);
    create index declared_change_time on declared_change (team_id, at desc) where service is null;

    -- R4: the changes of a layer are recorded whole for a window, says who is named
    create table change_source_mark (
      id bigint generated always as identity primary key,
      team_id text not null,
      service text,
      layer text not null,
      from_at timestamptz not null,
      to_at timestamptz not null,
      -- where the changes are recorded, in words
      source text not null,
      marked_by text not null,
      marked_at timestamptz not null
    );
    create index change_source_mark_service on change_source_mark (team_id, service, layer);

    -- an evaluation that was run, with the versions it ran on
    create table golden_run (
      id bigint generated always as identity primary key,
      team_id text not null,
      service text not null,
      -- SHA-256 of what was sent: sent again, it is the same run
      digest text not null,
      ran_at timestamptz not null,
      -- 'promptfoo', 'junit'
      format text not null,
      total integer not null,
      failed integer not null,
      errors integer not null,
      -- [{pin, layer, value, isDerived}]
      pins jsonb not null,
      -- [{id, n, fails}]
      cases jsonb not null,
      link text,
      recorded_at timestamptz not null,
      unique (team_id, digest)
    );
    create index golden_run_service on golden_run (team_id, service, ran_at desc);

    -- what was dropped because it was older than the retention
    create table retention_run (
      id bigint generated always as identity primary key,
      ran_at timestamptz not null,
      before_at timestamptz not null,
      -- {pinIntervals: 12, declaredChanges: 3, …}
      dropped jsonb not null
    );

    alter table incident
      -- the onset estimate held at the declaration: the default change scan begins a day before it (B3)
      add column onset_held_at timestamptz,
      -- when it was last known to work, and how that is known
      add column last_known_good_at timestamptz,
      add column last_known_good_basis text,
      -- the change scan was widened to here
      add column scan_from timestamptz;
    update incident set onset_held_at = onset_at;

    -- a change that was found in the window of an incident, as it stood when it was found
    create table incident_change (
      incident_id integer not null references incident (id),
      number integer not null,
      -- 'S1-CP7' (the key it was declared under), 'pin:12' where nobody declared it
      key text not null,
      happened_at timestamptz not null,
      until_at timestamptz,
      kind text not null,
      layer text not null,
      summary text not null,
      link text,
      is_declared boolean not null,
      -- 'api', 'github', 'slack', 'telemetry'
      source text not null,
      declared_by text,
      pin text,
      from_values text[] not null default '{}',
      to_value text,
      -- how many of how many requests carried it
      seen_requests bigint,
      of_requests bigint,
      -- the interval that shows it; null where telemetry shows none
      interval_id bigint,
      found_at timestamptz not null,
      -- what came in later shows that it was none
      withdrawn_at timestamptz,
      primary key (incident_id, number),
      -- keys change hands within one statement where a declaration turns out to be of another pin
      unique (incident_id, key) deferrable initially deferred
    );

    -- R4: somebody marked the changes of a layer as recorded whole for the window of an incident
    create table source_mark (
      incident_id integer not null references incident (id),
      layer text not null,
      from_at timestamptz not null,
      to_at timestamptz not null,
      source text not null,
      marked_by text not null,
      marked_at timestamptz not null,
      primary key (incident_id, layer)
    );
  `.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table source_mark;
    drop table incident_change;
    alter table incident drop column onset_held_at, drop column last_known_good_at,
      drop column last_known_good_basis, drop column scan_from;
    drop table retention_run;
    drop table golden_run;
    drop table change_source_mark;
    drop table declared_change;
    drop table trace_delivery;
    drop table pin_interval;
    drop table pin;
    drop table ledger_service;
  `.execute(db);
}
