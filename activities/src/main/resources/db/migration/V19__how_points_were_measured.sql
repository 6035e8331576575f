-- How a point was measured, apart from the key, to look for points of like videos by.
alter table search_points
  -- of each sample, in the order of the film; empty where nobody has kept them
  add column sample_scores     double precision[] not null default '{}',
  -- earlier points were measured with ab-av1's own plan, by VMAF
  add column sample_every      double precision not null default 720,
  add column samples_least     integer not null default 1,
  add column sample_seconds    double precision not null default 20,
  add column metric            text not null default 'VMAF',
  -- null for earlier points: in their key alone
  add column pixel_format      text,
  add column encode_arguments  text[],
  add column scoring_arguments text[];

alter table search_points
  alter column sample_scores drop default,
  alter column sample_every drop default,
  alter column samples_least drop default,
  alter column sample_seconds drop default,
  alter column metric drop default;

-- Of target and score of an encode; null for earlier ones, which were VMAF.
alter table videos add column metric text;
