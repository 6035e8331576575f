package dev.reencodarr.workflows.plan;

import static dev.reencodarr.workflows.plan.Sources.MATROSKA;
import static dev.reencodarr.workflows.plan.Sources.MP4;
import static dev.reencodarr.workflows.plan.Sources.audio;
import static dev.reencodarr.workflows.plan.Sources.cover;
import static dev.reencodarr.workflows.plan.Sources.file;
import static dev.reencodarr.workflows.plan.Sources.film;
import static dev.reencodarr.workflows.plan.Sources.font;
import static dev.reencodarr.workflows.plan.Sources.media;
import static dev.reencodarr.workflows.plan.Sources.subtitle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.analysis.DolbyVision;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.plan.PlannedStream.Action;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AV1 does not hold is given up where somebody says so, and told; else the file stays. */
class ConversionsTest {

  private static final Map<SettingKey, String> CHOICES =
      new EnumMap<>(
          Map.of(
              SettingKey.INTERLACED, "deinterlace",
              SettingKey.SEVERAL_FILMS, "first",
              SettingKey.HDR10PLUS, "hdr10",
              SettingKey.DOLBY_VISION, "base_layer",
              SettingKey.CHROMA, "420"));

  private static Planned plan(String path, MediaFacts facts, Map<SettingKey, String> settings) {
    List<SettingValue> values = new ArrayList<>();
    settings.forEach((key, text) -> values.add(new SettingValue(key, text, "a test")));
    return EncodePlanner.plan(
        new MediaPath(path), file(1L << 30), facts, QualitySettings.defaults().with(values));
  }

  private static EncodePlan encode(
      String path, MediaFacts facts, Map<SettingKey, String> settings) {
    return ((Planned.Encode) plan(path, facts, settings)).plan();
  }

  private static SkipReason skipped(MediaFacts facts, Map<SettingKey, String> settings) {
    return ((Planned.Skip) plan("/a.mkv", facts, settings)).reason();
  }

  private static MediaStream.Video video(
      int index,
      String pixelFormat,
      String fieldOrder,
      HdrKind hdr,
      String transfer,
      DolbyVision vision,
      List<String> flags) {
    return new MediaStream.Video(
        index,
        "hevc",
        "",
        1920,
        1080,
        0,
        pixelFormat,
        25,
        25,
        fieldOrder,
        0,
        0,
        hdr,
        transfer.isEmpty() ? Map.of() : Map.of("color_transfer", transfer),
        Map.of(),
        flags,
        vision,
        false);
  }

  private static MediaStream.Video dolbyVision(int profile, int base, String transfer) {
    return video(
        0,
        "yuv420p10le",
        "",
        HdrKind.DOLBY_VISION,
        transfer,
        new DolbyVision(profile, base, false),
        List.of("default"));
  }

  @Test
  void interlacedFilmIsDeinterlacedInProbesEncodeAndReferenceAlike() {
    MediaFacts facts = media(MATROSKA, film(0, "h264", "yuv420p", "tt", HdrKind.SDR));
    assertThat(skipped(facts, Map.of())).isEqualTo(SkipReason.INTERLACED);

    EncodePlan plan = encode("/a.mkv", facts, Map.of(SettingKey.INTERLACED, "deinterlace"));

    assertThat(plan.probeArguments()).containsExactly("--vfilter", "bwdif=mode=send_frame");
    assertThat(plan.filters().encodeArguments())
        .containsExactly("--enc", "filter:v:0=bwdif=mode=send_frame");
    assertThat(plan.filters().beforeComparing()).isEqualTo("bwdif=mode=send_frame,");
    assertThat(plan.streams().getFirst().reason()).isEqualTo("deinterlaced");
  }

