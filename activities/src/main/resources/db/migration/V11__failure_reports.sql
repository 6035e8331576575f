-- Where it happened and what it is about, so that a report can group by it without a look at
-- anything else: the machine as the worker witnessed it; of the video the folder below its
-- library's root, the codec of its source, and the release group, as scene releases are named
-- (Some.Film.1999.1080p.BluRay.x264-GROUP.mkv).
alter table video_failures
  add column host text generated always as (system_context ->> 'host') stored,
  add column library_folder text,
  add column source_codec text,
  add column release_group text;

update video_failures f
set library_folder = l.root || '/' || split_part(substr(v.path, length(l.root) + 2), '/', 1),
    source_codec = coalesce(v.original_codec, v.codec),
    release_group = substring(v.path from '-([A-Za-z0-9]{2,20})\.[A-Za-z0-9]+$')
from videos v join libraries l on l.id = v.library_id
where v.id = f.video_id;

-- A report counts the final failures of a period from the index alone.
drop index video_failures_period;
create index video_failures_period
  on video_failures (inserted_at, failure_stage, failure_category, failure_code, resolved)
  where "final";

-- The newest that are open.
create index video_failures_newest on video_failures (inserted_at desc, id desc)
  where "final" and not resolved;

-- What was retried; only counted.
create index video_failures_retried on video_failures (inserted_at) where not "final";
