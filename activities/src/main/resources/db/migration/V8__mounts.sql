-- What mounts can do with files of an owner, as it was last tried (docs/file-safety.md). Tried again
-- after a day, by another run of the worker, and when another file system has come to the folder.
create table mounts (
  host               text not null,
  -- our folder on the mount
  dot_folder         text not null,
  owner_uid          integer not null,
  -- number of the device that the folder lay on
  device             bigint not null,
  atomic_exchange    boolean not null,
  hard_links         boolean not null,
  rename_no_replace  boolean not null,
  stable_inodes      boolean not null,
  mtime_grain_nanos  bigint not null check (mtime_grain_nanos > 0),
  chown              boolean not null,
  case_sensitive     boolean not null,
  -- the run of the worker that tried
  tried_by           uuid not null,
  tried_at           timestamptz not null default now(),
  primary key (host, dot_folder, owner_uid)
);
