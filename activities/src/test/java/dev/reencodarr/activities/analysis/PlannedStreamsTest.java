package dev.reencodarr.activities.analysis;

import static dev.reencodarr.activities.process.TestClips.ffmpeg;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.PlainRunner;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.EncodePlanner;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.PlannedStream;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.SettingKey;
import dev.reencodarr.workflows.plan.SettingValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real ab-av1 and ffmpeg, given what the plan says, make what the plan says. */
class PlannedStreamsTest {

  private final PlainRunner runner = new PlainRunner();
  private final Ffprobe ffprobe = new Ffprobe(runner, TestTools.tools());

  @TempDir Path folder;
  private Path clip = Path.of("/");
  private Path picture = Path.of("/");
  private Path subtitles = Path.of("/");
  private Path chapters = Path.of("/");

  @BeforeEach
  void makeIngredients() throws Exception {
    clip = TestClips.made(folder.resolve("clip.mp4"), 1);
    picture = folder.resolve("cover.jpg");
    ffmpeg("-f", "lavfi", "-i", "color=red:size=600x900", "-frames:v", "1", picture);
    subtitles =
        Files.writeString(folder.resolve("s.srt"), "1\n00:00:00,000 --> 00:00:01,000\nHello\n");
    chapters =
        Files.writeString(
            folder.resolve("chapters.txt"),
            """
            ;FFMETADATA1
            title=The Film
            [CHAPTER]
            TIMEBASE=1/1000
            START=0
            END=500
            title=One
            [CHAPTER]
            TIMEBASE=1/1000
            START=500
            END=1000
            title=Two
            """);
  }

  private MediaFacts encodeAsPlanned(Path source) throws Exception {
    return encodeAsPlanned(source, QualitySettings.defaults());
  }

  private MediaFacts encodeAsPlanned(Path source, QualitySettings quality) throws Exception {
    MediaFacts facts = ffprobe.read(source);
    Planned planned =
        EncodePlanner.plan(new MediaPath(source.toString()), FileLook.at(source), facts, quality);
    EncodePlan plan = ((Planned.Encode) planned).plan();
    Path job = Files.createDirectory(folder.resolve("job"));
    Path link = job.resolve("src." + new MediaPath(source.toString()).extension());
    Files.createSymbolicLink(link, source);
    if (!plan.prepareArguments().isEmpty()) {
      List<String> prepare = new ArrayList<>();
      prepare.add(TestTools.tools().ffmpeg().toString());
      prepare.addAll(List.of("-nostdin", "-y", "-v", "error", "-i", link.toString()));
      prepare.addAll(plan.prepareArguments());
      run(job, prepare);
    }
    Path result = job.resolve("out." + plan.targetPath().extension());
    List<String> encode = new ArrayList<>();
    encode.addAll(List.of(TestTools.tools().abAv1().toString(), "encode"));
    encode.addAll(List.of("-i", link.toString(), "-o", result.toString()));
    encode.addAll(List.of("--crf", "50", "--preset", "12", "--pix-format", plan.pixelFormat()));
    encode.addAll(List.of("--verify", "--fail-fast"));
    encode.addAll(plan.encodeArguments());
    encode.addAll(plan.streamArguments());
    run(job, encode);
    MediaFacts made = ffprobe.read(result);
    assertThat(made.streams())
        .filteredOn(stream -> !(stream instanceof MediaStream.Data))
        .extracting(MediaStream::codec)
        .containsExactlyInAnyOrderElementsOf(
            plan.streams().stream()
                .filter(stream -> stream.action() != PlannedStream.Action.DROP)
                .map(PlannedStream::codec)
                .toList());
    assertThat(made.films()).hasSize(1);
    MediaStream.Video film = made.mainVideo().orElseThrow();
    assertThat(film.codec()).isEqualTo("av1");
    MediaStream.Video before = facts.mainVideo().orElseThrow();
    assertThat(film.width()).isEqualTo(before.width());
    assertThat(film.height()).isEqualTo(before.height());
    return made;
  }

  private void run(Path job, List<String> command) throws Exception {
    ProgramEnd end =
        runner.run(
            new ProgramCall(command, job, Map.of(), Duration.ofMinutes(2), 10_000, false),
            () -> {});
    assertThat(end.exitCode()).as("%s: %s", command, end.stderr()).isZero();
  }

  private static List<MediaStream.Video> covers(MediaFacts facts) {
    return facts.streams().stream()
        .filter(MediaStream.Video.class::isInstance)
        .map(MediaStream.Video.class::cast)
        .filter(video -> video.dispositions().contains("attached_pic"))
        .toList();
  }

  @Test
  void mp4KeepsItsCover() throws Exception {
    Path source = folder.resolve("a.mp4");
    ffmpeg(
        "-i",
        clip,
        "-i",
        picture,
        "-map",
        "0",
        "-map",
        "1",
        "-c",
        "copy",
        "-disposition:v:1",
        "attached_pic",
        source);

    assertThat(covers(encodeAsPlanned(source))).hasSize(1);
  }

