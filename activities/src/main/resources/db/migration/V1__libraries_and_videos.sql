-- Times are UTC, sizes bytes, durations seconds. Codes are those of the Java enums, in lower case.

create table libraries (
  id           uuid primary key,
  name         text not null unique check (name <> ''),
  root         text not null unique,
  zone         text not null default 'default',
  -- a library of `run --output` only: nothing is ever written into it
  read_only    boolean not null default false,
  created_at   timestamptz not null default now(),
  removed_at   timestamptz
);

create table videos (
  id                uuid primary key,
  library_id        uuid not null references libraries (id),
  path              text not null unique,
  state             text not null default 'found',
  skip_reason       text,
  -- for people: why it is skipped, what it waits for, what is being done
  detail            text not null default '',
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
  encoder           text,
  preset            integer,
  crf               double precision,
  vmaf_target       double precision,
  vmaf_score        double precision,
  encoded_seconds   double precision,
  probes            integer,
  output_path       text,
  -- content that undo has put back and no scan takes again until `retry`
  kept_hash         text,
  -- the run that may write, and its last step
  claimed_by        text,
  step              integer not null default 0,
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
  -- for people: what came of it in this request, such as `encoded`, `skipped: already_av1`
  outcome      text,
  primary key (request_id, video_id)
);

create index request_videos_open on request_videos (request_id) where settled_at is null;
create index request_videos_video on request_videos (video_id) where settled_at is null;
