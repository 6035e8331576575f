-- The workers that have been heard of; a worker that was not seen for a minute is taken for gone.
create table workers (
  host         text primary key,
  zone         text not null,
  -- names of the task queues that it polls
  queues       jsonb not null,
  -- queue → why it is not polled
  paused       jsonb not null default '{}',
  version      text not null,
  started_at   timestamptz not null,
  seen_at      timestamptz not null default now()
);

-- One row: which installation this database is. The markers in library folders name it, so that no
-- two installations work on one library.
create table installation (
  only_row     boolean primary key default true check (only_row),
  id           uuid not null default gen_random_uuid(),
  created_at   timestamptz not null default now()
);

insert into installation default values;
