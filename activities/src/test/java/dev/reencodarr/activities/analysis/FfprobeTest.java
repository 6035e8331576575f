package dev.reencodarr.activities.analysis;

import static dev.reencodarr.activities.process.TestClips.ffmpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.PlainRunner;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FfprobeTest {

  private final Ffprobe ffprobe = new Ffprobe(new PlainRunner(), TestTools.tools());

  @TempDir Path folder;

  @Test
  void readsTheStreamsOfARealClip() throws Exception {
    MediaFacts facts = ffprobe.read(TestClips.real("bigbuckbunny.mp4"));

    assertThat(facts.formatName()).contains("mp4");
    assertThat(facts.durationSeconds()).isBetween(5.2, 5.4);
    assertThat(facts.sizeBytes()).isEqualTo(1_055_736);
    MediaStream.Video film = facts.mainVideo().orElseThrow();
    assertThat(film.codec()).isEqualTo("h264");
    assertThat(film.width()).isEqualTo(1280);
    assertThat(film.pixelFormat()).isEqualTo("yuv420p");
    assertThat(film.averageFrameRate()).isEqualTo(25);
    assertThat(film.hdr()).isEqualTo(HdrKind.SDR);
    assertThat(facts.streams())
        .filteredOn(MediaStream.Audio.class::isInstance)
        .extracting(audio -> ((MediaStream.Audio) audio).channels())
        .contains(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-leading dash.mkv",
        "new\nline.mkv",
        "quotes \" ' ` $(id) ;.mkv",
        "🎬 %03d %s [a]{b}*.mkv",
        "file:colon:C:\\x.mkv",
        "http://example.org",
        ".hidden"
      })
  void readsAFileWhateverItsName(String name) throws Exception {
    Path clip = TestClips.made(folder.resolve("plain.mp4"), 1);
    Path awful = folder.resolve(name.replace("/", "∕"));
    Files.move(clip, awful);

    assertThat(ffprobe.read(awful).mainVideo()).isPresent();
  }

  @Test
  void tellsCoversFromTheFilm() throws Exception {
    Path clip = TestClips.made(folder.resolve("plain.mp4"), 1);
    Path picture = folder.resolve("cover.jpg");
    ffmpeg("-f", "lavfi", "-i", "color=red:size=600x900", "-frames:v", "1", picture);
    Path attached = folder.resolve("attached.mkv");
    ffmpeg(
        "-i",
        clip,
        "-c",
        "copy",
        "-attach",
        picture,
        "-metadata:s:t",
        "mimetype=image/jpeg",
        attached);
    Path first = folder.resolve("first.mkv");
    ffmpeg("-i", picture, "-i", clip, "-map", "0", "-map", "1", "-c", "copy", first);

    for (Path file : new Path[] {attached, first}) {
      MediaFacts facts = ffprobe.read(file);
      assertThat(facts.films()).as("%s", file).hasSize(1);
      assertThat(facts.mainVideo().orElseThrow().codec()).isEqualTo("h264");
    }
  }

  @ParameterizedTest
  @CsvSource({"90,mp4,180,320", "180,mkv,320,180", "270,mkv,180,320", "0,mp4,320,180"})
  void knowsHowPlayersTurnThePicture(int degrees, String container, int width, int height)
      throws Exception {
    Path clip = TestClips.made(folder.resolve("plain.mp4"), 1);
    Path turned = folder.resolve("turned." + container);
    ffmpeg("-display_rotation", Integer.toString(degrees), "-i", clip, "-c", "copy", turned);

    MediaStream.Video film = ffprobe.read(turned).mainVideo().orElseThrow();

    assertThat(film.rotation()).isEqualTo(degrees);
    assertThat(film.shownWidth()).isEqualTo(width);
    assertThat(film.shownHeight()).isEqualTo(height);
  }

  @Test
  void knowsHowMuchOfADurationIsBeforeTheBeginning() throws Exception {
    Path clip = TestClips.made(folder.resolve("plain.mp4"), 1);
    for (String container : new String[] {"mkv", "mp4"}) {
      Path late = folder.resolve("late." + container);
      ffmpeg("-itsoffset", "5", "-i", clip, "-c", "copy", "-copyts", late);

      MediaFacts facts = ffprobe.read(late);

      assertThat(facts.startSeconds()).isBetween(4.9, 5.0);
      assertThat(facts.durationSeconds() - facts.silentSeconds()).isBetween(0.9, 1.1);
    }
  }

  @ParameterizedTest
  @CsvSource({"smpte2084,HDR10", "arib-std-b67,HLG", "bt709,SDR"})
  void knowsTheDynamicRange(String transfer, HdrKind kind) throws Exception {
    Path file = folder.resolve("hdr.mkv");
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=128x128:rate=25:duration=0.4",
        "-c:v",
        "libx265",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p10le",
        "-x265-params",
        "log-level=error:colorprim=bt2020:colormatrix=bt2020nc:transfer=" + transfer,
        file);

    assertThat(ffprobe.read(file).mainVideo().orElseThrow().hdr()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "DOVI configuration record,DOLBY_VISION",
    "Dolby Vision RPU Data,DOLBY_VISION",
    "HDR Dynamic Metadata SMPTE2094-40 (HDR10+),HDR10_PLUS",
    "Mastering display metadata,HDR10"
  })
  void knowsDynamicMetadataByFfprobesNameForIt(String sideData, HdrKind kind) throws Exception {
    String frames = "[{\"side_data_list\": [{\"side_data_type\": \"%s\"}]}]".formatted(sideData);

    assertThat(FfprobeAnswer.hdrOfFrames(new ObjectMapper().readTree(frames), HdrKind.HDR10))
        .isEqualTo(kind);
  }

  @Test
  void whatIsNoMediaIsRefusedWithFfprobesWords() throws Exception {
    Path text = Files.writeString(folder.resolve("text.mkv"), "Not a film.\n".repeat(50));

    assertThatThrownBy(() -> ffprobe.read(text))
        .isInstanceOf(NotMedia.class)
        .hasMessageContaining("Invalid data");
  }

  @Test
  void aPlaylistWithTheNameOfAVideoOpensNothingElse() throws Exception {
    TestClips.made(folder.resolve("other.mp4"), 1);
    Path hls =
        Files.writeString(
            folder.resolve("hls.mkv"),
            "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nother.mp4\n#EXT-X-ENDLIST\n");
    Path concat =
        Files.writeString(folder.resolve("c.mkv"), "ffconcat version 1.0\nfile other.mp4\n");

    assertThatThrownBy(() -> ffprobe.read(hls)).isInstanceOf(NotMedia.class);
    assertThatThrownBy(() -> ffprobe.read(concat)).isInstanceOf(NotMedia.class);
  }

  @Test
  void aMissingFfprobeIsTheFaultOfTheWorker() {
    ToolSet tools = TestTools.tools();
    Ffprobe broken =
        new Ffprobe(
            new PlainRunner(), new ToolSet(tools.abAv1(), tools.ffmpeg(), folder.resolve("none")));

    assertThatThrownBy(() -> broken.read(folder)).isInstanceOf(ProgramNotStarted.class);
  }
}
