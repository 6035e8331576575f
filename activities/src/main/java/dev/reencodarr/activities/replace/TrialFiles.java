package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.MountAbility;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Small files of ours that everything is tried with which a mount may or may not do. What a call
 * says is not believed: a file system that does not know a flag may well rename all the same.
 */
final class TrialFiles {

  private static final String TRIAL = "trial-";
  private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** 1 ns, 100 ns (NTFS, SMB), 1 µs, 1 ms, 10 ms (exFAT), 1 s, 2 s (FAT). */
  private static final long[] GRAINS = {
    1, 100, 1_000, 1_000_000, 10_000_000, 1_000_000_000, 2_000_000_000
  };

  private static final long SECOND = 1_000_000_000;

  /** No grain but the finest can show this time as it is. */
  private static final Instant ODD_TIME = Instant.ofEpochSecond(1_600_000_001L, 987_654_321);

  private final DotFolder dotFolder;
  private final FileOwner owner;
  private final MountCalls calls;
  private final Pattern ofHost;
  private final String ofRun;

  /**
   * @param run of this worker: what other runs on this host have left behind is removed
   */
  TrialFiles(DotFolder dotFolder, FileOwner owner, MountCalls calls, String host, UUID run) {
    this.dotFolder = dotFolder;
    this.owner = owner;
    this.calls = calls;
    // whole: another host's name may go on after this one's
    this.ofHost = Pattern.compile(Pattern.quote(TRIAL + host + "-") + ID + "-" + ID);
    this.ofRun = TRIAL + host + "-" + run + "-";
  }

  MountAbility tried() throws IOException {
    removeLeftOver();
    Path folder =
        OwnFolders.create(
            dotFolder.path().resolve(ofRun + UUID.randomUUID().toString()), "rwx------");
    try {
      return triedIn(folder);
    } finally {
      remove(folder);
    }
  }

  private MountAbility triedIn(Path folder) throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "one");
    Path other = Files.writeString(folder.resolve("other"), "other");
    FileOwner given = givenTo(owner, one);
    return new MountAbility(
        exchanges(one, other),
        given.uid() == owner.uid() && links(one, folder.resolve("link")),
        takesFreeNamesAlone(one, other, folder.resolve("free")),
        keepsInodes(one, other, folder.resolve("renamed")),
        grainOf(other),
        given.equals(owner),
        tellsCase(folder));
  }

  /** Whose the file is after it was given away: owner and group are granted apart. */
  private static FileOwner givenTo(FileOwner owner, Path file) throws IOException {
    if (!FileOwner.of(file).equals(Optional.of(owner))) {
      give(file, "unix:gid", owner.gid());
      give(file, "unix:uid", owner.uid());
    }
    return FileOwner.of(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
  }

  private static void give(Path file, String attribute, int id) throws IOException {
    try {
      Files.setAttribute(file, attribute, id, LinkOption.NOFOLLOW_LINKS);
    } catch (FileSystemException refused) {
      // what the file is afterwards says so
    }
  }

  private boolean exchanges(Path one, Path other) throws IOException {
    try {
      calls.exchange(one, other);
    } catch (MountCalls.NotOffered e) {
      return false;
    }
    boolean exchanged = FileStat.exists(one) && "one".equals(Files.readString(other));
    if (exchanged) {
      calls.exchange(one, other);
    } else {
      Files.writeString(one, "one");
      Files.writeString(other, "other");
    }
    return exchanged;
  }

  private boolean links(Path file, Path link) throws IOException {
    try {
      calls.link(file, link);
    } catch (MountCalls.NotOffered e) {
      return false;
    }
    boolean seen = FileStat.sameFile(file, link) && stat(link).links() == 2;
    Files.delete(link);
    return seen;
  }

  /** The kernel itself refuses a name that it sees taken: only a free one asks the file system. */
  private boolean takesFreeNamesAlone(Path one, Path other, Path free) throws IOException {
    try {
      calls.renameToFreeName(one, free);
      Renames.over(free, one);
      calls.renameToFreeName(one, other);
    } catch (FileAlreadyExistsException e) {
      return true;
    } catch (MountCalls.NotOffered e) {
      return false;
    }
    // it has replaced the file, whatever it was asked for
    Files.writeString(one, "one");
    return false;
  }

  /** Two files have two numbers, and each keeps its own. */
  private static boolean keepsInodes(Path file, Path other, Path renamed) throws IOException {
    FileStat before = stat(file);
    if (stat(other).sameFile(before)) {
      return false;
    }
    Files.readString(file);
    boolean afterOpening = stat(file).sameFile(before);
    Renames.over(file, renamed);
    Files.readString(renamed);
    return afterOpening && stat(renamed).sameFile(before);
  }

  private static FileStat stat(Path file) throws IOException {
    return FileStat.of(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
  }

  private static Duration grainOf(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(ODD_TIME));
    Instant shown = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    long off = Math.abs(Duration.between(shown, ODD_TIME).toNanos());
    long lost = Math.min(off, 2 * SECOND - 1);
    return Duration.ofNanos(
        LongStream.of(GRAINS).filter(grain -> lost < grain).findFirst().orElse(2 * SECOND));
  }

  private static boolean tellsCase(Path folder) throws IOException {
    Files.writeString(folder.resolve("case"), "");
    return !FileStat.exists(folder.resolve("CASE"));
  }

  private void removeLeftOver() throws IOException {
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(dotFolder.path(), this::isLeftOver)) {
      for (Path folder : folders) {
        remove(folder);
      }
    }
  }

  private boolean isLeftOver(Path folder) {
    String name = folder.getFileName().toString();
    return ofHost.matcher(name).matches() && !name.startsWith(ofRun);
  }

  private static void remove(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    OwnFolders.removeIfEmpty(folder);
  }
}
