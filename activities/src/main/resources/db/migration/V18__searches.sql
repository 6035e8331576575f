-- What a search did: a row for each that came to an end. Its points are in search_points, by content
-- and setting.
create table searches (
  -- the run of the video's workflow, and the pass of it: one that is written twice is one
  run             text not null,
  pass            integer not null,
  video_id        uuid not null references videos (id) on delete cascade,
  sampled_hash    text not null,
  searched_at     timestamptz not null default now(),
  metric          text not null,
  -- by which the scores counted: a percentile of the samples; -1: their mean
  percentile      double precision not null,
  -- what it began with
  seed_origin     text not null,
  seed_videos     integer not null check (seed_videos >= 0),
  seed_examples   jsonb not null,
  -- null where it knew enough
  first_crf       double precision,
  -- of the ladder, down to where it stopped
  rungs           jsonb not null,
  -- why, a sentence
  stopped         text not null,
  -- points and looks that it rested on; of both, those that an earlier run had measured
  probes          integer not null check (probes >= 0),
  looks           integer not null check (looks >= 0),
  known           integer not null check (known >= 0),
  -- wall time of those that this run has measured
  seconds         double precision not null check (seconds >= 0),
  primary key (run, pass)
);

create index searches_video on searches (video_id, searched_at);
