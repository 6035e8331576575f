-- The rounds of the janitor, for `status`; the first findings of each are kept.
create table janitor_runs (
  -- id of the workflow's run
  run        text primary key,
  began_at   timestamptz not null,
  ended_at   timestamptz not null,
  -- whether whole libraries were looked at
  whole      boolean not null,
  findings   integer not null check (findings >= 0),
  -- [Finding] as JSON
  lines      jsonb not null
);

create index janitor_runs_ended on janitor_runs (ended_at desc);
