-- What mounts can do with files of an owner and a group, as it was last tried: a worker may be able
-- to give files to an owner and not to a group. In place of the table mounts, whose key knows no
-- group and which workers of the version before still write to; a later migration drops it.
create table mount_abilities (
  host               text not null,
  -- our folder on the mount
  dot_folder         text not null,
  owner_uid          integer not null,
  owner_gid          integer not null,
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
  primary key (host, dot_folder, owner_uid, owner_gid)
);
