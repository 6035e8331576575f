-- Who was measured in the same way, newest first: what a video without points of its own learns from.
create index search_points_setting on search_points (setting_key, id desc);

-- The videos of a folder, whatever the collation of the database.
create index videos_path_by_bytes on videos (path collate "C");

-- Heavy programs that a worker runs at once: what is not taken may measure several CRFs together.
alter table workers add column slots integer not null default 0;
