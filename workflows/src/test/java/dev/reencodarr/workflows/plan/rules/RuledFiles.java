package dev.reencodarr.workflows.plan.rules;

import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.plan.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Made-up files that rules are asked about. */
final class RuledFiles {

  static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  static final long GIB = 1L << 30;

  private RuledFiles() {}

  /** An hour of 1080p H.264 with stereo AAC and English subtitles, 1 GiB, ten days old. */
  static RuledFile film(String path) {
    return film(path, GIB, Sources.film(0));
  }

  static RuledFile film(String path, long size, MediaStream.Video film) {
    return new RuledFile(
        new MediaPath(path),
        "films",
        new FileFacts(new SourceIdentity(size, NOW.minus(Duration.ofDays(10)), "abc"), 1, false),
        new MediaFacts(
            Sources.MATROSKA,
            0,
            3600,
            size,
            List.of(
                film,
                new MediaStream.Audio(
                    1, "aac", "LC", 2, "stereo", Map.of("language", "eng"), List.of("default")),
                new MediaStream.Subtitle(
                    2, "subrip", Map.of("language", "eng"), List.of("forced"))),
            3,
            Map.of("title", "A film")),
        Managed.NOBODY,
        NOW);
  }

  static RuledFile withAudio(MediaStream.Audio... tracks) {
    return new RuledFile(
        new MediaPath("/films/a.mkv"),
        "films",
        Sources.file(GIB),
        new MediaFacts(Sources.MATROSKA, 0, 3600, GIB, List.of(tracks), 0, Map.of()),
        Managed.NOBODY,
        NOW);
  }

  static MediaStream.Video hdr(HdrKind kind) {
    return Sources.film(0, "hevc", "yuv420p10le", "progressive", kind);
  }
}
