package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Programs that may read what others forbid to them no more than an ordinary user, root's too. */
public final class WithoutRootsRights {

  private static final String NONE = "-dac_override,-dac_read_search";

  private WithoutRootsRights() {}

  /** What stands before a program; nothing where these tests are not run by root. */
  public static List<String> prefix() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)
        ? List.of("/usr/bin/setpriv", "--bounding-set=" + NONE, "--inh-caps=" + NONE, "--")
        : List.of();
  }

  /** The tools, run without these rights; the scripts lie in the folder. */
  public static ToolSet tools(Path folder) throws IOException {
    ToolSet real = TestTools.tools();
    return new ToolSet(
        made(folder.resolve("ab-av1"), real.abAv1()),
        made(folder.resolve("ffmpeg"), real.ffmpeg()),
        made(folder.resolve("ffprobe"), real.ffprobe()));
  }

  private static Path made(Path place, Path tool) throws IOException {
    return ScriptedTool.made(
        place, "exec " + String.join(" ", prefix()) + " '" + tool + "' \"$@\"");
  }

  /** Forbids a file to everybody. */
  public static Path forbidden(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
  }
}
