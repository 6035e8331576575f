package dev.reencodarr.workflows.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.MediaPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypicalTest {

  private static final MediaPath ROOT = new MediaPath("/films");

  /** A minute of 1080p at 24 frames a second. */
  private static Source film(String codec, double megabitsPerSecond) {
    return Source.of(
        ROOT.resolve("film.mkv"),
        ROOT,
        codec,
        1920,
        1080,
        24,
        60,
        Math.round(megabitsPerSecond * 60e6 / 8),
        0,
        false);
  }

  @Test
  void ofAGoodFilmAboutHalfIsExpectedAndOfADiscLess() {
    assertThat(Typical.percentAtTarget(film("h264", 5))).isBetween(45.0, 55.0);
    assertThat(Typical.percentAtTarget(film("h264", 30))).isBetween(15.0, 30.0);
  }

  @Test
  void theLeanerASourceAndTheBetterItsCodecTheLessItCanBeShrunk() {
    assertThat(Typical.percentAtTarget(film("h264", 0.8))).isGreaterThan(90);
    assertThat(Typical.percentAtTarget(film("hevc", 5)))
        .isGreaterThan(Typical.percentAtTarget(film("h264", 5)));
    assertThat(Typical.percentAtTarget(film("mpeg2video", 5)))
        .isLessThan(Typical.percentAtTarget(film("h264", 5)));
  }

  @Test
  void fewRealClipsThatCanBeShrunkAreTakenForLean() {
    List<MeasuredClips> clips =
        MeasuredClips.read("clips.tsv").stream()
            .filter(clip -> clip.atTarget(95).logShare() < Math.log(0.7))
            .toList();
    long takenForLean =
        clips.stream().filter(clip -> Typical.percentAtTarget(clip.source()) >= 90).count();

    assertThat(clips).hasSizeGreaterThan(50);
    assertThat((double) takenForLean / clips.size()).isLessThan(0.2);
  }
}
