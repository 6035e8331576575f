package dev.reencodarr.workflows.plan;

import static dev.reencodarr.workflows.plan.Sources.MATROSKA;
import static dev.reencodarr.workflows.plan.Sources.MP4;
import static dev.reencodarr.workflows.plan.Sources.audio;
import static dev.reencodarr.workflows.plan.Sources.cover;
import static dev.reencodarr.workflows.plan.Sources.data;
import static dev.reencodarr.workflows.plan.Sources.file;
import static dev.reencodarr.workflows.plan.Sources.film;
import static dev.reencodarr.workflows.plan.Sources.font;
import static dev.reencodarr.workflows.plan.Sources.media;
import static dev.reencodarr.workflows.plan.Sources.subtitle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.plan.PlannedStream.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodePlannerTest {

  private static Planned plan(String path, MediaFacts facts) {
    return EncodePlanner.plan(
        new MediaPath(path), file(1L << 30), facts, QualitySettings.defaults());
  }

  private static EncodePlan encode(String path, MediaFacts facts) {
    return ((Planned.Encode) plan(path, facts)).plan();
  }

  private static EncodePlan encode(String path, String format, MediaStream... streams) {
    return encode(path, media(format, streams));
  }

  @ParameterizedTest
  @CsvSource({"0,95,93", "25,95,93", "26,94,92", "40,94,92", "41,92,90", "60,92,90", "61,91,90"})
  void theTargetFollowsTheSizeOfTheSource(long gib, double target, double floor) {
    Planned planned =
        EncodePlanner.plan(
            new MediaPath("/tv/a.mkv"),
            file(gib << 30),
            media(MATROSKA, film(0)),
            QualitySettings.defaults());

    EncodePlan plan = ((Planned.Encode) planned).plan();
    assertThat(plan.target()).isEqualTo(target);
    assertThat(plan.floor()).isEqualTo(floor);
    assertThat(plan.pixelFormat()).isEqualTo("yuv420p10le");
  }

  @ParameterizedTest
  @CsvSource({
    "/tv/a.mkv,'matroska,webm',/tv/a.mkv",
    "/tv/A.MKV,'matroska,webm',/tv/A.MKV",
    "/tv/a.mkv,avi,/tv/a.mkv",
    "/tv/a.mp4,'mov,mp4,m4a,3gp,3g2,mj2',/tv/a.mp4",
    "/tv/a.mp4,'matroska,webm',/tv/a.mkv",
    "/tv/a.m4v,'mov,mp4,m4a,3gp,3g2,mj2',/tv/a.mkv",
    "/tv/a.mov,'mov,mp4,m4a,3gp,3g2,mj2',/tv/a.mkv",
    "/tv/a.b.avi,avi,/tv/a.b.mkv",
    "/tv/a.ts,mpegts,/tv/a.mkv",
    "/tv/a.m2ts,mpegts,/tv/a.mkv",
    "/tv/noextension,mpegts,/tv/noextension.mkv"
  })
  void theResultKeepsItsPathWhereTheContainerCanStay(String path, String format, String target) {
    assertThat(encode(path, format, film(0), audio(1, "aac")).targetPath())
        .isEqualTo(new MediaPath(target));
  }

  @Test
  void webmStaysOnlyWithWhatItMayHold() {
    assertThat(encode("/a.webm", MATROSKA, film(0), audio(1, "opus")).targetPath())
        .hasToString("/a.webm");
    assertThat(encode("/a.webm", MATROSKA, film(0), audio(1, "aac")).targetPath())
        .hasToString("/a.mkv");
    assertThat(encode("/a.webm", MATROSKA, film(0), subtitle(1, "subrip")).targetPath())
        .hasToString("/a.mkv");
  }

  @Test
  void mp4WithASoundThatMp4CannotHoldBecomesMatroska() {
    assertThat(encode("/a.mp4", MP4, film(0), audio(1, "pcm_s16le")).targetPath())
        .hasToString("/a.mkv");
  }

  @Test
  void aNameMayGrowUpTo255Bytes() {
    assertThat(encode("/" + "é".repeat(125) + "a.ts", "mpegts", film(0)).targetPath().fileName())
        .endsWith(".mkv");
    assertThat(plan("/" + "é".repeat(125) + "ab.ts", media("mpegts", film(0))))
        .isInstanceOf(Planned.Skip.class);
  }

  @Test
  void everyStreamOfMatroskaIsKept() {
    EncodePlan plan =
        encode(
            "/a.mkv",
            MATROSKA,
            film(0),
            audio(1, "dts"),
            audio(2, "ac3"),
            subtitle(3, "hdmv_pgs_subtitle"),
            subtitle(4, "ass"),
            font(5, Map.of("filename", "a.ttf", "mimetype", "font/ttf")));

    assertThat(plan.streams())
        .extracting(PlannedStream::action, PlannedStream::codec)
        .containsExactly(
            tuple(Action.ENCODE, "av1"),
            tuple(Action.COPY, "dts"),
            tuple(Action.COPY, "ac3"),
            tuple(Action.COPY, "hdmv_pgs_subtitle"),
            tuple(Action.COPY, "ass"),
            tuple(Action.COPY, "ttf"));
    assertThat(plan.streamArguments())
        .containsExactly("--enc", "disposition:v:0=default", "--enc", "enc_time_base:v:0=demux");
    assertThat(plan.prepareArguments()).isEmpty();
  }

  @Test
  void textSubtitlesOfMp4BecomeSubripInMatroskaAndStayInMp4() {
    EncodePlan moved =
        encode("/a.m4v", MP4, film(0), subtitle(1, "dvd_subtitle"), subtitle(2, "mov_text"));
    assertThat(moved.streams().get(2).action()).isEqualTo(Action.CONVERT);
    assertThat(moved.streams().get(2).codec()).isEqualTo("subrip");
    assertThat(moved.streamArguments()).contains("c:s:1=srt");

    EncodePlan stayed = encode("/a.mp4", MP4, film(0), subtitle(1, "mov_text"));
    assertThat(stayed.streams().get(1).action()).isEqualTo(Action.COPY);
  }

  @Test
  void aCoverOfMatroskaComesBackAsAnAttachmentBehindTheOthers() {
    EncodePlan plan =
        encode(
            "/a.mkv",
            MATROSKA,
            film(0),
            font(1, Map.of("filename", "a.ttf", "mimetype", "font/ttf")),
            cover(2, "mjpeg"));

    assertThat(plan.streams().get(2).action()).isEqualTo(Action.COVER);
    assertThat(plan.prepareArguments())
        .containsExactly(
            "-map",
            "0:2",
            "-c",
            "copy",
            "-frames:v",
            "1",
            "-update",
            "1",
            "-f",
            "image2",
            "cover-2.jpg");
    assertThat(plan.streamArguments())
        .contains(
            "map=-0:2",
            "attach=cover-2.jpg",
            "metadata:s:t:1=filename=cover art.jpg",
            "metadata:s:t:1=mimetype=image/jpeg");
  }

  @Test
  void aCoverOfMp4StaysAndNeverComesBeforeTheFilm() {
    assertThat(encode("/a.mp4", MP4, film(0), cover(1, "png")).streamArguments())
        .containsExactly("--enc", "disposition:v:0=default", "--enc", "enc_time_base:v:0=demux");
    assertThat(encode("/a.mp4", MP4, cover(0, "png"), film(1)).streamArguments())
        .containsSubsequence("map=-0:0", "map=0:0");
  }

  @Test
  void keyFramesAreCountedByTheFilmWhereACoverComesFirst() {
    assertThat(encode("/a.mkv", MATROSKA, cover(0, "mjpeg"), film(1)).encodeArguments())
        .containsExactly("--keyint", "240", "--scd", "true");
    assertThat(encode("/a.mkv", MATROSKA, film(0), cover(1, "mjpeg")).encodeArguments()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'matroska,webm',5.25,true",
    "asf,5.25,true",
    "'matroska,webm',0,false",
    "'matroska,webm',-0.023,false",
    "'mov,mp4,m4a,3gp,3g2,mj2',5.25,false",
    "mpegts,5.25,false"
  })
  void aClockThatBeginsLateIsKeptWhereTheDurationCountsTheTimeBefore(
      String format, double start, boolean kept) {
    MediaFacts facts = new MediaFacts(format, start, 3600, 1L << 30, List.of(film(0)), 0, Map.of());

    List<String> arguments = encode("/a.mkv", facts).streamArguments();

    assertThat(arguments.contains("itsoffset=5.250000")).isEqualTo(kept);
    assertThat(arguments.contains("--enc-input")).isEqualTo(kept);
    assertThat(encode("/a.mkv", facts).encodeArguments()).isEmpty();
  }

  @Test
  void anOddSizeIsKept() {
    MediaStream.Video odd =
        new MediaStream.Video(
            0,
            "mpeg2video",
            "",
            720,
            405,
            0,
            "yuv420p",
            25,
            25,
            "",
            0,
            0,
            HdrKind.SDR,
            Map.of(),
            Map.of(),
            List.of());
    EncodePlan plan = encode("/a.mpg", "mpeg", odd);

    assertThat(plan.encodeArguments()).isEmpty();
    assertThat(plan.streams().getFirst().reason()).isEmpty();
  }

  @Test
  void dataIsDroppedWithAReason() {
    EncodePlan plan = encode("/a.mp4", MP4, film(0), audio(1, "aac"), data(2, "tmcd"));

    assertThat(plan.streams().get(2).action()).isEqualTo(Action.DROP);
    assertThat(plan.streams().get(2).reason()).contains("timecode");
    assertThat(plan.streamArguments()).contains("map=-0:2");
  }

  @Test
  void attachmentsWithoutNameOrTypeGetOne() {
    assertThat(encode("/a.mkv", MATROSKA, film(0), font(1, Map.of())).streamArguments())
        .contains(
            "metadata:s:t:0=filename=attachment-1",
            "metadata:s:t:0=mimetype=application/octet-stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dvb_teletext", "eia_608", "xsub", ""})
  void aSubtitleThatWouldBeLostMeansThatTheFileIsLeftAlone(String codec) {
    Planned planned = plan("/a.ts", media("mpegts", film(0), subtitle(1, codec)));

    assertThat(((Planned.Skip) planned).reason()).isEqualTo(SkipReason.UNSUPPORTED_FORMAT);
    assertThat(((Planned.Skip) planned).detail()).contains("subtitle stream 1");
  }

  @Test
  void aSoundOfAnUnknownKindMeansThatTheFileIsLeftAlone() {
    assertThat(plan("/a.mov", media(MP4, film(0), audio(1, "aac"), audio(2, ""))))
        .isInstanceOf(Planned.Skip.class);
  }
}
