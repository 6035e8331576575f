-- What is kept in quarantine, for how long, and the room that is promised to originals on their way.

-- where the result was found to be renamed to, when an undo looked for it
alter table replacements add column moved_to text;
-- where the original was put by `undo --to`; the result stayed at its path
alter table replacements add column restored_to text;
-- when the kept file was let go for good: by expiry, or by `quarantine accept`
alter table replacements add column accepted_at timestamptz;
-- why it could not be let go when that was last tried, and when
alter table replacements add column kept_because text not null default '';
alter table replacements add column looked_at timestamptz;

-- Room promised to the originals of videos at work. A promise of a video that no run is at work on
-- does not count.
create table quarantine_room (
  video_id     uuid primary key references videos (id) on delete cascade,
  -- the .reencodarr folder whose file system it is on
  dot_folder   text not null,
  bytes        bigint not null check (bytes >= 0),
  reserved_at  timestamptz not null default now()
);

-- Content that somebody has asked to keep as it is: no scan takes it, under any name, until `retry`.
create table kept_contents (
  sampled_hash  text primary key,
  since         timestamptz not null default now()
);
