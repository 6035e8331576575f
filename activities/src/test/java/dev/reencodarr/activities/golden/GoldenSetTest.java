package dev.reencodarr.activities.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.encode.GoldenPipeline;
import dev.reencodarr.activities.encode.GoldenPipeline.Made;
import dev.reencodarr.activities.golden.GoldenClips.Vision;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.SettingKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files as people have them through the real activities, and what ffprobe then says is different.
 * Each test names all that may differ: whatever else is lost makes it fail.
 */
class GoldenSetTest {

  private static final String SUBTITLES_OF_MP4 =
      " -map_metadata 4 -map_chapters 4 -c copy -c:s mov_text -metadata:s:s:0 language=eng"
          + " -metadata:s:s:0 title=Words -metadata:s:s:1 language=ger -disposition:s:0 0"
          + " -disposition:s:1 default -disposition:v:1 attached_pic -metadata:s:a:0 language=fra"
          + " -metadata:s:a:0 title=Ton";

  @TempDir private static Path folder;
  private static GoldenClips clips;
  private static GoldenPipeline pipeline;

  @BeforeAll
  static void open() throws Exception {
    clips = new GoldenClips(folder.resolve("clips"));
    pipeline = new GoldenPipeline(folder.resolve("work"));
  }

  @AfterAll
  static void close() throws Exception {
    pipeline.close();
  }

  private static List<String> lost(Path source) throws Exception {
    return lost(source, pipeline.make(source, Map.of()));
  }

  /**
   * What is different in the result, but for the film's codec, its 10 bits, and that its colours
   * lie where players take it for granted.
   */
  private static List<String> lost(Path source, Made made) throws Exception {
    return FileView.of(source).differencesTo(FileView.of(made.result())).stream()
        .filter(line -> !line.matches("film 0 codec: .* -> av1"))
        .filter(line -> !line.matches("film 0 pix_fmt: yuvj?420p -> yuv420p10le"))
        .filter(line -> !line.equals("film 0 chroma_location: left -> "))
        .filter(line -> !line.equals("film 0 color_range:  -> tv"))
        .toList();
  }

  private static Planned.Skip skip(Path source, Map<SettingKey, String> settings) throws Exception {
    return (Planned.Skip) pipeline.plan(source, settings);
  }

  @Test
  void soundKeepsItsBytesLanguagesTitlesAndFlags() throws Exception {
    Path source =
        clips.of(
            "audio.mkv",
            "-map 0:v"
                + " -map 0:a".repeat(8)
                + " -c copy -c:a:1 ac3 -c:a:2 eac3 -c:a:3 flac -c:a:4 libopus -c:a:5 truehd"
                + " -strict -2 -c:a:6 pcm_s16le -c:a:7 dca -ac:a:1 6 -ac:a:2 6 -ac:a:4 2 -ac:a:7 6"
                + " -metadata:s:a:0 language=eng -metadata:s:a:0 'title=Surround 5.1'"
                + " -metadata:s:a:1 language=ger -metadata:s:a:1 title=Kommentar"
                + " -metadata:s:a:2 language=fre -metadata:s:a:3 language=und"
                + " -metadata:s:a:3 source=vinyl -disposition:a:0 original"
                + " -disposition:a:1 default+comment -disposition:a:2 hearing_impaired"
                + " -disposition:a:3 visual_impaired+descriptions -disposition:a:4 dub"
                + " -disposition:a:5 0 -disposition:a:6 forced -disposition:v default");
    assertThat(FileView.of(source).get("audio 1 flags")).isEqualTo("comment+default");

    assertThat(lost(source)).isEmpty();
  }

