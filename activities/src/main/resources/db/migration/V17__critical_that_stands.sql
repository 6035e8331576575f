-- What is critical and unresolved, by its video or none: what stands is told however old it is, and is
-- looked for among all that are open.
create index video_failures_critical on video_failures (video_id, inserted_at, id)
  where "final" and not resolved
    and (failure_category in ('resource_exhaustion', 'system_environment', 'timeout')
      or failure_code in (
        'EXIT_137', 'EXIT_143', 'TIMEOUT', 'RESOURCE_MEMORY', 'RESOURCE_DISK', 'ENV'));
