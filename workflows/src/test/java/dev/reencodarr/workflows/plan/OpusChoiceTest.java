package dev.reencodarr.workflows.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.analysis.MediaStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound becomes Opus where that saves, and keeps what is heard. */
class OpusChoiceTest {

  private static OpusChoice of(
      String codec, String profile, int channels, String layout, long bitrate) {
    return OpusChoice.of(
        new MediaStream.Audio(1, codec, profile, channels, layout, bitrate, Map.of(), List.of()),
        Treatment.AudioChoice.OPUS);
  }

  @ParameterizedTest
  @CsvSource({
    "aac, LC, 6, 5.1, 256000, 205",
    "aac, LC, 2, stereo, 128000, 102",
    "aac, LC, 8, 7.1, 384000, 307",
    "mp3, '', 2, stereo, 320000, 128",
    "mp3, '', 2, stereo, 192000, 96",
    "ac3, '', 6, 5.1(side), 448000, 256",
    "ac3, '', 6, 5.1(side), 320000, 224",
    "eac3, '', 6, 5.1(side), 256000, 192",
    "dts, DTS, 6, 5.1(side), 768000, 256",
    "dts, DTS, 2, stereo, 200000, 90",
    "wmav2, '', 2, stereo, 100000, 75",
    "dts, DTS-HD MA, 8, 7.1, 0, 384",
    "truehd, '', 8, 7.1, 0, 384",
    "flac, '', 1, mono, 0, 64",
    "pcm_s24le, '', 2, stereo, 2304000, 128"
  })
  void theBitsFollowTheChannelsAndTheCodec(
      String codec, String profile, int channels, String layout, long bitrate, int kilobits) {
    assertThat(of(codec, profile, channels, layout, bitrate))
        .isInstanceOfSatisfying(
            OpusChoice.Opus.class, opus -> assertThat(opus.kilobits()).isEqualTo(kilobits));
  }

  @ParameterizedTest
  @CsvSource({
    "opus, '', 2, stereo, 96000, Opus already",
    "eac3, Dolby Digital Plus + Dolby Atmos, 6, 5.1(side), 768000, Dolby Atmos would be lost",
    "truehd, Dolby TrueHD + Dolby Atmos, 8, 7.1, 0, Dolby Atmos would be lost",
    "aac, LC, 2, stereo, 0, 'the bitrate is not known, so that Opus might need more'",
    "aac, LC, 0, '', 128000, the number of channels is not known",
    "aac, LC, 5, 5.0, 256000, Opus has no sure layout for 5 channels",
    "aac, LC, 12, '', 256000, Opus has no sure layout for 12 channels",
    "mp3, '', 6, 5.1, 320000, mp3 of 6 channels",
    "dts, DTS-HD MA + DTS:X, 8, 7.1, 0, DTS:X would be lost",
    "ac3, '', 6, hexagonal, 448000, Opus has no layout like hexagonal",
    "flac, '', 8, 7.1(wide), 0, Opus has no layout like 7.1(wide)",
    "ac4, '', 6, 5.1, 256000, nothing is known of decoding it",
    "'', '', 2, stereo, 256000, nothing is known of decoding it",
    "flac, '', 1, mono, 50000, Opus would need as many bits"
  })
  void whatWouldLoseOrSavesNothingStays(
      String codec, String profile, int channels, String layout, long bitrate, String why) {
    assertThat(of(codec, profile, channels, layout, bitrate)).isEqualTo(new OpusChoice.Copy(why));
  }

  @ParameterizedTest
  @CsvSource({"5.1(side), 6, 5.1", "'', 6, 5.1", "'', 2, stereo", "'', 8, 7.1"})
  void theSameChannelsUnderAnotherNameOrNoneAreBroughtToALayoutOfOpus(
      String layout, int channels, String wanted) {
    assertThat(of("ac3", "", channels, layout, 448_000))
        .isInstanceOfSatisfying(
            OpusChoice.Opus.class, opus -> assertThat(opus.layout()).isEqualTo(wanted));
  }

  @Test
  void aLayoutThatOpusKnowsNeedsNoFilter() {
    assertThat(of("ac3", "", 6, "5.1", 448_000))
        .isInstanceOfSatisfying(OpusChoice.Opus.class, opus -> assertThat(opus.layout()).isEmpty());
  }

  @Test
  void whereNothingElseIsWantedEveryTrackStays() {
    MediaStream.Audio track =
        new MediaStream.Audio(1, "aac", "LC", 2, "stereo", 256_000, Map.of(), List.of());

    assertThat(OpusChoice.of(track, Treatment.AudioChoice.COPY)).isEqualTo(new OpusChoice.Copy(""));
  }
}
