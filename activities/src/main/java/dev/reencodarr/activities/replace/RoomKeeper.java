package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.store.QuarantineRoom;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.RoomActivities;
import dev.reencodarr.workflows.replace.RoomRequest;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes sure of room before work is done: whatever a file system does not say counts as too little.
 */
public final class RoomKeeper implements RoomActivities {

  private final QuarantineRoom room;
  private final LibraryGuard libraries;
  private final MountTrial mounts;
  private final long reserveBytes;
  private final int quarantinePercent;

  /**
   * @param reserveBytes that stay free in a library
   * @param quarantinePercent of a file system that originals may take, 1 to 100
   */
  public RoomKeeper(
      QuarantineRoom room, LibraryGuard libraries, long reserveBytes, int quarantinePercent) {
    this(room, libraries, MountTrial.byDoing(), reserveBytes, quarantinePercent);
  }

  RoomKeeper(
      QuarantineRoom room,
      LibraryGuard libraries,
      MountTrial mounts,
      long reserveBytes,
      int quarantinePercent) {
    this.room = room;
    this.libraries = libraries;
    this.mounts = mounts;
    this.reserveBytes = reserveBytes;
    this.quarantinePercent = quarantinePercent;
  }

  @Override
  public Room reserve(RoomRequest request) {
    libraries.require(request.libraryRoot());
    Path source = Path.of(request.source().value());
    try {
      DotFolder folder =
          DotFolder.forFile(Path.of(request.libraryRoot().value()), source, request.video());
      if (mounts.bestWay(folder.path()).isEmpty()) {
        return new Room.None(
            "a mount that offers a safe way to replace files; that of " + source + " has none");
      }
      return reserve(request, folder.path(), Files.getFileStore(folder.path()));
    } catch (IOException e) {
      return new Room.None(
          "a library that can be written to: "
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage());
    }
  }

  private Room reserve(RoomRequest request, Path folder, FileStore disk) throws IOException {
    long free = disk.getUsableSpace() - reserveBytes;
    if (free < Room.withMargin(request.resultBytes())) {
      return new Room.None(
          "free space in "
              + folder
              + ": "
              + gb(disk.getUsableSpace())
              + " free, "
              + gb(Room.withMargin(request.resultBytes()) + reserveBytes)
              + " needed");
    }
    long cap = disk.getTotalSpace() / 100 * quarantinePercent;
    Optional<FileStat> stat = FileStat.of(folder);
    Optional<Long> taken =
        room.promise(
            request.video(),
            new MediaPath(folder.toString()),
            request.sourceBytes(),
            cap,
            other -> stat.isPresent() && isOnDevice(other, stat.get().device()));
    return taken
        .<Room>map(bytes -> full(folder, request.sourceBytes(), bytes, cap))
        .orElseGet(() -> new Room.Reserved(free));
  }

  private Room full(Path folder, long wanted, long taken, long cap) {
    return new Room.None(
        "room in quarantine of "
            + folder
            + ": "
            + gb(taken)
            + " of "
            + gb(cap)
            + " ("
            + quarantinePercent
            + " % of the file system) taken, "
            + gb(wanted)
            + " needed; ./reencodarr quarantine accept frees it at once");
  }

  /** A folder that is not there takes nothing of this file system. */
  private static boolean isOnDevice(MediaPath folder, long device) {
    try {
      return FileStat.of(Path.of(folder.value()))
          .filter(stat -> stat.device() == device)
          .isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private static String gb(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