  @Test
  void aCoverMovesFromMp4ToMatroska() throws Exception {
    Path source = folder.resolve("a.m4v");
    ffmpeg(
        "-i",
        clip,
        "-i",
        picture,
        "-map",
        "0",
        "-map",
        "1",
        "-c",
        "copy",
        "-disposition:v:1",
        "attached_pic",
        "-f",
        "mp4",
        source);

    assertThat(covers(encodeAsPlanned(source))).hasSize(1);
  }

  @Test
  void matroskaKeepsCoversAndFontsAsAttachments() throws Exception {
    Path font = Files.write(folder.resolve("f.ttf"), new byte[3000]);
    Path source = folder.resolve("a.mkv");
    ffmpeg(
        "-i",
        clip,
        "-c",
        "copy",
        "-attach",
        picture,
        "-attach",
        font,
        "-metadata:s:t:0",
        "mimetype=image/jpeg",
        "-metadata:s:t:0",
        "filename=folder art.jpg",
        "-metadata:s:t:1",
        "mimetype=application/x-truetype-font",
        source);

    MediaFacts made = encodeAsPlanned(source);

    assertThat(covers(made))
        .extracting(cover -> cover.tags().get("filename"))
        .containsExactly("folder art.jpg");
    assertThat(made.streams())
        .filteredOn(MediaStream.Attachment.class::isInstance)
        .extracting(attachment -> attachment.tags().get("filename"))
        .containsExactly("f.ttf");
  }

  @Test
  void aPictureBeforeTheFilmIsNotWhatIsEncoded() throws Exception {
    Path source = folder.resolve("a.mkv");
    ffmpeg("-i", picture, "-i", clip, "-map", "0", "-map", "1", "-c", "copy", source);

    assertThat(covers(encodeAsPlanned(source))).hasSize(1);
  }

  @Test
  void everythingOfALargeMatroskaSurvives() throws Exception {
    Path font = Files.write(folder.resolve("f.ttf"), new byte[3000]);
    Path source = folder.resolve("a.mkv");
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of("-i", clip, "-i", subtitles, "-i", subtitles, "-i", chapters));
    arguments.addAll(
        Arrays.asList(
            ("-map 0:v -map 0:a -map 0:a -map 1 -map 2 -map_metadata 3 -map_chapters 3 -c:v copy"
                    + " -c:a:0 copy -c:a:1 ac3 -c:s:0 srt -c:s:1 ass"
                    + " -metadata:s:t mimetype=application/x-truetype-font"
                    + " -metadata:s:v BPS=12345 -metadata:s:a:0 language=eng"
                    + " -metadata:s:a:1 language=ger -metadata:s:a:1 title=Kommentar"
                    + " -metadata:s:s:0 language=eng -metadata:s:s:1 language=ger"
                    + " -disposition:a:0 0 -disposition:a:1 default+comment"
                    + " -disposition:s:0 0 -disposition:s:1 forced")
                .split(" ")));
    arguments.addAll(List.of("-attach", font, source));
    ffmpeg(arguments.toArray());
    MediaFacts before = ffprobe.read(source);

    MediaFacts made = encodeAsPlanned(source);

