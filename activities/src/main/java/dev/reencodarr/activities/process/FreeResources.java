package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the machine has left. */
public final class FreeResources {

  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

  private FreeResources() {}

  /** Bytes that may be written where the folder lies; empty when the file system does not say. */
  public static OptionalLong diskBytes(Path folder) {
    try {
      return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Bytes of memory that programs may still take; empty when the kernel does not say. */
  public static OptionalLong memoryBytes() {
    try {
      Matcher matcher = AVAILABLE.matcher(Files.readString(MEMORY));
      return matcher.find()
          ? OptionalLong.of(Long.parseLong(matcher.group(1)) * 1024)
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
