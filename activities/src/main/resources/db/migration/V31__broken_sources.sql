-- Files that cannot be decoded from end to end.
create table broken_sources (
  id             bigint generated always as identity primary key,
  video_id       uuid not null,
  -- the file as it was found to be broken
  path           text not null,
  size           bigint not null,
  mtime          timestamptz not null,
  -- work, check
  found_by       text not null,
  problem        text not null,
  found_at       timestamptz not null default now(),
  -- BrokenState
  state          text not null default 'found',
  -- why it is as it is, for people
  detail         text not null default '',
  state_since    timestamptz not null default now(),
  -- when another copy was asked for, and when its workflow was last called
  ordered_at     timestamptz,
  -- whether a rule or setting has ordered it, and nobody in person
  automatic      boolean not null default false,
  called_at      timestamptz,
  -- by whom it is managed, as that was recorded before anything was changed there
  connection_id  bigint references connections (id) on delete set null,
  title_id       bigint,
  file_id        bigint,
  -- Monitored as JSON: the episodes, or the movie, that the file holds
  parts          jsonb,
  -- the grab that brought it: its id in the history, and its release; empty: none is known
  grab_id        bigint,
  release        text not null default '',
  -- the latest event of its title's history then
  history_id     bigint not null default 0,
  -- where the file was kept before it was deleted there; null: nowhere
  kept_path      text,
  deleted_at     timestamptz,
  -- where the other copy lies
  arrived_path   text,
  -- the latest file of its title of which its workflow was told
  told_file_id   bigint not null default 0
);
create index broken_sources_video on broken_sources (video_id, id);
create index broken_sources_title on broken_sources (connection_id, title_id);
-- What is found again before anything was done about it is one and the same; another file of the
-- same video, which may come to its path meanwhile, is not.
create unique index broken_sources_open on broken_sources (video_id, size, mtime)
  where state in ('found', 'ordered', 'waiting');

-- What a check of a file has shown; a file that has not changed since is not read again.
create table source_checks (
  video_id       uuid primary key references videos (id) on delete cascade,
  size           bigint not null,
  mtime          timestamptz not null,
  -- whether every picture was decoded
  deep           boolean not null,
  sound          boolean not null,
  problem        text not null,
  checked_at     timestamptz not null default now()
);
