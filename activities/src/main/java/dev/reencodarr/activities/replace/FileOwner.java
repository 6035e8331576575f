package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Whose a file is, in the kernel's numbers. */
public record FileOwner(int uid, int gid) {

  /** Empty if there is nothing of this name; no symbolic link is followed. */
  public static Optional<FileOwner> of(Path file) throws IOException {
    try {
      Map<String, Object> read =
          Files.readAttributes(file, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
      if (read.get("uid") instanceof Integer uid && read.get("gid") instanceof Integer gid) {
        return Optional.of(new FileOwner(uid, gid));
      }
      throw new IOException("the file system does not say whose " + file + " is");
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
