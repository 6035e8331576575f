package dev.reencodarr.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Outcome;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.plan.Wishes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutcomeReportTest {

  private static final OptionalDouble NONE = OptionalDouble.empty();

  private static final RequestId ORDER = new RequestId(UUID.randomUUID());

  private static RequestedVideo encoded() {
    return requested(
        "/films/waterfall.mp4",
        VideoState.ENCODED,
        Optional.empty(),
        "",
        2_000_000,
        OptionalLong.of(5_000_000),
        Optional.of(
            new Video.EncodeFigures(
                "libsvtav1",
                8,
                31.25,
                90,
                90.3,
                12.4,
                4,
                1,
                Metric.VMAF,
                NONE,
                ResultCheck.OFF,
                NONE,
                NONE,
                NONE)),
        Optional.of(Outcome.encoded()));
  }

  private static RequestedVideo parked() {
    return requested(
        "/films/poison.mkv",
        VideoState.WAITING,
        Optional.empty(),
        "3 workers were lost over it",
        1_000_000,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aParkedVideoIsNamedWithItsReasonAndHowToGoOn() {
    OutcomeReport report = new OutcomeReport(List.of(encoded(), parked()));

    assertThat(report.parked()).isEqualTo(1);
    assertThat(report.lines())
        .contains("PARKED: /films/poison.mkv: 3 workers were lost over it")
        .anyMatch(line -> line.startsWith("2 videos: 1 encoded, 1 parked"));
    assertThat(report.lines().getLast()).contains("./reencodarr retry FILE");
  }

  private static RequestedVideo skipped(int number, SkipReason reason, String detail) {
    return requested(
        "/films/" + number + ".mkv",
        VideoState.SKIPPED,
        Optional.of(reason),
        detail,
        1_000_000,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.of(Outcome.skipped(reason)));
  }

  private static RequestedVideo requested(
      String path,
      VideoState state,
      Optional<SkipReason> reason,
      String detail,
      long size,
      OptionalLong originalSize,
      Optional<Video.EncodeFigures> encode,
      Optional<Outcome> outcome) {
    Video video =
        new Video(
            new VideoId(UUID.randomUUID()),
            new LibraryId(UUID.randomUUID()),
            "films",
            new MediaPath(path),
            state,
            reason,
            detail,
            Optional.empty(),
            size,
            Instant.EPOCH,
            Optional.empty(),
            1,
            new Video.Media(
                Optional.of(encode.isPresent() ? "av1" : "h264"),
                OptionalInt.of(1280),
                OptionalInt.of(720),
                OptionalDouble.of(2),
                Optional.of("sdr")),
            originalSize,
            0,
            encode.map(figures -> "h264"),
            encode,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH,
            Instant.EPOCH);
    return new RequestedVideo(ORDER, Wishes.none(), 3, video, Optional.of(Instant.EPOCH), outcome);
  }

  @Test
  void anEncodedVideoHasItsFiguresAndASkippedOneItsReason() {
    List<String> lines =
        new OutcomeReport(
                List.of(
                    encoded(), skipped(1, SkipReason.NOT_WORTH_IT, "even 90 needs 104 percent")))
            .lines();

    assertThat(lines.get(1).split(" {2,}"))
        .containsExactly(
            "waterfall.mp4",
            "h264 → av1",
            "5.00 MB",
            "2.00 MB",
            "60.0 %",
            "31.25",
            "90.30",
            "4 (1 known)",
            "12",
            "encoded");
    assertThat(lines.get(2))
        .contains("1.mkv", "1.00 MB", "skipped: not_worth_it: even 90 needs 104 percent");
    assertThat(lines.getLast())
        .isEqualTo("2 videos: 1 encoded, 1 left alone; 5.00 MB → 2.00 MB, 3.00 MB (60.0 %) saved.");
  }

  @Test
  void whatIsLeftAloneInBulkIsSaidLoudly() {
    List<RequestedVideo> videos = new ArrayList<>(List.of(encoded()));
    for (int number = 0; number < 12; number++) {
      videos.add(skipped(number, SkipReason.HARD_LINKS, "2 names"));
    }

    assertThat(new OutcomeReport(videos).lines().getLast())
        .startsWith("LEFT ALONE: 12 of 13 files: the file has several hard links");
  }

  @Test
  void onlyReplacedOriginalsCountAsKept() {
    OutcomeReport report =
        new OutcomeReport(List.of(encoded(), skipped(1, SkipReason.ALREADY_AV1, "")));

    assertThat(report.replaced()).isEqualTo(1);
    assertThat(report.quarantinedBytes()).isEqualTo(5_000_000);
    assertThat(report.failed()).isZero();
  }
}
