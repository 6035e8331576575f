-- The fence lets one execution of one attempt through: the server runs an attempt again that it believes
-- lost, and the lost one may be alive. A number alone would not do, since a database that comes back from
-- a backup gives the same numbers once more.
alter table replacement_fences add column execution uuid;

-- Whether a later attempt has been begun is asked at each execution.
create index replacement_attempts_video on replacement_attempts (video_id);
