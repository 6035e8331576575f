package dev.reencodarr.activities.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Real clips, fetched by the launcher before the tests, and small ones made on the spot. */
public final class TestClips {

  private TestClips() {}

  /** A real clip by its file name, such as {@code waterfall.mp4}; never to be written to. */
  public static Path real(String name) {
    Path folder =
        Optional.ofNullable(System.getenv("REENCODARR_TEST_CLIPS"))
            .map(Path::of)
            .orElseGet(() -> TestTools.home().resolve("clips"));
    Path clip = folder.resolve(name);
    if (!Files.isRegularFile(clip)) {
      throw new IllegalStateException(
          clip + " is not there: ./reencodarr test fetches the clips before it runs the tests");
    }
    return clip;
  }

  /** Runs ffmpeg with these arguments ({@code -y -loglevel error} are added) or fails the test. */
  public static void ffmpeg(Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(TestTools.tools().ffmpeg().toString());
    command.addAll(List.of("-nostdin", "-y", "-loglevel", "error"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException("exit " + exit + " of " + command);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A moving test picture with a tone, H.264 and AAC, easy to shrink. */
  public static Path made(Path target, int seconds) {
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=320x180:rate=25:duration=" + seconds,
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440:duration=" + seconds,
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-qp",
        "8",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-shortest",
        target);
    return target;
  }
}
