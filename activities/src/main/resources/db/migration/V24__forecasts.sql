-- What a video that is to be done is expected to come to; written anew as more becomes known. It is
-- a guess that decides the order of work, and nothing else.
create table forecasts (
  video_id      uuid primary key references videos (id) on delete cascade,
  -- the content that it speaks of
  sampled_hash  text not null,
  -- on average of what is possible; what would be left alone counts as 0
  saved_bytes   bigint not null check (saved_bytes >= 0),
  -- one in ten is below, one in ten above
  saved_low     bigint not null,
  saved_high    bigint not null,
  -- of search and encode
  cpu_seconds   double precision not null check (cpu_seconds > 0),
  -- what it rests on: measured, siblings, similar, facts
  basis         text not null,
  made_at       timestamptz not null default now()
);

-- The latest measurements are what forecasts are made of.
create index search_points_measured on search_points (measured_at);
create index encodes_ended on encodes (ended_at);

-- Of each of the heavy programs that a worker runs at once.
alter table workers add column threads integer not null default 1 check (threads > 0);

-- With how many threads it ran; null of earlier ones: those of a job of its machine.
alter table encodes add column threads integer check (threads > 0);
alter table search_points add column threads integer check (threads > 0);