  @Test
  void subtitlesOfEveryKindAndFontsAndCoversOfMatroskaStay() throws Exception {
    Path font = Files.write(clips.path("f.ttf"), new byte[3000]);
    Path other = Files.write(clips.path("g.otf"), new byte[] {1, 2, 3});
    Path ass = clips.make("-i " + clips.words, clips.path("w.ass"));
    Path source =
        clips.of(
            "fonts.mkv",
            "-i %s -i %s -i %s -map 0 -map 1 -map 2 -map 3 -map 2 -map 2 -c copy -c:s:3 webvtt"
                    .formatted(ass, clips.words, clips.pgs("p.sup"))
                + " -c:s:4 ass -attach %s -attach %s -attach %s -attach %s -attach %s"
                    .formatted(font, other, font, clips.jpeg, clips.png)
                + " -metadata:s:t:0 mimetype=application/x-truetype-font"
                + " -metadata:s:t:1 mimetype=font/otf"
                + " -metadata:s:t:2 mimetype=application/x-truetype-font"
                + " -metadata:s:t:3 mimetype=image/jpeg -metadata:s:t:3 filename=cover.jpg"
                + " -metadata:s:t:4 mimetype=image/png -metadata:s:t:4 filename=small_cover.png"
                + " -metadata:s:s:0 language=eng -metadata:s:s:0 'title=Signs & Songs'"
                + " -metadata:s:s:1 language=deu -metadata:s:s:2 language=zh-Hant"
                + " -metadata:s:s:3 language=klingon -disposition:s:0 default"
                + " -disposition:s:1 forced+hearing_impaired -disposition:s:2 captions+comment");
    FileView before = FileView.of(source);
    assertThat(before.get("subtitle 2 codec")).isEqualTo("hdmv_pgs_subtitle");
    assertThat(before.get("attachment 0 bytes")).startsWith("3000 ");
    assertThat(before.get("cover 1 tag filename")).isEqualTo("small_cover.png");

    assertThat(lost(source)).isEmpty();
  }

  @Test
  void textChaptersAndCoverOfMp4Stay() throws Exception {
    Path source =
        clips.of(
            "text.mp4",
            "-i %s -i %s -i %s -i %s -map 0 -map 1 -map 2 -map 3"
                    .formatted(clips.words, clips.words, clips.jpeg, clips.chapters)
                + SUBTITLES_OF_MP4);
    assertThat(FileView.of(source).get("chapter 0 tag title")).isEqualTo("Anfang, größer");

    Made made = pipeline.make(source, Map.of());

    assertThat(lost(source, made)).isEmpty();
    assertThat(made.result().toString()).endsWith(".mp4");
  }

  @Test
  void textOfMp4BecomesSubRipInMatroska() throws Exception {
    Path source =
        clips.of(
            "text.m4v",
            "-i %s -i %s -i %s -i %s -map 0 -map 1 -map 2 -map 3"
                    .formatted(clips.words, clips.words, clips.jpeg, clips.chapters)
                + SUBTITLES_OF_MP4
                + " -f mp4");

    Made made = pipeline.make(source, Map.of());

    assertThat(lost(source, made))
        .filteredOn(line -> !line.startsWith("data 0"))
        .filteredOn(line -> !line.matches("(audio|subtitle) \\d tag name:  -> .*"))
        .filteredOn(line -> !line.matches("subtitle \\d (bytes|times): .*"))
        .containsExactlyInAnyOrder(
            "cover 0 tag filename:  -> cover.jpg",
            "cover 0 tag mimetype:  -> image/jpeg",
            "film 0 tag language: und -> ",
            "subtitle 0 codec: mov_text -> subrip",
            "subtitle 1 codec: mov_text -> subrip");
    assertThat(FileView.text(made.result(), "0:s:0", "srt"))
        .contains("Grüße, <i>leaning</i>", "00:00:01,000 --> 00:00:01,900", "日本語");
    assertThat(made.reason(2)).contains("becomes SubRip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov"})
  void aTimecodeStays(String extension) throws Exception {
    Path source =
        clips.of("timecode." + extension, "-map 0 -c copy -timecode 01:02:03:04 -f " + extension);
    assertThat(FileView.of(source).get("data 0 codec")).isEqualTo("none");

    Made made = pipeline.make(source, Map.of());

    assertThat(lost(source, made))
        .filteredOn(line -> !line.startsWith("data 0"))
        .filteredOn(line -> !line.equals("film 0 tag language: und -> "))
        .filteredOn(line -> !line.equals("audio 0 tag language: und -> "))
        .isEmpty();
    assertThat(FileView.of(made.result()).get("film 0 tag timecode")).isEqualTo("01:02:03:04");
    assertThat(made.reason(2)).contains("timecode is written anew");
  }

