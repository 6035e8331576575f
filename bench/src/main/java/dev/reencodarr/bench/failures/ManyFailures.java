package dev.reencodarr.bench.failures;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.media.VideoId;
import java.util.List;
import java.util.UUID;

/**
 * Rows as an installation of a hundred thousand files would have them after a bad year: a million
 * failures, spread evenly over 365 days, three of four final, three of five resolved. Each video
 * was last tried when the latest of its ten failures was written.
 */
final class ManyFailures {

  static final int VIDEOS = 100_000;
  static final int FAILURES = 1_000_000;
  static final int DAYS = 365;

  /** No statement may take a minute: then the server is taken for lost. */
  private static final int PORTION = 50_000;

  private final Database database;

  ManyFailures(Database database) {
    this.database = database;
  }

  void write() {
    run("insert into libraries (id, name, root) values (gen_random_uuid(), 'tv', '/tv')");
    run(
        """
        insert into videos (id, library_id, path, state, size, mtime, codec, updated_at)
        select gen_random_uuid(), (select id from libraries),
          '/tv/Show ' || n / 50 || '/Season ' || n / 10 %% 5 || '/Show.E' || n
            || '.1080p.WEB-' || (array['GRP', 'OTHER', 'TEAM', 'NONE'])[n %% 4 + 1] || '.mkv',
          case when n %% 5 < 3 then 'encoded' else 'failed' end, 1000000000, now(),
          (array['h264', 'hevc', 'mpeg2video'])[n %% 3 + 1],
          now() - make_interval(secs => n * %d.0 * 86400 / %d)
        from generate_series(1, %d) n
        """
            .formatted(DAYS, FAILURES, VIDEOS));
    for (int first = 1; first <= FAILURES; first += PORTION) {
      writeFailures(first, first + PORTION - 1);
    }
    run("vacuum analyze");
  }

  private void writeFailures(int first, int last) {
    run(
        """
        with known as (
          select id, path, codec, row_number() over (order by updated_at desc) as n from videos)
        insert into video_failures (video_id, failure_stage, failure_category, failure_code,
          failure_message, system_context, retry_count, resolved, resolved_at, inserted_at, "final",
          workflow_id, run_id, attempt, library_folder, source_codec, release_group)
        select known.id, kind.stage, kind.category, kind.code, kind.message || ' ' || f,
          jsonb_build_object('host', 'box-' || f %% 7, 'output', repeat('frame of the encode ', 30),
            'command', jsonb_build_array('ab-av1', 'encode', '--input', 'src.mkv')),
          f %% 4, f %% 5 < 3, case when f %% 5 < 3 then now() end,
          now() - make_interval(secs => f * %2$d.0 * 86400 / %1$d), f %% 4 > 0,
          'video/' || known.id, 'run', f, '/tv/' || split_part(known.path, '/', 3), known.codec,
          (array['GRP', 'OTHER', 'TEAM', 'NONE'])[f %% 4 + 1]
        from generate_series(%4$d, %5$d) f
        join known on known.n = f %% %3$d + 1
        join (values
          (0, 'encoding', 'resource_exhaustion', 'EXIT_137', 'Process killed by system'),
          (1, 'encoding', 'timeout', 'STALLED', 'no progress for 5 minutes'),
          (2, 'analysis', 'file_access', 'FILE_ACCESS', 'File access failed: Permission denied'),
          (3, 'analysis', 'validation', 'VALIDATION', 'Damaged file'),
          (4, 'crf_search', 'crf_optimization', 'CRF_NOT_FOUND', 'no CRF reaches the target'),
          (5, 'crf_search', 'preset_retry', 'PRESET_RETRY', 'preset 8 left'),
          (6, 'post_process', 'file_operations', 'FILE_OP_MOVE', 'moving failed'),
          (7, 'encoding', 'process_failure', 'EXIT_1', 'no reason'))
          as kind (n, stage, category, code, message) on kind.n = f %% 8
        """
            .formatted(FAILURES, DAYS, VIDEOS, first, last));
  }

  /** So many of the videos. */
  List<VideoId> videos(int many) {
    return database
        .client()
        .sql("select id from videos order by id limit :many")
        .param("many", many)
        .query((row, _) -> new VideoId(row.getObject("id", UUID.class)))
        .list();
  }

  private void run(String statement) {
    database.client().sql(statement).update();
  }
}
