-- What a report counts by worker, folder, codec and release group it reads from the index alone. An
-- entry of an index has room for some 2,700 bytes, so that no folder's name is longer than 500
-- characters from now on.
update video_failures set library_folder = left(library_folder, 500)
where length(library_folder) > 500;
drop index video_failures_newest;
create index video_failures_newest on video_failures (inserted_at desc, id desc)
  include (host, library_folder, source_codec, release_group)
  where "final" and not resolved;

-- How often the webhook has not taken a critical failure, and when it is told of it again;
-- infinity: it is given up.
alter table video_failures
  add column announce_refusals integer not null default 0 check (announce_refusals >= 0),
  add column announce_again_at timestamptz;