  @Test
  void chaptersTitlesAndTagsOfMatroskaStay() throws Exception {
    Path source =
        clips.of(
            "chapters.mkv",
            "-i "
                + clips.chapters
                + " -map 0 -map_metadata 1 -map_chapters 1 -c copy"
                + " -metadata:s:v 'title=The picture' -metadata:s:v language=eng"
                + " -metadata DATE_RELEASED=1999");
    FileView before = FileView.of(source);
    assertThat(before.get("file tag date_released")).isEqualTo("1999");
    assertThat(before.get("chapter 1 end")).isEqualTo("2");

    assertThat(lost(source)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "mp4"})
  void hdr10KeepsColoursMasteringDisplayAndLightLevels(String extension) throws Exception {
    Path source = clips.hevc("hdr10." + extension, "yuv420p10le", GoldenClips.HDR10);
    FileView before = FileView.of(source);
    assertThat(before.get("film 0 Mastering display metadata"))
        .contains("max_luminance=1000", "min_luminance=0.005", "red_x=0.68");
    assertThat(before.get("film 0 Content light level metadata"))
        .isEqualTo("max_average=400 max_content=1000");

    assertThat(lost(source)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "hlg, yuv420p10le, colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc:range=limited",
    "ten, yuv420p10le, ''",
    "bt709, yuv420p, colorprim=bt709:transfer=bt709:colormatrix=bt709:range=limited",
    "topleft, yuv420p, colorprim=bt2020:transfer=bt709:colormatrix=bt2020nc:chromaloc=2",
    "ntsc, yuv420p, colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m:range=limited",
    "full, yuv420p, colorprim=bt709:transfer=bt709:colormatrix=bt709:range=full"
  })
  void coloursStay(String name, String pixelFormat, String parameters) throws Exception {
    assertThat(lost(clips.hevc(name + ".mkv", pixelFormat, parameters))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "mp4"})
  void theShapeOfPixelsStays(String extension) throws Exception {
    Path source =
        clips.of("shape." + extension, "-c:v libx264 -preset ultrafast -qp 6 -vf setsar=64/45");
    assertThat(FileView.of(source).get("film 0 sample_aspect_ratio")).isEqualTo("64:45");

    assertThat(lost(source)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "mp4"})
  void everyPictureOfAFilmThatVariesKeepsItsTime(String extension) throws Exception {
    Path source =
        clips.of(
            "varies." + extension,
            "-vf 'settb=1/1000,setpts=PTS+random(0)*30+if(gt(N\\,20)\\,300\\,0)'"
                + " -fps_mode passthrough -enc_time_base 1/1000 -c:v libx264 -bf 0 -qp 6"
                + " -preset ultrafast -c:a copy");
    assertThat(pipeline.facts(source).mainVideo().orElseThrow().averageFrameRate()).isLessThan(40);

    assertThat(lost(source)).isEmpty();
  }

  /** As broadcasts and many downloads are: the picture begins between two frames. */
  @ParameterizedTest
  @ValueSource(strings = {"late.mkv", "late.mp4", "late.ts"})
  void soundStaysWithThePicture(String name) throws Exception {
    Path source =
        clips.make(
            "-itsoffset 0.51 -i %s -i %s -map 0:v -map 1:a -c:v copy -c:a ac3"
                .formatted(clips.clip, clips.clip),
            clips.path(name));

    assertThat(lost(source)).isEmpty();
  }

  @Test
  void fortyStreamsWithBrokenLanguagesStay() throws Exception {
    List<String> languages = List.of("eng", "xx", "e_n", "123", "Deutsch", "en-US", "q");
    StringBuilder arguments = new StringBuilder("-i " + clips.words + " -map 0:v");
    for (int track = 0; track < 15; track++) {
      arguments.append(
          " -map 0:a -metadata:s:a:%d title=a%d -metadata:s:a:%d language=%s"
              .formatted(track, track, track, languages.get(track % languages.size())));
    }
    for (int track = 0; track < 24; track++) {
      arguments.append(
          " -map 1 -metadata:s:s:%d title=s%d -metadata:s:s:%d language=%s -disposition:s:%d %s"
              .formatted(
                  track,
                  track,
                  track,
                  languages.get(track % languages.size()),
                  track,
                  List.of("forced", "0", "hearing_impaired").get(track % 3)));
    }
    Path source = clips.of("forty.mkv", arguments + " -c copy");
    assertThat(FileView.of(source).get("subtitle 23 tag title")).isEqualTo("s23");

    assertThat(lost(source)).isEmpty();
  }

