package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.QualitySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Requests for encodes of test clips (25 frames per second). */
final class EncodeRequests {

  private EncodeRequests() {}

  static EncodeRequest of(Path source, int seconds, int preset) throws IOException {
    return of(source, seconds, preset, List.of(), List.of());
  }

  static EncodeRequest of(
      Path source, int seconds, int preset, List<String> streamArguments, List<String> prepare)
      throws IOException {
    MediaPath path = new MediaPath(source.toString());
    EncodePlan plan =
        new EncodePlan(
            Encoder.LIBSVTAV1,
            95,
            93,
            "yuv420p10le",
            List.of("--svt", "tune=0"),
            streamArguments,
            prepare,
            List.of(),
            path.parent().resolve("film.MKV"),
            QualitySettings.defaults());
    return new EncodeRequest(
        new VideoId(UUID.randomUUID()),
        path,
        FileIdentity.of(source),
        facts(seconds),
        plan,
        40.25,
        preset);
  }

  /** Of a film with one sound track, whose container stays. */
  static EncodeRequest ofSoundFilm(Path source, int seconds) throws IOException {
    EncodeRequest silent = of(source, seconds, 12);
    MediaFacts facts = facts(seconds);
    EncodePlan plan = silent.plan();
    return new EncodeRequest(
        silent.video(),
        silent.source(),
        silent.identity(),
        new MediaFacts(
            facts.formatName(),
            facts.startSeconds(),
            facts.durationSeconds(),
            facts.sizeBytes(),
            List.of(
                facts.streams().getFirst(),
                new MediaStream.Audio(1, "aac", "LC", 1, "mono", 0, Map.of(), List.of())),
            facts.chapters(),
            facts.tags()),
        new EncodePlan(
            plan.encoder(),
            plan.target(),
            plan.floor(),
            plan.pixelFormat(),
            plan.encodeArguments(),
            List.of(),
            List.of(),
            List.of(),
            silent.source(),
            plan.quality()),
        20,
        12);
  }

  /** The same, by another encoder. */
  static EncodeRequest onDevice(Path source, Encoder encoder) throws IOException {
    EncodeRequest usual = ofSoundFilm(source, 24);
    EncodePlan plan = usual.plan();
    return new EncodeRequest(
        usual.video(),
        usual.source(),
        usual.identity(),
        usual.facts(),
        new EncodePlan(
            encoder,
            plan.target(),
            plan.floor(),
            plan.pixelFormat(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            usual.source(),
            plan.quality()),
        30,
        6);
  }

  private static MediaFacts facts(int seconds) {
    MediaStream.Video video =
        new MediaStream.Video(
            0,
            "h264",
            "High",
            320,
            180,
            0,
            "yuv420p",
            25,
            25,
            "progressive",
            seconds,
            0,
            HdrKind.SDR,
            Map.of(),
            Map.of(),
            List.of());
    return new MediaFacts("matroska,webm", 0, seconds, 1, List.of(video), 0, Map.of());
  }
}
