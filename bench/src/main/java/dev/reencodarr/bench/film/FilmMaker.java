package dev.reencodarr.bench.film;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.stack.TimedProgram;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes short films of the real clips; the same ones each time. */
public final class FilmMaker {

  /** Seconds of a short film. */
  private static final String LENGTH = "2";

  private static final String SIZE = "scale=640:360";

  private final Path ffmpeg;
  private final Path clips;
  private final TimedProgram programs;

  /** Takes the clips from the home of the workplace. */
  public FilmMaker(Workplace place) {
    this.ffmpeg = place.tools().ffmpeg();
    this.clips = place.home().clips();
    this.programs = new TimedProgram(place.folder(), Map.of());
  }

  /**
   * Two seconds of a clip as H.264 with many bits, which AV1 can do without.
   *
   * @param start in seconds
   */
  public void rich(String clip, int start, Path film)
      throws NoFigure, IOException, InterruptedException {
    cut(clip, start, List.of("-qp", "12"), film);
  }

  /** The same with few bits, of which little can be saved. */
  public void lean(String clip, int start, Path film)
      throws NoFigure, IOException, InterruptedException {
    cut(clip, start, List.of("-crf", "32"), film);
  }

  private void cut(String clip, int start, List<String> quality, Path film)
      throws NoFigure, IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-ss", Integer.toString(start), "-i", clips.resolve(clip).toString()));
    arguments.addAll(List.of("-t", LENGTH, "-map", "0:v:0", "-map", "0:a:0?", "-vf", SIZE));
    arguments.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-threads", "1"));
    // Copied sound would be longer than the picture: it is cut at its own packets.
    arguments.addAll(List.of("-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k"));
    arguments.addAll(quality);
    make(arguments, film);
  }

  /**
   * Scenes of a clip one after the other, without sound, as H.264 at the clip's own size.
   *
   * @param starts of the scenes, in seconds
   * @param seconds of each
   * @param crf of the film, by x264
   */
  public void scenes(String clip, List<Integer> starts, int seconds, String crf, Path film)
      throws NoFigure, IOException, InterruptedException {
    String chosen =
        starts.stream()
            .map(start -> "gte(t," + start + ")*lt(t," + (start + seconds) + ")")
            .collect(Collectors.joining("+"));
    make(
        List.of(
            "-i",
            clips.resolve(clip).toString(),
            "-vf",
            "select='" + chosen + "',setpts=N/24/TB",
            "-r",
            "24",
            "-an",
            "-c:v",
            "libx264",
            "-preset",
            "fast",
            "-crf",
            crf,
            "-pix_fmt",
            "yuv420p"),
        film);
  }

  /** All of a clip as a disc would hold it; such films can be joined. */
  public void whole(String clip, Path film) throws NoFigure, IOException, InterruptedException {
    make(
        List.of(
            "-i",
            clips.resolve(clip).toString(),
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=330",
            "-map",
            "0:v:0",
            "-map",
            "1:a:0",
            "-shortest",
            "-vf",
            "scale=640:360:force_original_aspect_ratio=increase,crop=640:360,setsar=1,fps=24",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-qp",
            "16",
            "-pix_fmt",
            "yuv420p",
            "-c:a",
            "aac",
            "-b:a",
            "128k"),
        film);
  }

  /** Films one after the other, as they are. */
  public void joined(List<Path> films, Path whole)
      throws NoFigure, IOException, InterruptedException {
    Path list = whole.resolveSibling("list of parts");
    Files.write(list, films.stream().map(film -> "file '" + film.getFileName() + "'").toList());
    make(
        List.of("-f", "concat", "-safe", "0", "-i", list.toString(), "-map", "0", "-c", "copy"),
        whole);
    Files.delete(list);
  }

  /** The film as AV1, as a finished library holds it. */
  public void av1(Path film, Path result) throws NoFigure, IOException, InterruptedException {
    make(
        List.of(
            "-i",
            film.toString(),
            "-map",
            "0",
            "-c",
            "copy",
            "-c:v",
            "libsvtav1",
            "-preset",
            "10",
            "-crf",
            "35",
            "-pix_fmt",
            "yuv420p10le"),
        result);
  }

  /** Many files that differ in their title alone: what they hold is known once for all. */
  public void titled(Path film, List<Path> copies)
      throws NoFigure, IOException, InterruptedException {
    Path pattern = film.resolveSibling("pattern.mkv");
    make(
        List.of(
            "-i",
            film.toString(),
            "-map",
            "0",
            "-c",
            "copy",
            "-metadata",
            "title=" + Titles.MARK,
            // A checksum over the title would have to be written anew for each.
            "-write_crc32",
            "0"),
        pattern);
    Titles titles = Titles.in(Files.readAllBytes(pattern));
    for (int number = 0; number < copies.size(); number++) {
      Files.write(copies.get(number), titles.numbered(number));
    }
    Files.delete(pattern);
  }

  private void make(List<String> arguments, Path film)
      throws NoFigure, IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(ffmpeg.toString(), "-nostdin", "-v", "error", "-y"));
    command.addAll(arguments);
    command.add(film.toString());
    programs.succeed(command);
  }

  /** Dates files so that no scan takes them for half copied. */
  public static void date(List<Path> films) throws IOException {
    FileTime hourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    for (Path film : films) {
      Files.setLastModifiedTime(film, hourAgo);
    }
  }
}
