-- Times are UTC, sizes bytes, durations seconds. Codes are those of the Java enums, in lower case.

create table libraries (
  id           uuid primary key,
  name         text not null check (name <> ''),
  root         text not null unique,
  zone         text not null default 'default',
  -- a library of `run --output` only: nothing is ever written into it
  read_only    boolean not null default false,
  created_at   timestamptz not null default now(),
  removed_at   timestamptz
);

-- a removed library gives its name free; its root keeps its row, so that adding it again finds its videos
create unique index libraries_name on libraries (name) where removed_at is null;

create table videos (
  id                uuid primary key,
  library_id        uuid not null references libraries (id),
  path              text not null unique,
  state             text not null default 'found',
  skip_reason       text,
  -- for people: why it is skipped, what it waits for, what is being done
  detail            text not null default '',
  -- code of the failure that ended it, such as EXIT_137; null unless failed
  failure_code      text,
  -- identity of the content that was last looked at
  size              bigint not null check (size >= 0),
  mtime             timestamptz not null,
  sampled_hash      text,
  hard_links        integer not null default 1,
  -- what ffprobe said (MediaFacts as JSON); null: not analysed yet
  facts             jsonb,
  codec             text,
  width             integer,
  height            integer,
  duration_seconds  double precision,
  hdr               text,
  -- of the latest encode
  original_size     bigint,
  original_codec    text,
  encoder           text,
  preset            integer,
  crf               double precision,
  vmaf_target       double precision,
  vmaf_score        double precision,
  encoded_seconds   double precision,
  probes            integer,
  output_path       text,
  output_size       bigint,
  -- content that we made: found again under another name or date it stays encoded
  encoded_hash      text,
  -- content that undo has put back and no scan takes again until `retry`
  kept_hash         text,
  -- the run that may write, its last step (2147483647: finished), and the state it found
  claimed_by        text,
  step              integer not null default 0,
  claimed_from      text,
  missing_since     timestamptz,
  inserted_at       timestamptz not null default now(),
  updated_at        timestamptz not null default now()
);

create index videos_library_state on videos (library_id, state);
create index videos_state on videos (state);
create index videos_sampled_hash on videos (sampled_hash);

-- One order for work: a scan, an enqueue, a run.
create table requests (
  id           uuid primary key,
  library_id   uuid not null references libraries (id),
  scopes       jsonb not null,
  wishes       jsonb not null,
  dry_run      boolean not null default false,
  created_at   timestamptz not null default now(),
  -- set when the list of its videos is complete; the tally is ScanTally as JSON
  scanned_at   timestamptz,
  tally        jsonb,
  -- why it failed as a whole
  failure      text
);

create table request_videos (
  request_id   uuid not null references requests (id) on delete cascade,
  video_id     uuid not null references videos (id) on delete cascade,
  -- analysed (facts are there and it was decided whether to start it) → started → settled
  analysed_at  timestamptz,
  started_at   timestamptz,
  settled_at   timestamptz,
  -- what came of it in this request: `encoded`, `skipped` … for programs, a sentence for people
  result       text,
  outcome      text,
  primary key (request_id, video_id)
);

create index request_videos_open on request_videos (request_id) where settled_at is null;
create index request_videos_video on request_videos (video_id) where settled_at is null;

-- What a request met and left alone without a video of its own: names that cannot be used, folders
-- that cannot be read, files being written, scopes that do not exist.
create table request_notes (
  request_id   uuid not null references requests (id) on delete cascade,
  path         text not null,
  note         text not null,
  primary key (request_id, path)
);