  private static Path fields(String name) {
    return clips.make(
        "-f lavfi -i testsrc2=size=320x180:rate=50:duration=2 -vf"
            + " tinterlace=interleave_top,setfield=tff -c:v libx264 -preset ultrafast -qp 6"
            + " -flags +ilme+ildct",
        clips.path(name));
  }

  @Test
  void interlacedFilmIsLeftAloneOrDeinterlaced() throws Exception {
    Path source = fields("fields.mkv");
    assertThat(skip(source, Map.of()).reason()).isEqualTo(SkipReason.INTERLACED);

    Made made = pipeline.make(source, Map.of(SettingKey.INTERLACED, "deinterlace"));

    assertThat(lost(source, made)).containsExactly("film 0 interlaced: true -> false");
    assertThat(made.reason(0)).isEqualTo("deinterlaced");
    assertThat(FileView.framesWith(made.result(), 0, "\"interlaced_frame\":1")).isZero();
  }

  /** The score is high only where the reference is deinterlaced too. */
  @Test
  void aResultThatIsNotDeinterlacedIsRefused() throws Exception {
    Path source = fields("woven.mkv");
    Map<SettingKey, String> settings =
        Map.of(SettingKey.INTERLACED, "deinterlace", SettingKey.VMAF_TARGET, "80");
    Made made = pipeline.make(source, settings);
    Path woven =
        clips.make(
            "-i %s -c:v libsvtav1 -preset 12 -crf 30 -pix_fmt yuv420p10le".formatted(source),
            clips.path("result.mkv"));

    assertThatThrownBy(() -> pipeline.judge(source, made.plan(), woven))
        .hasStackTraceContaining("interlaced");
  }

  @Test
  void hdr10PlusIsLeftAloneOrBecomesHdr10() throws Exception {
    Path source = clips.hdr10Plus("plus.mkv");
    assertThat(skip(source, Map.of()).reason()).isEqualTo(SkipReason.UNSUPPORTED_HDR);
    assertThat(FileView.framesWith(source, 0, "HDR10+")).isEqualTo(50);

    Made made = pipeline.make(source, Map.of(SettingKey.HDR10PLUS, "hdr10"));

    assertThat(lost(source, made))
        .singleElement()
        .asString()
        .startsWith("film 0 HDR Dynamic Metadata SMPTE2094-40 (HDR10+): ")
        .endsWith(" -> ");
    assertThat(FileView.framesWith(made.result(), 0, "HDR10+")).isZero();
    assertThat(pipeline.facts(made.result()).mainVideo().orElseThrow().hdr())
        .isEqualTo(HdrKind.HDR10);
  }

  /** Should an ffmpeg of another day carry it over, nothing changes: it is taken out before. */
  @ParameterizedTest
  @CsvSource({"PROFILE_8_1,HDR10", "PROFILE_8_4,HLG"})
  void dolbyVisionIsLeftAloneOrBecomesItsBaseLayer(Vision vision, HdrKind base) throws Exception {
    Path source =
        clips.dolbyVision(
            vision + ".mkv", vision, base == HdrKind.HDR10 ? GoldenClips.HDR10 : GoldenClips.HLG);
    assertThat(FileView.framesWith(source, 0, "Dolby Vision RPU")).isEqualTo(50);
    Planned.Skip left = skip(source, Map.of());
    assertThat(left.reason()).isEqualTo(SkipReason.UNSUPPORTED_HDR);
    assertThat(left.detail()).contains("profile 8");

    Made made = pipeline.make(source, Map.of(SettingKey.DOLBY_VISION, "base_layer"));

    assertThat(lost(source, made))
        .allMatch(line -> line.matches("film 0 (DOVI|Dolby Vision).* -> "), "Dolby Vision alone")
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(FileView.framesWith(made.result(), 0, "Dolby")).isZero();
    assertThat(pipeline.facts(made.result()).mainVideo().orElseThrow().hdr()).isEqualTo(base);
    assertThat(made.reason(0)).contains("Dolby Vision of profile 8 is lost", base.toString());
  }

  @Test
  void dolbyVisionWithoutABaseLayerIsAlwaysLeftAlone() throws Exception {
    Path source = clips.dolbyVision("five.mkv", Vision.PROFILE_5, "range=full");
    Planned.Skip left = skip(source, Map.of(SettingKey.DOLBY_VISION, "base_layer"));
    assertThat(left.reason()).isEqualTo(SkipReason.UNSUPPORTED_HDR);
    assertThat(left.detail()).contains("profile 5");
  }

