-- Connections to Sonarr and Radarr.
create table connections (
  id             bigint generated always as identity primary key,
  -- stands in ids of workflows and in the address of its webhook
  name           text not null unique check (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  -- sonarr, radarr
  kind           text not null,
  url            text not null unique,
  secret_id      bigint not null references secrets (id),
  -- the machines that reach it and see its files
  zone           text not null,
  -- [{"ours": …, "theirs": …}]
  paths          jsonb not null,
  -- between two syncs
  every_seconds  bigint not null,
  added_at       timestamptz not null default now()
);

-- The series or movies of a connection, as of its latest sync.
create table managed_titles (
  connection_id  bigint not null references connections (id) on delete cascade,
  title_id       bigint not null,
  -- as we call its folder
  path           text not null,
  -- Title as JSON
  record         jsonb not null,
  primary key (connection_id, title_id)
);

-- Their episode files or movie files.
create table managed_files (
  connection_id  bigint not null,
  file_id        bigint not null,
  title_id       bigint not null,
  -- as we call it: the path of its video
  path           text not null,
  -- ManagedFile as JSON
  record         jsonb not null,
  primary key (connection_id, file_id),
  foreign key (connection_id, title_id) references managed_titles on delete cascade
);
create index managed_files_title on managed_files (connection_id, title_id);
create index managed_files_path on managed_files (path);

-- Each sync.
create table syncs (
  id             bigint generated always as identity primary key,
  connection_id  bigint not null references connections (id) on delete cascade,
  -- the first run of its workflow
  run_id         text not null unique,
  began_at       timestamptz not null default now(),
  ended_at       timestamptz,
  -- series or movies: those that were looked at, and all of them
  titles_done    integer not null default 0,
  titles_total   integer,
  -- SyncTally as JSON; as far as it is
  tally          jsonb,
  -- why it failed as a whole, or what it is waiting for
  problem        text
);
create index syncs_connection on syncs (connection_id, id);

-- Sonarr and Radarr do one thing at a time that reads disks: whoever gives a command holds this.
alter table connections add column command_of text;
alter table connections add column command_until timestamptz;

-- What a connection is still to be told of: one of its files was replaced or put back.
create table file_tellings (
  id             bigint generated always as identity primary key,
  connection_id  bigint not null references connections (id) on delete cascade,
  video_id       uuid not null,
  -- as it was managed when that happened
  file_id        bigint not null,
  title_id       bigint not null,
  -- as we call it: where it lies now
  path           text not null,
  noted_at       timestamptz not null default now(),
  -- when its workflow was last called
  called_at      timestamptz,
  -- as the connection had it before it was told, or as of the latest sync: ManagedFile and
  -- Monitored as JSON
  file           jsonb,
  monitored      jsonb,
  tries          integer not null default 0,
  told_at        timestamptz,
  -- with the latest try; null: none
  problem        text,
  -- what is worse there than before, for people; null: nothing
  warning        text
);
-- What happens again before it was told is told at once with it.
create unique index file_tellings_open on file_tellings (connection_id, video_id)
  where told_at is null;
create index file_tellings_video on file_tellings (video_id);

-- Labels of tags and names of quality profiles by their ids, as of the latest sync.
alter table connections add column labels jsonb not null default '{"tags": {}, "qualityProfiles": {}}';
-- Whether it was a result of ours that took the place of what was there, not an original put back.
alter table file_tellings add column encoded boolean not null default false;
-- An operator has said that it counts no more for whether a file is imported again and again.
alter table file_tellings add column forgiven boolean not null default false;

-- A scan that a schedule has ordered: nobody waits for it.
alter table requests add column scheduled boolean not null default false;

-- Its id at the path where it lies now, as it was last seen there; null: not seen there yet.
alter table file_tellings add column found_id bigint;
-- Whether file and monitored are what the connection itself has said before it was told.
alter table file_tellings add column recorded boolean not null default false;
create index file_tellings_title on file_tellings (connection_id, title_id);
create index file_tellings_told on file_tellings (told_at);
-- Nobody waits for what comes of it: of a schedule, a sync, a webhook. Forgotten when it is done.
alter table requests add column unattended boolean not null default false;
create index requests_unattended on requests (library_id) where unattended;
