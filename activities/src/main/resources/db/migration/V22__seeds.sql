-- Who was measured in the same way, newest first: what a video without points of its own learns from.
create index search_points_setting on search_points (setting_key, id desc);

-- The videos of a folder, whatever the collation of the database.
create index videos_path_by_bytes on videos (path collate "C");
