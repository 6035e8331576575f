-- When heavy work may run: windows of the week. Those of a host go before those of its zone, and
-- these before those of every machine (neither host nor zone).
create table work_windows (
  id         bigint generated always as identity primary key,
  zone       text,
  host       text,
  -- as WeekWindows reads them, such as mon-fri 22:00-07:00
  windows    text not null,
  -- whose clocks they go by, such as Europe/Berlin
  time_zone  text not null,
  -- what happens to running work when they close: stop, finish
  ending     text not null,
  -- host that they were set on, for people
  set_on     text not null,
  set_at     timestamptz not null default now(),
  check (num_nonnulls(zone, host) <= 1),
  unique nulls not distinct (zone, host)
);

-- Why no heavy work runs there at the moment, though the worker is fit; empty: it does.
alter table workers add column held text not null default '';

-- Secrets of connections, under the key in secret.key of the homes that need them. Never a word of
-- them anywhere else: rows and payloads carry the id.
create table secrets (
  id               bigint generated always as identity primary key,
  encrypted        bytea not null,
  -- tells one key from another
  key_fingerprint  text not null,
  kept_at          timestamptz not null default now()
);

-- Media servers: asked who watches, told what was replaced.
create table media_servers (
  id             bigint generated always as identity primary key,
  -- plex, jellyfin, emby
  kind           text not null,
  url            text not null,
  secret_id      bigint not null references secrets (id),
  -- the machines that are held up, and the libraries that it is told of
  zone           text not null,
  -- playing, transcoding, never
  hold_when      text not null,
  -- work goes on so long after the last one has stopped watching
  after_seconds  bigint not null,
  -- [{"ours": …, "theirs": …}]
  paths          jsonb not null,
  refreshes      boolean not null,
  added_at       timestamptz not null default now(),
  -- who of the zone's machines asks next is decided here
  asked_at       timestamptz,
  answered_at    timestamptz,
  -- when somebody was last seen watching, of those that hold up work
  watched_at     timestamptz,
  playing        integer not null default 0,
  transcoding    integer not null default 0,
  -- of the latest question or telling; null: there was none
  problem        text,
  unique (url, zone)
);

-- What media servers are still to be told of.
create table media_tellings (
  id         bigint generated always as identity primary key,
  server_id  bigint not null references media_servers (id) on delete cascade,
  video_id   uuid not null,
  path       text not null,
  -- created, modified, deleted
  change     text not null,
  noted_at   timestamptz not null default now(),
  -- when its workflow was last called
  called_at  timestamptz,
  tries      integer not null default 0,
  told_at    timestamptz,
  given_up   boolean not null default false,
  problem    text
);
create index media_tellings_open on media_tellings (video_id) where told_at is null and not given_up;
