package dev.reencodarr.workflows.analysis;

import static dev.reencodarr.workflows.plan.Sources.MATROSKA;
import static dev.reencodarr.workflows.plan.Sources.audio;
import static dev.reencodarr.workflows.plan.Sources.cover;
import static dev.reencodarr.workflows.plan.Sources.file;
import static dev.reencodarr.workflows.plan.Sources.film;
import static dev.reencodarr.workflows.plan.Sources.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.SourceIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkipRulesTest {

  private static Optional<SkipReason> reason(MediaStream... streams) {
    return SkipRules.reasonToSkip(file(1000), media(MATROSKA, streams), HardLinks.DEFER, Set.of())
        .map(Skip::reason);
  }

  @Test
  void anOrdinaryFilmIsEncoded() {
    assertThat(reason(film(0), audio(1, "aac"), cover(2, "mjpeg"))).isEmpty();
  }

  @Test
  void linksAreLeftAloneAndTheirNumberIsSaid() {
    SourceIdentity identity = new SourceIdentity(1, Instant.EPOCH, "abc");
    MediaFacts media = media(MATROSKA, film(0));

    FileFacts three = new FileFacts(identity, 3, false);
    assertThat(SkipRules.reasonToSkip(three, media, HardLinks.DEFER, Set.of()))
        .contains(new Skip(SkipReason.HARD_LINKS, "the file has 3 hard links"));
    assertThat(SkipRules.reasonToSkip(three, media, HardLinks.SKIP, Set.of()))
        .contains(new Skip(SkipReason.HARD_LINKED, "the file has 3 hard links"));
    assertThat(SkipRules.reasonToSkip(three, media, HardLinks.ALLOW, Set.of())).isEmpty();
    FileFacts link = new FileFacts(identity, 1, true);
    assertThat(SkipRules.reasonToSkip(link, media, HardLinks.ALLOW, Set.of()).map(Skip::reason))
        .contains(SkipReason.SYMLINK);
  }

  @Test
  void soundAloneOrAPictureAloneIsNoVideo() {
    assertThat(reason(audio(0, "flac"))).contains(SkipReason.NO_VIDEO);
    assertThat(reason(audio(0, "flac"), cover(1, "mjpeg"))).contains(SkipReason.NO_VIDEO);
  }

  @Test
  void av1IsDoneAlready() {
    assertThat(reason(film(0, "av1", "yuv420p10le", "", HdrKind.SDR)))
        .contains(SkipReason.ALREADY_AV1);
  }

  @Test
  void twoFilmsInOneFileAreNotHandled() {
    assertThat(reason(film(0), film(1))).contains(SkipReason.UNSUPPORTED_FORMAT);
  }

  @ParameterizedTest
  @EnumSource(
      value = HdrKind.class,
      names = {"DOLBY_VISION", "HDR10_PLUS"})
  void dynamicMetadataWouldBeLost(HdrKind hdr) {
    assertThat(reason(film(0, "hevc", "yuv420p10le", "", hdr)))
        .contains(SkipReason.UNSUPPORTED_HDR);
  }

  @ParameterizedTest
  @EnumSource(
      value = HdrKind.class,
      names = {"SDR", "HDR10", "HLG"})
  void staticMetadataIsKept(HdrKind hdr) {
    assertThat(reason(film(0, "hevc", "yuv420p10le", "", hdr))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tt", "bb", "tb", "bt"})
  void interlacedFieldsAreNotHeldByAv1(String order) {
    assertThat(reason(film(0, "h264", "yuv420p", order, HdrKind.SDR)))
        .contains(SkipReason.INTERLACED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yuv422p", "yuv444p10le", "yuva420p", "rgb24", "pal8", "yuv420p12le", ""})
  void pixelFormatsThatWouldLoseAreNotHandled(String format) {
    assertThat(reason(film(0, "h264", format, "", HdrKind.SDR)))
        .contains(SkipReason.UNSUPPORTED_FORMAT);
  }

  @ParameterizedTest
  @CsvSource({
    "31,180,0,too small",
    "320,31,0,too small",
    "16386,64,0,too large",
    "64,8706,0,too large",
    "8706,64,90,too large",
    "320,180,45,turned by 45 degrees"
  })
  void picturesThatNoEncoderOrScoreTakesAreLeftAlone(
      int width, int height, int rotation, String why) {
    assertThat(
            SkipRules.reasonToSkip(
                file(1000),
                media(MATROSKA, picture(width, height, rotation)),
                HardLinks.DEFER,
                Set.of()))
        .hasValueSatisfying(skip -> {
          assertThat(skip.reason()).isEqualTo(SkipReason.UNSUPPORTED_FORMAT);
          assertThat(skip.detail()).contains(why);
        });
  }

  @ParameterizedTest
  @CsvSource({"32,32,0", "16384,8704,0", "8704,16384,270", "321,181,90", "320,180,180"})
  void picturesOfAllOtherSizesAndOnTheirSideAreEncoded(int width, int height, int rotation) {
    assertThat(reason(picture(width, height, rotation))).isEmpty();
  }

  private static MediaStream.Video picture(int width, int height, int rotation) {
    return new MediaStream.Video(
        0,
        "h264",
        "",
        width,
        height,
        rotation,
        "yuv420p",
        24,
        24,
        "",
        0,
        0,
        HdrKind.SDR,
        Map.of(),
        Map.of(),
        List.of());
  }

  @ParameterizedTest
  @CsvSource({"1,25,0.04,true", "0,25,0.04,true", "0,0,0,true", "22,25,0.9,false", "0,25,60,false"})
  void aStillCodecIsAFilmOnceItMoves(long frames, double rate, double seconds, boolean picture) {
    MediaStream.Video stream =
        new MediaStream.Video(
            0,
            "mjpeg",
            "",
            320,
            180,
            0,
            "yuvj420p",
            rate,
            rate,
            "",
            seconds,
            frames,
            HdrKind.SDR,
            Map.of(),
            Map.of(),
            List.of());

    assertThat(stream.isPicture()).isEqualTo(picture);
  }
}
