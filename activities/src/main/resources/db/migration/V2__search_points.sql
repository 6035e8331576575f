-- Measured points of the curves of videos, kept by content: a renamed file keeps its points.
create table search_points (
  id                 bigint generated always as identity primary key,
  -- with the settings and the CRF the key: what was measured, and how
  sampled_hash       text not null,
  setting_key        text not null,
  crf                double precision not null,
  -- for people and for siblings; the video may be gone
  video_id           uuid references videos (id) on delete set null,
  encoder            text not null,
  preset             integer not null,
  score              double precision not null,
  predicted_percent  double precision not null,
  predicted_bytes    bigint not null,
  predicted_seconds  double precision not null,
  host               text not null,
  -- wall time of the probe
  seconds            double precision not null,
  measured_at        timestamptz not null default now(),
  unique (sampled_hash, setting_key, crf)
);

create index search_points_video on search_points (video_id);
