package dev.reencodarr.workflows.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cel.runtime.CelEvaluationException;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions see the facts of a file, and nothing else. */
class ConditionsTest {

  private final Conditions conditions = new Conditions();

  private boolean holds(String condition, RuledFile file) throws Exception {
    return conditions.compile(condition).holds(Fact.allOf(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path == '/films/A film (2008) BluRay/a.mkv'",
        "name == 'a.mkv' && extension == 'mkv' && library == 'films'",
        "size == 1073741824 && size > 1.5",
        "age_days > 9.9 && age_days < 10.1",
        "hard_links == 1",
        "format.contains('matroska') && chapters == 3",
        "duration == 3600.0 && bitrate == 2386093",
        "codec == 'h264' && profile == ''",
        "width == 1920 && height >= 1080 && frame_rate == 24.0",
        "bits_per_pixel > 0.047 && bits_per_pixel < 0.049",
        "pixel_format == 'yuv420p' && bit_depth == 8 && hdr == 'sdr'",
        "video_tracks == 1",
        "audio.exists(track, track.language == 'eng' && track.channels == 2)",
        "audio.all(track, !track.lossless && !track.atmos && track.layout == 'stereo')",
        "subtitles[0].codec == 'subrip' && subtitles.exists(track, track.forced)",
        "year == 2008 && release == ''",
        "glob(path, '/films/**') && !glob(path, '/films/*')",
        "glob(name, '?.mkv') && !glob(name, '?')",
        "name.matches('^[a-c][.]') && name.lowerAscii().startsWith('a')",
        "codec in ['h264', 'hevc']"
      })
  void eachFactIsSeen(String condition) throws Exception {
    assertThat(holds(condition, RuledFiles.film("/films/A film (2008) BluRay/a.mkv"))).isTrue();
  }

  @Test
  void aFileWithoutAFilmHasFactsToo() throws Exception {
    RuledFile sound =
        RuledFiles.withAudio(
            new MediaStream.Audio(0, "flac", "", 2, "stereo", Map.of(), List.of()));

    assertThat(
            holds(
                "codec == '' && width == 0 && frame_rate == 0.0 && bits_per_pixel == 0.0"
                    + " && bit_depth == 0 && video_tracks == 0",
                sound))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "SDR, sdr",
    "HDR10, hdr10",
    "HDR10_PLUS, hdr10_plus",
    "HLG, hlg",
    "DOLBY_VISION, dolby_vision"
  })
  void theKindOfHdrIsOneWord(HdrKind kind, String word) throws Exception {
    RuledFile file = RuledFiles.film("/films/a.mkv", 1000, RuledFiles.hdr(kind));

    assertThat(holds("hdr == '" + word + "' && bit_depth == 10", file)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "flac, '', true, false",
    "pcm_s24le, '', true, false",
    "truehd, Dolby TrueHD + Dolby Atmos, true, true",
    "dts, DTS-HD MA, true, false",
    "dts, DTS, false, false",
    "eac3, Dolby Digital Plus + Dolby Atmos, false, true",
    "aac, LC, false, false"
  })
  void ofSoundItIsKnownWhetherItIsLosslessOrAtmos(
      String codec, String profile, boolean lossless, boolean atmos) throws Exception {
    RuledFile file =
        RuledFiles.withAudio(
            new MediaStream.Audio(0, codec, profile, 8, "7.1", Map.of(), List.of()));

    assertThat(holds("audio[0].lossless", file)).isEqualTo(lossless);
    assertThat(holds("audio[0].atmos", file)).isEqualTo(atmos);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "heigth > 1080 | undeclared reference to 'heigth'",
        "height > 'x' | found no matching overload for '_>_' applied to '(int, string)'",
        "height | expected type 'bool' but found 'int'",
        "audio.exists(t, t.kodec == 'opus') | undefined field 'kodec'",
        "audio.exists(t, t.channels == 'six') | found no matching overload for '_==_'",
        "name.matches('(') | Regex validation failed",
        "height > | mismatched input",
        "'' | mismatched input",
        "height > 1 height | extraneous input",
        "dyn(size) | its type is not known to be bool",
        "[1, true][0] | its type is not known to be bool",
        "env('HOME') == '' | undeclared reference to 'env'",
        "duration / 2 > 3 | found no matching overload for '_/_'"
      })
  void whatAsksForWhatThereIsNotIsRefused(String condition, String because) {
    assertThatExceptionOfType(Conditions.Invalid.class)
        .isThrownBy(() -> conditions.compile(condition))
        .satisfies(refused ->
            assertThat(refused.issues())
                .isNotEmpty()
                .allSatisfy(issue -> {
                  assertThat(issue.line()).isPositive();
                  assertThat(issue.column()).isPositive();
                  assertThat(issue.message()).doesNotContain("candidates", "container", "\n");
                }))
        .satisfies(refused -> assertThat(refused.issues().getFirst().message()).contains(because));
  }

  @Test
  void anIssueIsFoundInItsLine() {
    assertThatExceptionOfType(Conditions.Invalid.class)
        .isThrownBy(() -> conditions.compile("height > 1 &&\n  heigth > 2"))
        .satisfies(refused ->
            assertThat(refused.issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.line()).isEqualTo(2))
                .satisfies(issue -> assertThat(issue.column()).isEqualTo(3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1 / (hard_links - 1) == 2", "audio[7].codec == 'aac'", "name.charAt(99) == ''"})
  void whatCannotBeToldForAFileIsNoAnswer(String condition) {
    assertThatExceptionOfType(CelEvaluationException.class)
        .isThrownBy(() -> holds(condition, RuledFiles.film("/films/a.mkv")));
  }

  @Test
  void aPatternThatHangsOthersEndsAtOnce() throws Exception {
    RuledFile file = RuledFiles.film("/films/" + "a".repeat(240));

    assertThat(holds("path.matches('(a+)+$x')", file)).isFalse();
    assertThat(holds("glob(path, '" + "**a".repeat(40) + "x')", file)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/films/a [1080p].mkv, /films/a [1080p].mkv, true",
    "/films/a.mkv, /films/a?mkv, true",
    "/films/axmkv, /films/a.mkv, false",
    "/films/deep/er/a.mkv, /films/**/*.mkv, true",
    "/films/a.mkv, /films/*/*.mkv, false",
    "/tv/(x)+$^, /tv/(x)+$^, true",
    "/tv/👍.mkv, /tv/?.mkv, true"
  })
  void aGlobTakesItsCharactersAsTheyAre(String path, String glob, boolean matches)
      throws Exception {
    assertThat(holds("glob(path, '" + glob + "')", RuledFiles.film(path))).isEqualTo(matches);
  }

  @Test
  void aNameWithALineBreakIsANameToo() throws Exception {
    assertThat(holds("glob(path, '/films/*')", RuledFiles.film("/films/a\nb.mkv"))).isTrue();
  }
}
