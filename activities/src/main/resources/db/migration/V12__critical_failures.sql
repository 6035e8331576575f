-- When somebody was told of a critical failure by the webhook; what is older than the column is history.
alter table video_failures add column announced_at timestamptz;
update video_failures set announced_at = inserted_at where "final";
