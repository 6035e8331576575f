-- A verified result that waits for a review, or room that is promised to one; gone with the run's end.
create table held_results (
  video_id    uuid primary key references videos (id) on delete cascade,
  -- our folder on whose file system it lies, or will lie
  dot_folder  text not null,
  -- of the result; what it is expected to have where it is not there yet
  bytes       bigint not null,
  -- what is held, with its source's identity and the figures of its encode; null: only promised
  result      jsonb,
  held_at     timestamptz,
  approved_at timestamptz
);
