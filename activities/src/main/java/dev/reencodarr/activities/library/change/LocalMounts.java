package dev.reencodarr.activities.library.change;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The mounts of this machine, as the kernel lists them: to ask a mount itself may hang. Changes are
 * told of by file systems whose files this kernel alone writes; what others write to a network's
 * file system it never hears of.
 *
 * @param mounts in the kernel's order, later ones over earlier ones
 */
record LocalMounts(List<Mount> mounts) {

  private static final Path TABLE = Path.of("/proc/self/mountinfo");

  private static final Set<String> SHARED =
      Set.of(
          "9p",
          "acfs",
          "afs",
          "autofs",
          "beegfs",
          "ceph",
          "cifs",
          "coda",
          "drvfs",
          "fuse",
          "gfs2",
          "glusterfs",
          "gpfs",
          "lustre",
          "ncpfs",
          "nfs",
          "nfs4",
          "ocfs2",
          "orangefs",
          "prl_fs",
          "smb3",
          "smbfs",
          "vboxsf",
          "virtiofs",
          "vmhgfs");

  /** Of the many that programs serve and name, those that show local disks. */
  private static final Set<String> LOCAL_PROGRAMS =
      Set.of(
          "apfs",
          "bindfs",
          "cryfs",
          "encfs",
          "exfat",
          "gocryptfs",
          "mergerfs",
          "mhddfs",
          "ntfs",
          "ntfs-3g",
          "shfs",
          "unionfs",
          "unionfs-fuse",
          "zfs");

  private static final String PROGRAM = "fuse.";
  private static final int ID = 0;
  private static final int POINT = 4;
  private static final int FIELDS_BEFORE_TYPE = 6;
  private static final int OCTAL = 8;
  private static final int OCTAL_DIGITS = 3;
  private static final Pattern ESCAPE = Pattern.compile("\\\\[0-3][0-7]{2}");

  LocalMounts {
    mounts = List.copyOf(mounts);
  }

  /**
   * One mount.
   *
   * @param id another one for each time that something is mounted
   * @param type of its file system, such as {@code ext4} or {@code fuse.mergerfs}
   */
  record Mount(String id, Path point, String type) {

    private boolean isLocal() {
      return type.startsWith(PROGRAM)
          ? LOCAL_PROGRAMS.contains(type.substring(PROGRAM.length()))
          : !SHARED.contains(type);
    }
  }

  /**
   * Those of now. A name that is no UTF-8 is no library's, and must not hide the other mounts.
   *
   * @throws IOException where there is no such table
   */
  static LocalMounts now() throws IOException {
    return of(Files.readAllBytes(TABLE));
  }

  /** By the kernel's table; only line feeds end its lines. */
  static LocalMounts of(byte[] table) {
    return of(Arrays.asList(new String(table, StandardCharsets.UTF_8).split("\n", -1)));
  }

  /** By the lines of the kernel's table; see {@code proc_pid_mountinfo(5)}. */
  static LocalMounts of(List<String> lines) {
    return new LocalMounts(lines.stream().flatMap(line -> mount(line).stream()).toList());
  }

  private static Optional<Mount> mount(String line) {
    List<String> fields = Arrays.asList(line.split(" ", -1));
    int dash = fields.indexOf("-");
    return dash < FIELDS_BEFORE_TYPE || dash + 1 >= fields.size()
        ? Optional.empty()
        : path(unescaped(fields.get(POINT)))
            .map(point -> new Mount(fields.get(ID), point, fields.get(dash + 1)));
  }

  /** Empty where this JVM, by its locale, cannot name it: nor can a library lie there. */
  private static Optional<Path> path(String name) {
    try {
      return Optional.of(Path.of(name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Blanks and the like are written as a backslash with three octal digits. */
  private static String unescaped(String field) {
    StringBuilder plain = new StringBuilder();
    for (int at = 0; at < field.length(); at++) {
      String escape = field.substring(at, Math.min(at + 1 + OCTAL_DIGITS, field.length()));
      if (ESCAPE.matcher(escape).matches()) {
        plain.append((char) Integer.parseInt(escape.substring(1), OCTAL));
        at += OCTAL_DIGITS;
      } else {
        plain.append(field.charAt(at));
      }
    }
    return plain.toString();
  }

  /** The type of the file system at this path, where changes of it are not told; else empty. */
  Optional<String> untold(Path path) {
    return mounts.stream()
        .filter(mount -> path.startsWith(mount.point()))
        .reduce((one, other) ->
            other.point().getNameCount() >= one.point().getNameCount() ? other : one)
        .filter(mount -> !mount.isLocal())
        .map(Mount::type);
  }

  /** Whether something is mounted right here of which changes are not told. */
  boolean isUntoldMount(Path folder) {
    return mounts.stream().anyMatch(mount -> mount.point().equals(folder))
        && untold(folder).isPresent();
  }

  /** What is mounted at the path, below it and above it: with another answer it is another tree. */
  List<Mount> around(Path path) {
    return mounts.stream()
        .filter(mount -> path.startsWith(mount.point()) || mount.point().startsWith(path))
        .toList();
  }
}
