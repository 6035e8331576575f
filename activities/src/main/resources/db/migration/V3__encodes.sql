-- One row for each encode job that has ended on its own or was ended; a job that is run again
-- writes its row anew.
create table encodes (
  job          text primary key,
  -- null when the video is gone
  video_id     uuid references videos (id) on delete set null,
  host         text not null,
  encoder      text not null,
  preset       integer not null,
  crf          double precision not null,
  -- program and arguments
  command      jsonb not null,
  -- how it ended: finished, failed, stalled, time_limit, disk_full, cancelled, source_changed
  ending       text not null,
  started_at   timestamptz not null,
  ended_at     timestamptz not null,
  -- -1: it gave none
  exit_code    integer not null,
  -- 0: none
  signal       integer not null,
  -- of the result; 0 where there is none
  result_size  bigint not null check (result_size >= 0),
  -- decoded of the main video stream; 0: unknown
  frames       bigint not null check (frames >= 0),
  seconds      double precision not null check (seconds >= 0),
  launches     integer not null check (launches >= 0)
);

create index encodes_video on encodes (video_id, ended_at);