  /**
   * A film whose record was lost on its way into another container is still known by its frames.
   */
  @Test
  void dolbyVisionWithoutARecordIsLeftAlone() throws Exception {
    clips.dolbyVision("norecord.mkv", Vision.PROFILE_8_4, GoldenClips.HLG);
    Path bare =
        clips.make(
            "-r 25 -i " + clips.path("norecord.mkv.hevc") + " -c copy", clips.path("bare.mkv"));
    assertThat(skip(bare, Map.of(SettingKey.DOLBY_VISION, "base_layer")).reason())
        .isEqualTo(SkipReason.UNSUPPORTED_HDR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yuv422p10le", "yuv444p", "yuvj422p"})
  void fullerChromaIsLeftAloneOrReduced(String pixelFormat) throws Exception {
    Path source =
        clips.of(
            pixelFormat + ".mkv", "-c:v libx264 -preset ultrafast -qp 6 -pix_fmt " + pixelFormat);
    assertThat(skip(source, Map.of()).reason()).isEqualTo(SkipReason.UNSUPPORTED_FORMAT);

    Made made = pipeline.make(source, Map.of(SettingKey.CHROMA, "420"));

    assertThat(lost(source, made))
        .containsExactly("film 0 pix_fmt: " + pixelFormat + " -> yuv420p10le");
    assertThat(made.reason(0)).contains("becomes 4:2:0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "mp4"})
  void ofTwoFilmsTheFirstIsEncodedAndTheOtherCopied(String extension) throws Exception {
    Path source =
        clips.of(
            "two." + extension,
            "-f lavfi -i testsrc=size=160x90:rate=25:duration=2 -map 0:v -map 1:v -map 0:a -c copy"
                + " -c:v:1 libx264 -pix_fmt:v:1 yuv420p -disposition:v:0 default"
                + " -metadata:s:v:1 language=ger -metadata:s:v:1 title=Angle");
    assertThat(skip(source, Map.of()).reason()).isEqualTo(SkipReason.UNSUPPORTED_FORMAT);

    Made made = pipeline.make(source, Map.of(SettingKey.SEVERAL_FILMS, "first"));

    assertThat(lost(source, made)).isEmpty();
    assertThat(FileView.of(made.result()).get("film 1 codec")).isEqualTo("h264");
  }

  @Test
  void theFirstOfTwoFilmsMayBecomeSmallerThanTheOther() throws Exception {
    Path source =
        clips.of(
            "two-large.mkv",
            "-f lavfi -i testsrc=size=640x360:rate=25:duration=2 -map 1:v -map 0:v -map 0:a -c copy"
                + " -c:v:0 libx264 -qp:v:0 8 -pix_fmt:v:0 yuv420p -disposition:v:0 default");

    Made made =
        pipeline.make(
            source,
            Map.of(
                SettingKey.SEVERAL_FILMS, "first",
                SettingKey.LARGEST_WIDTH, "160",
                SettingKey.SCALED_AGAINST, "scaled",
                SettingKey.VMAF_TARGET, "20"));

    assertThat(FileView.of(made.result()).get("film 0 codec")).isEqualTo("av1");
    assertThat(pipeline.facts(made.result()).films().getFirst().width()).isEqualTo(160);
  }

  @Test
  void fieldsThatTheSourceDoesNotNameAreNoReasonToRefuseAResult() throws Exception {
    Path source = clips.of("asp.avi", "-map 0:v -c:v mpeg4 -q:v 2 -flags +ildct+ilme");
    assertThat(pipeline.facts(source).mainVideo().orElseThrow().fieldOrder()).isEmpty();

    Made made = pipeline.make(source, Map.of());

    assertThat(FileView.of(made.result()).get("film 0 codec")).isEqualTo("av1");
  }

  @Test
  void matroskaBecomesMp4WhereItIsWantedAndCan() throws Exception {
    Path source =
        clips.of(
            "to-mp4.mkv",
            "-i %s -i %s -map 0 -map 1 -map_metadata 2 -map_chapters 2 -c copy -attach %s"
                    .formatted(clips.words, clips.chapters, clips.jpeg)
                + " -metadata:s:t:0 mimetype=image/jpeg -metadata:s:t:0 filename=cover.jpg"
                + " -metadata:s:a:0 language=eng -metadata:s:a:0 title=Sound"
                + " -metadata:s:s:0 language=ger -metadata:s:s:0 title=Words"
                + " -disposition:s:0 default+forced -disposition:a:0 default+comment");

    Made made = pipeline.make(source, Map.of(SettingKey.CONTAINER, "mp4"));

    List<String> lost = new ArrayList<>(lost(source, made));
    assertThat(made.plan().targetPath().fileName()).isEqualTo("to-mp4.mp4");
    assertThat(lost)
        .filteredOn(line -> !line.matches("data 0 .*"))
        .filteredOn(line -> !line.matches("subtitle 0 (bytes|times): .*"))
        .containsExactlyInAnyOrder(
            "cover 0 tag filename: cover.jpg -> ",
            "cover 0 tag mimetype: image/jpeg -> ",
            "film 0 flags:  -> default",
            "film 0 tag language:  -> und",
            "subtitle 0 codec: subrip -> mov_text");
    assertThat(FileView.text(made.result(), "0:s:0", "srt"))
        .contains("Grüße, <i>leaning</i>", "00:00:01,000 --> 00:00:01,900", "日本語");
    assertThat(pipeline.facts(made.result()).mainVideo().orElseThrow().variesInRate()).isFalse();
  }

  /** The verifier takes what was planned and nothing else. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-bsf:v av1_metadata=transfer_characteristics=1 -color_trc bt709|the picture is SDR",
        "-metadata:s:v:0 timecode=10:00:00:00|timecode: 10:00:00:00 instead of 01:02:03:04",
        "-disposition:s:0 0|flags: none instead of hearing_impaired",
        "-metadata:s:s:0 language=fra|language: fra instead of deu"
      })
  void aResultThatIsNotAsPlannedIsRefused(String arguments, String why) throws Exception {
    Path hdr10 = clips.hevc("planned.mkv", "yuv420p10le", GoldenClips.HDR10);
    Path source =
        clips.make(
            "-i %s -i %s -map 0 -map 1 -c copy".formatted(hdr10, clips.words)
                + " -metadata:s:v:0 timecode=01:02:03:04 -metadata:s:s:0 language=ger"
                + " -disposition:s:0 hearing_impaired",
            clips.path("source.mkv"));
    Made made = pipeline.make(source, Map.of());
    Path other =
        clips.make(
            "-i " + made.result() + " -map 0 -c copy " + arguments, clips.path("otherwise.mkv"));

    assertThatThrownBy(() -> pipeline.judge(source, made.plan(), other))
        .hasStackTraceContaining(why);
  }

  /** What finds losses must find them: each of these results lacks one thing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-map 0 -c copy -metadata:s:a:0 language=fra|audio 0 tag language",
        "-map 0 -c copy -metadata:s:a:0 title=Other|audio 0 tag title",
        "-map 0 -c copy -disposition:a:0 comment|audio 0 flags",
        "-map 0 -c copy -map_chapters -1|chapter 0 start",
        "-map 0 -map -0:t -c copy|attachment 0 bytes",
        "-map 0 -map -0:s -c copy|subtitle 0 codec",
        "-map 0 -c copy -c:a flac|audio 0 codec",
        "-map 0 -c copy -bsf:v h264_metadata=colour_primaries=9|film 0 color_primaries",
        "-map 0 -c copy -bsf:v setts=ts=TS*1.1|film 0 times",
        "-map 0 -c copy -metadata title=Other|file tag title"
      })
  void theViewSeesEveryLoss(String arguments, String what) throws Exception {
    Path font = Files.write(clips.path("f.ttf"), new byte[3000]);
    Path whole =
        clips.of(
            "whole.mkv",
            "-i %s -i %s -map 0 -map 1 -map_metadata 2 -map_chapters 2 -c copy -attach %s"
                    .formatted(clips.words, clips.chapters, font)
                + " -metadata:s:t:0 mimetype=font/ttf -metadata:s:a:0 language=eng"
                + " -bsf:v h264_metadata=colour_primaries=1");
    Path less = clips.make("-i " + whole + " " + arguments, clips.path("less.mkv"));

    assertThat(FileView.of(whole).differencesTo(FileView.of(less)))
        .anyMatch(line -> line.startsWith(what));
  }
}