    assertThat(made.chapters()).isEqualTo(2);
    assertThat(made.tags()).containsEntry("title", "The Film");
    for (String tag : List.of("language", "title", "filename", "mimetype")) {
      assertThat(made.streams())
          .extracting(stream -> stream.tags().getOrDefault(tag, ""))
          .as("%s", tag)
          .containsExactlyElementsOf(
              before.streams().stream()
                  .map(stream -> stream.tags().getOrDefault(tag, ""))
                  .toList());
    }
    assertThat(made.streams())
        .extracting(MediaStream::dispositions)
        .containsExactlyElementsOf(
            before.streams().stream().map(MediaStream::dispositions).toList());
    assertThat(before.streams().getFirst().tags()).containsKey("bps");
    assertThat(made.streams().getFirst().tags()).doesNotContainKey("bps");
  }

  @Test
  void soundBecomesOpusTrackByTrackAndKeepsItsChannelsLanguagesAndFlags() throws Exception {
    Path source = folder.resolve("a.mkv");
    List<Object> arguments = new ArrayList<>(List.of("-i", clip));
    arguments.addAll(
        Arrays.asList(
            ("-map 0:v -map 0:a -map 0:a -map 0:a -map 0:a -c:v copy"
                    + " -c:a:0 copy -c:a:1 ac3 -b:a:1 384k -c:a:2 flac -c:a:3 libopus -b:a:3 48k"
                    + " -filter:a:1 aformat=channel_layouts=5.1(side)"
                    + " -filter:a:2 aformat=channel_layouts=7.1"
                    + " -metadata:s:a:0 language=eng -metadata:s:a:0 BPS=128000"
                    + " -metadata:s:a:1 language=ger -metadata:s:a:1 title=Kommentar"
                    + " -disposition:a:0 0 -disposition:a:1 default+comment")
                .split(" ")));
    arguments.add(source);
    ffmpeg(arguments.toArray());
    MediaFacts before = ffprobe.read(source);

    MediaFacts made =
        encodeAsPlanned(
            source,
            QualitySettings.defaults()
                .with(List.of(new SettingValue(SettingKey.AUDIO, "opus", "a test"))));

    List<MediaStream.Audio> tracks = sound(made);
    assertThat(tracks).extracting(MediaStream.Audio::codec).containsOnly("opus");
    assertThat(tracks).extracting(MediaStream.Audio::channels).containsExactly(1, 6, 8, 1);
    assertThat(tracks)
        .extracting(MediaStream.Audio::channelLayout)
        .containsExactly("mono", "5.1", "7.1", "mono");
    for (String tag : List.of("language", "title")) {
      assertThat(tracks)
          .extracting(track -> track.tags().getOrDefault(tag, ""))
          .as("%s", tag)
          .containsExactlyElementsOf(
              sound(before).stream().map(track -> track.tags().getOrDefault(tag, "")).toList());
    }
    assertThat(tracks)
        .extracting(MediaStream::dispositions)
        .containsExactlyElementsOf(sound(before).stream().map(MediaStream::dispositions).toList());
    assertThat(tracks.getFirst().tags()).as("a figure of another encode").doesNotContainKey("bps");
  }

  private static List<MediaStream.Audio> sound(MediaFacts facts) {
    return facts.streams().stream()
        .filter(MediaStream.Audio.class::isInstance)
        .map(MediaStream.Audio.class::cast)
        .toList();
  }

  @Test
  void textSubtitlesOfMp4SurviveInEitherContainer() throws Exception {
    Path mp4 = folder.resolve("a.mp4");
    ffmpeg(
        "-i",
        clip,
        "-i",
        subtitles,
        "-map",
        "0",
        "-map",
        "1",
        "-c",
        "copy",
        "-c:s",
        "mov_text",
        mp4);
    encodeAsPlanned(mp4);

    Files.move(folder.resolve("job"), folder.resolve("first job"));
    encodeAsPlanned(Files.move(mp4, folder.resolve("a.m4v")));
  }

  @Test
  void timecodesAndChapterTracksDoNotStandInTheWay() throws Exception {
    Path source = folder.resolve("a.mp4");
    ffmpeg(
        "-i",
        clip,
        "-i",
        chapters,
        "-map",
        "0",
        "-map_metadata",
        "1",
        "-map_chapters",
        "1",
        "-c",
        "copy",
        "-timecode",
        "01:00:00:00",
        source);

    assertThat(encodeAsPlanned(source).chapters()).isEqualTo(2);
  }

  @Test
  void anOddSizeIsCutAsPlanned() throws Exception {
    Path source = folder.resolve("a.mkv");
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=321x181:rate=25:duration=0.4",
        "-c:v",
        "ffv1",
        "-pix_fmt",
        "yuv420p",
        source);

    assertThat(encodeAsPlanned(source).mainVideo().orElseThrow().height()).isEqualTo(180);
  }

  @Test
  void webmStaysWebm() throws Exception {
    Path source = folder.resolve("a.webm");
    ffmpeg(
        "-i",
        clip,
        "-c:v",
        "libvpx-vp9",
        "-cpu-used",
        "8",
        "-deadline",
        "realtime",
        "-c:a",
        "libopus",
        source);

    assertThat(encodeAsPlanned(source).formatName()).contains("webm");
  }

  @Test
  void hdr10KeepsItsColoursAndItsMasteringMetadata() throws Exception {
    Path source = folder.resolve("a.mkv");
    ffmpeg(
        "-i",
        clip,
        "-t",
        "0.5",
        "-c:v",
        "libx265",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p10le",
        "-x265-params",
        "log-level=error:hdr10=1:repeat-headers=1:colorprim=bt2020:transfer=smpte2084"
            + ":colormatrix=bt2020nc:range=limited:max-cll=1000,400"
            + ":master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)",
        "-c:a",
        "copy",
        source);
    MediaStream.Video before = ffprobe.read(source).mainVideo().orElseThrow();

    MediaStream.Video made = encodeAsPlanned(source).mainVideo().orElseThrow();

    assertThat(made.hdr()).isEqualTo(HdrKind.HDR10);
    assertThat(made.colour()).isEqualTo(before.colour()).containsEntry("color_primaries", "bt2020");
    String sideData = sideData(folder.resolve("job/out.mkv"));
    assertThat(sideData).contains("Mastering display metadata").contains("\"max_content\": 1000");
  }

  private String sideData(Path file) throws Exception {
    ProgramCall call =
        new ProgramCall(
            List.of(
                TestTools.tools().ffprobe().toString(),
                "-v",
                "error",
                "-show_streams",
                "-of",
                "json",
                file.toString()),
            folder,
            Map.of(),
            Duration.ofMinutes(1),
            100_000,
            false);
    return runner.run(call, () -> {}).stdout();
  }
}
