package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.store.QuarantineRoom;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.replace.MountAbility;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.RoomActivities;
import dev.reencodarr.workflows.replace.RoomRequest;
import dev.reencodarr.workflows.replace.SwapWay;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes sure of room before work is done: whatever a file system does not say counts as too little.
 * A quarantine that is full is waited for, since it empties by itself; a library that is full or
 * takes no replacement is a fault, which somebody has to hear of.
 */
public final class RoomKeeper implements RoomActivities {

  private final QuarantineRoom room;
  private final LibraryGuard libraries;
  private final MountTrial mounts;
  private final Settings.Limits limits;

  /**
   * @param limits the room that stays free in a library, the part of a file system that originals
   *     may take, and what is allowed where a mount offers little
   */
  public RoomKeeper(
      QuarantineRoom room, LibraryGuard libraries, Mounts mounts, Settings.Limits limits) {
    this(room, libraries, (MountTrial) mounts, limits);
  }

  RoomKeeper(
      QuarantineRoom room, LibraryGuard libraries, MountTrial mounts, Settings.Limits limits) {
    this.room = room;
    this.libraries = libraries;
    this.mounts = mounts;
    this.limits = limits;
  }

  @Override
  public Room reserve(RoomRequest request) {
    libraries.requireInUse(request.libraryRoot());
    Path source = Path.of(request.source().value());
    try {
      DotFolder folder =
          DotFolder.forFile(Path.of(request.libraryRoot().value()), source, request.video());
      FileOwner owner =
          FileOwner.of(source).orElseThrow(() -> new NoSuchFileException(source.toString()));
      MountAbility ability = mounts.of(folder, owner);
      if (limits.strictOwner() && !ability.chown()) {
        throw FileFaults.unfit(
            "strict_owner is set, and this worker may not give files to owner "
                + owner.uid()
                + " and group "
                + owner.gid()
                + " of "
                + source);
      }
      return reserve(
          request, copied(request, ability), folder.path(), Files.getFileStore(folder.path()));
    } catch (IOException e) {
      if (Files.notExists(source, LinkOption.NOFOLLOW_LINKS)) {
        // A file that does not come back is not waited for.
        throw Faults.of(EvidenceKind.FILE_ACCESS, source + ": No such file or directory");
      }
      throw FileFaults.reserving("writing beside " + source, e);
    }
  }

  /** Bytes of the original that are written a second time, where it cannot be moved. */
  private long copied(RoomRequest request, MountAbility ability) {
    return ability.bestWay(limits.swapWithAGap()) == SwapWay.COPY ? request.sourceBytes() : 0;
  }

  private Room reserve(RoomRequest request, long copied, Path folder, FileStore disk)
      throws IOException {
    long free = disk.getUsableSpace() - limits.freeSpaceReserve() - copied;
    long result = Room.withMargin(request.resultBytes());
    if (free < result) {
      throw Faults.of(
          EvidenceKind.DISK_FULL,
          folder
              + " has "
              + gb(disk.getUsableSpace())
              + " free, "
              + gb(result + copied + limits.freeSpaceReserve())
              + " needed");
    }
    long cap = disk.getTotalSpace() / 100 * limits.quarantinePercent();
    long device =
        FileStat.of(folder).orElseThrow(() -> new NoSuchFileException(folder.toString())).device();
    Optional<Long> taken =
        room.promise(
            request.video(),
            new MediaPath(folder.toString()),
            request.sourceBytes(),
            cap,
            other -> isOnDevice(other, device));
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
            + limits.quarantinePercent()
            + " % of the file system) taken, "
            + gb(wanted)
            + " needed; ./reencodarr quarantine accept frees it at once");
  }

  /**
   * A folder that is not there takes nothing of this file system; one that cannot be looked at
   * counts as here.
   */
  private static boolean isOnDevice(MediaPath folder, long device) {
    try {
      return FileStat.of(Path.of(folder.value()))
          .filter(stat -> stat.device() == device)
          .isPresent();
    } catch (IOException unknown) {
      return true;
    }
  }

  private static String gb(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
