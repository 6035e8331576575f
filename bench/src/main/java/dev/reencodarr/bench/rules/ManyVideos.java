package dev.reencodarr.bench.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.temporal.Payloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows as a scan of a hundred thousand files leaves them, of eight kinds. */
final class ManyVideos {

  static final int VIDEOS = 100_000;

  /** No statement may take a minute: then the server is taken for lost. */
  private static final int PORTION = 20_000;

  private final Database database;

  ManyVideos(Database database) {
    this.database = database;
  }

  void write() {
    run("insert into libraries (id, name, root) values (gen_random_uuid(), 'tv', '/tv')");
    for (int first = 1; first <= VIDEOS; first += PORTION) {
      database
          .client()
          .sql(
              """
              insert into videos (id, library_id, path, state, size, mtime, sampled_hash, facts,
                decision, skip_reason)
              select gen_random_uuid(), (select id from libraries),
                '/tv/Show ' || n / 50 || ' (' || 1980 + n % 45 || ')/Season ' || n / 10 % 5
                  || '/Show.E' || n || '.1080p.WEB-DL.mkv',
                'skipped', 100000000 + n * 37000::bigint, now() - make_interval(days => n % 3000),
                md5(n::text), cast(:kinds as jsonb) -> (n % 8), 'skip: decided_otherwise',
                'decided_otherwise'
              from generate_series(cast(:first as int), cast(:last as int)) n
              """)
          .param("kinds", kinds())
          .param("first", first)
          .param("last", first + PORTION - 1)
          .update();
    }
    run("vacuum analyze videos");
  }

  private static String kinds() {
    List<MediaFacts> kinds = new ArrayList<>();
    for (String codec : List.of("h264", "hevc", "mpeg2video", "av1")) {
      kinds.add(facts(codec, 1920, 1080, HdrKind.SDR));
      kinds.add(facts(codec, 3840, 2160, HdrKind.HDR10));
    }
    try {
      return Payloads.mapper().writeValueAsString(kinds);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Two languages of sound, six of subtitles: what most files have. */
  private static MediaFacts facts(String codec, int width, int height, HdrKind hdr) {
    List<MediaStream> streams = new ArrayList<>();
    streams.add(
        new MediaStream.Video(
            0,
            codec,
            "Main",
            width,
            height,
            0,
            "yuv420p10le",
            23.976,
            23.976,
            "progressive",
            2600,
            62_337,
            hdr,
            Map.of("color_range", "tv", "color_space", "bt709"),
            Map.of("language", "eng", "bps", "4000000", "number_of_frames", "62337"),
            List.of("default")));
    for (String language : List.of("eng", "deu")) {
      streams.add(
          new MediaStream.Audio(
              streams.size(),
              "eac3",
              "Dolby Digital Plus",
              6,
              "5.1(side)",
              Map.of("language", language, "title", "Surround"),
              List.of()));
    }
    for (String language : List.of("eng", "deu", "fra", "spa", "ita", "jpn")) {
      streams.add(
          new MediaStream.Subtitle(
              streams.size(), "subrip", Map.of("language", language), List.of()));
    }
    return new MediaFacts(
        "matroska,webm", 0, 2600, 1_300_000_000, streams, 12, Map.of("title", "An episode"));
  }

  private void run(String statement) {
    database.client().sql(statement).update();
  }
}
