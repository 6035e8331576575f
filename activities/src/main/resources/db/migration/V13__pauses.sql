-- What operators have paused: a video, a library, or (neither named) everything.
create table pauses (
  library_id uuid references libraries (id) on delete cascade,
  video_id   uuid references videos (id) on delete cascade,
  -- whether an encode is stopped where it stands, instead of being finished first
  freezes    boolean not null,
  since      timestamptz not null default now(),
  check (num_nonnulls(library_id, video_id) <= 1),
  unique nulls not distinct (library_id, video_id)
);
create index pauses_of_videos on pauses (video_id);