  /** Fields must not be mixed by making the picture smaller first. */
  @Test
  void aPictureIsDeinterlacedBeforeItIsMadeSmaller() {
    EncodePlan plan =
        encode(
            "/a.mkv",
            media(MATROSKA, film(0, "h264", "yuv420p", "tt", HdrKind.SDR)),
            Map.of(SettingKey.INTERLACED, "deinterlace", SettingKey.LARGEST_WIDTH, "1280"));

    assertThat(plan.filters().encoded())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("bwdif"),
            second -> assertThat(second).startsWith("scale=1280"));
    assertThat(plan.filters().compared().getFirst()).startsWith("bwdif");
  }

  @ParameterizedTest
  @CsvSource({
    "5,0,'',false",
    "5,0,smpte2084,false",
    "7,6,smpte2084,true",
    "8,1,smpte2084,true",
    "8,4,arib-std-b67,true",
    "8,2,bt709,true",
    "8,4,smpte2084,false",
    "8,1,'',false",
    "8,0,smpte2084,false",
    "4,2,bt709,false",
    "0,0,smpte2084,false"
  })
  void ofDolbyVisionOnlyABaseLayerThatIsWhatItSaysIsEncoded(
      int profile, int base, String transfer, boolean encoded) {
    MediaFacts facts = media(MATROSKA, dolbyVision(profile, base, transfer));
    Map<SettingKey, String> choice = Map.of(SettingKey.DOLBY_VISION, "base_layer");

    assertThat(skipped(facts, Map.of())).isEqualTo(SkipReason.UNSUPPORTED_HDR);
    if (encoded) {
      EncodePlan plan = encode("/a.mkv", facts, choice);
      assertThat(plan.streams().getFirst().reason())
          .contains("Dolby Vision of profile " + profile + " is lost");
      assertThat(plan.filters().encoded().toString()).contains("DOVI_RPU_BUFFER");
    } else {
      assertThat(skipped(facts, choice)).isEqualTo(SkipReason.UNSUPPORTED_HDR);
    }
  }

  @Test
  void hdr10PlusBesideDolbyVisionIsAChoiceOfItsOwn() {
    MediaFacts facts =
        media(
            MATROSKA,
            video(
                0,
                "yuv420p10le",
                "",
                HdrKind.DOLBY_VISION,
                "smpte2084",
                new DolbyVision(8, 1, true),
                List.of()));
    assertThat(skipped(facts, Map.of(SettingKey.DOLBY_VISION, "base_layer")))
        .isEqualTo(SkipReason.UNSUPPORTED_HDR);

    EncodePlan plan =
        encode(
            "/a.mkv",
            facts,
            Map.of(SettingKey.DOLBY_VISION, "base_layer", SettingKey.HDR10PLUS, "hdr10"));

    assertThat(plan.streams().getFirst().reason()).contains("Dolby Vision", "HDR10+");
    assertThat(plan.filters().encoded()).hasSize(3);
  }

  @Test
  void furtherFilmsAreCopiedBehindTheFirst() {
    Map<SettingKey, String> choice = Map.of(SettingKey.SEVERAL_FILMS, "first");
    MediaFacts two = media(MATROSKA, film(0), audio(1, "aac"), film(2));
    assertThat(skipped(two, Map.of())).isEqualTo(SkipReason.UNSUPPORTED_FORMAT);

    assertThat(encode("/a.mkv", two, choice).streams())
        .extracting(PlannedStream::action)
        .containsExactly(Action.ENCODE, Action.COPY, Action.COPY);
    assertThat(skipped(media(MATROSKA, cover(0, "png"), film(1), film(2)), choice))
        .as("ab-av1 would take the cover for the film")
        .isEqualTo(SkipReason.UNSUPPORTED_FORMAT);
    MediaFacts otherDefault =
        media(
            MATROSKA,
            video(0, "yuv420p", "", HdrKind.SDR, "", DolbyVision.none(), List.of()),
            video(1, "yuv420p", "", HdrKind.SDR, "", DolbyVision.none(), List.of("default")));
    assertThat(skipped(otherDefault, choice)).isEqualTo(SkipReason.UNSUPPORTED_FORMAT);
  }

  @Test
  void formatsThatLoseMoreThanColoursAreNeverEncoded() {
    for (String format : List.of("yuv420p12le", "yuv422p12le", "gbrp", "rgb24", "yuva444p", "")) {
      MediaFacts facts = media(MATROSKA, film(0, "hevc", format, "", HdrKind.SDR));
      assertThat(skipped(facts, CHOICES)).as(format).isEqualTo(SkipReason.UNSUPPORTED_FORMAT);
    }
  }

  /** Of random films: what they need is what decides, and all of it is told. */
  @Test
  void aFilmIsEncodedExactlyWhereEverythingItNeedsIsChosen() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      Map<SettingKey, String> chosen = new EnumMap<>(SettingKey.class);
      CHOICES.forEach((key, word) -> chosen.put(key, random.nextBoolean() ? word : "skip"));
      Map<SettingKey, Boolean> needed = new EnumMap<>(SettingKey.class);
      CHOICES.keySet().forEach(key -> needed.put(key, random.nextInt(3) == 0));
      boolean vision = needed.getOrDefault(SettingKey.DOLBY_VISION, false);
      boolean plus = needed.getOrDefault(SettingKey.HDR10PLUS, false);
      boolean several = needed.getOrDefault(SettingKey.SEVERAL_FILMS, false);
      HdrKind hdr = vision ? HdrKind.DOLBY_VISION : plus ? HdrKind.HDR10_PLUS : HdrKind.HDR10;
      List<MediaStream> streams = new ArrayList<>();
      streams.add(
          video(
              0,
              needed.getOrDefault(SettingKey.CHROMA, false) ? "yuv444p10le" : "yuv420p10le",
              needed.getOrDefault(SettingKey.INTERLACED, false) ? "bb" : "progressive",
              hdr,
              "smpte2084",
              vision ? new DolbyVision(8, 1, plus) : DolbyVision.none(),
              List.of("default")));
      if (several) {
        streams.add(film(1));
      }
      MediaFacts facts = media(MATROSKA, streams.toArray(MediaStream[]::new));

      Planned planned = plan("/a.mkv", facts, chosen);

      Set<SettingKey> missing = new java.util.TreeSet<>();
      needed.forEach((key, isNeeded) -> {
        if (isNeeded && "skip".equals(chosen.get(key))) {
          missing.add(key);
        }
      });
      assertThat(planned instanceof Planned.Encode)
          .as("%s of %s", missing, facts)
          .isEqualTo(missing.isEmpty());
      if (planned instanceof Planned.Encode encode) {
        long ofThePicture =
            needed.entrySet().stream()
                .filter(entry -> entry.getKey() != SettingKey.SEVERAL_FILMS && entry.getValue())
                .count();
        String told = encode.plan().streams().getFirst().reason();
        assertThat(told.isEmpty() ? 0 : told.split("; ", -1).length)
            .as(told)
            .isEqualTo(ofThePicture);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/a.mkv,aac,subrip,/a.mp4",
    "/a.mkv,flac,mov_text,/a.mp4",
    "/a.mkv,truehd,subrip,/a.mkv",
    "/a.mkv,aac,ass,/a.mkv",
    "/a.mkv,aac,hdmv_pgs_subtitle,/a.mkv",
    "/a.mkv,aac,webvtt,/a.mkv",
    "/a.avi,pcm_s16le,subrip,/a.mkv",
    "/a.avi,mp3,subrip,/a.mp4",
    "/a.mov,aac,mov_text,/a.mp4",
    "/a.mp4,aac,mov_text,/a.mp4"
  })
  void mp4WhereItIsWantedAndHoldsEverything(String path, String sound, String text, String target) {
    String format = path.endsWith("mkv") ? MATROSKA : path.endsWith("avi") ? "avi" : MP4;
    EncodePlan plan =
        encode(
            path,
            media(format, film(0), audio(1, sound), subtitle(2, text), cover(3, "mjpeg")),
            Map.of(SettingKey.CONTAINER, "mp4"));

    assertThat(plan.targetPath()).hasToString(target);
    if (target.endsWith("mkv")) {
      assertThat(plan.streams())
          .extracting(PlannedStream::reason)
          .filteredOn(reason -> reason.contains("no MP4, which cannot hold it"))
          .hasSize(1);
    } else {
      assertThat(plan.streams().get(2).codec()).isEqualTo("mov_text");
    }
  }

  @ParameterizedTest
  @CsvSource({"eng,/a.mp4", "und,/a.mp4", "en,/a.mkv", "pt-BR,/a.mkv", "ENG,/a.mkv"})
  void mp4HoldsLanguagesOfThreeLettersAlone(String language, String target) {
    MediaStream.Audio sound =
        new MediaStream.Audio(1, "aac", "", 2, "stereo", Map.of("language", language), List.of());

    assertThat(
            encode("/a.mkv", media(MATROSKA, film(0), sound), Map.of(SettingKey.CONTAINER, "mp4"))
                .targetPath())
        .hasToString(target);
  }

  @Test
  void hevcOfAbAv1IsLeftAloneOnlyWhereHevcIsWished() {
    MediaFacts plain =
        media(
            MATROSKA,
            video(0, "yuv420p10le", "progressive", HdrKind.SDR, "", DolbyVision.none(), List.of()));
    MediaFacts made =
        new MediaFacts(
            plain.formatName(),
            0,
            3600,
            1L << 30,
            plain.streams(),
            0,
            Map.of("ab_av1_ffmpeg_args", "-c:v libx265 -crf 22"));

    assertThat(encode("/a.mkv", made, Map.of()).encoder()).isEqualTo(Encoder.LIBSVTAV1);
    assertThat(skipped(made, Map.of(SettingKey.ENCODERS, "av1_nvenc, libx265")))
        .isEqualTo(SkipReason.ALREADY_ENCODED);
    assertThat(encode("/a.mkv", plain, Map.of(SettingKey.ENCODERS, "libx265")).encoder())
        .isEqualTo(Encoder.LIBX265);
  }

  @Test
  void fontsKeepAFileOutOfMp4AndOpusBringsSoundIntoIt() {
    assertThat(
            encode(
                    "/a.mkv",
                    media(MATROSKA, film(0), font(1, Map.of())),
                    Map.of(SettingKey.CONTAINER, "mp4"))
                .targetPath())
        .hasToString("/a.mkv");
    assertThat(
            encode(
                    "/a.mkv",
                    media(MATROSKA, film(0), audio(1, "pcm_s16le")),
                    Map.of(SettingKey.CONTAINER, "mp4", SettingKey.AUDIO, "opus"))
                .targetPath())
        .hasToString("/a.mp4");
  }

  /** Milliseconds of Matroska would make a film in MP4 look as if its rate varied. */
  @Test
  void timeIsCountedAsInTheSourceUnlessMp4WouldShowMatroskasMilliseconds() {
    assertThat(encode("/a.mkv", media(MATROSKA, film(0)), Map.of()).streamArguments())
        .contains("enc_time_base:v:0=demux");
    assertThat(
            encode("/a.mkv", media(MATROSKA, film(0)), Map.of(SettingKey.CONTAINER, "mp4"))
                .streamArguments())
        .doesNotContain("enc_time_base:v:0=demux");
  }
}
