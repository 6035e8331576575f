package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Owner, group, mode and modification time: what a library sees of a file besides its content. */
final class Attributes {

  private Attributes() {}

  /**
   * Gives a file the attributes of another and waits until they are on disk.
   *
   * @param called what the file that is given them is, for people
   * @return what could not be given, for people; only owner and group may be refused
   */
  static List<String> carry(Path from, Path to, String called) throws IOException {
    Map<String, Object> wanted = read(from);
    List<String> warnings = new ArrayList<>();
    giveOwner(wanted, to, "unix:uid", called + " could not be given the owner ", warnings);
    giveOwner(wanted, to, "unix:gid", called + " could not be given the group ", warnings);
    // after the owner: a change of owner clears bits of the mode
    Files.setAttribute(to, "unix:mode", permissionBits(wanted), LinkOption.NOFOLLOW_LINKS);
    carryModified(from, to);
    Fsync.file(to);
    return List.copyOf(warnings);
  }

  /** Gives a file the modification time of another. */
  static void carryModified(Path from, Path to) throws IOException {
    Files.getFileAttributeView(to, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(Files.getLastModifiedTime(from, LinkOption.NOFOLLOW_LINKS), null, null);
  }

  private static Map<String, Object> read(Path file) throws IOException {
    return Files.readAttributes(file, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
  }

  private static int permissionBits(Map<String, Object> attributes) throws IOException {
    if (attributes.get("mode") instanceof Integer mode) {
      return mode & 07777;
    }
    throw new IOException("the file system does not say the mode of a file");
  }

  private static void giveOwner(
      Map<String, Object> wanted, Path to, String attribute, String refused, List<String> warnings)
      throws IOException {
    Object id = wanted.get(attribute.substring("unix:".length()));
    if (id == null || id.equals(Files.getAttribute(to, attribute, LinkOption.NOFOLLOW_LINKS))) {
      return;
    }
    try {
      Files.setAttribute(to, attribute, id, LinkOption.NOFOLLOW_LINKS);
      if (!id.equals(Files.getAttribute(to, attribute, LinkOption.NOFOLLOW_LINKS))) {
        warnings.add(refused + id + ": the file system ignores it");
      }
    } catch (IOException e) {
      warnings.add(refused + id + ": " + e.getMessage());
    }
  }
}
