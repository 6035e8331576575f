package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.analysis.FileIdentity;
import dev.reencodarr.activities.analysis.MountCheck;
import dev.reencodarr.activities.store.HeldResultRepository;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.RoomRequest;
import dev.reencodarr.workflows.video.HeldLook;
import dev.reencodarr.workflows.video.HeldResult;
import dev.reencodarr.workflows.video.ReviewActivities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Results that wait for a review in the stage folder of their video. */
public final class ReviewKeeper implements ReviewActivities {

  private final HeldResultRepository results;
  private final LibraryGuard libraries;
  private final MountCheck mounts;
  private final Settings.Limits limits;

  /**
   * @param mounts tells a file that has gone from one whose library is not there
   * @param limits the part of a file system that held results may take
   */
  public ReviewKeeper(
      HeldResultRepository results,
      LibraryGuard libraries,
      MountCheck mounts,
      Settings.Limits limits) {
    this.results = results;
    this.libraries = libraries;
    this.mounts = mounts;
    this.limits = limits;
  }

  @Override
  public Room roomToHold(RoomRequest request) {
    libraries.requireInUse(request.libraryRoot());
    Path source = path(request.source());
    try {
      Path folder = DotFolder.forFile(path(request.libraryRoot()), source, request.video()).path();
      long cap = Files.getFileStore(folder).getTotalSpace() / 100 * limits.reviewPercent();
      long device = device(folder);
      Optional<Long> taken =
          results.promise(
              request.video(),
              new MediaPath(folder.toString()),
              request.resultBytes(),
              cap,
              other -> isOnDevice(other, device));
      return taken
          .<Room>map(bytes -> new Room.None(full(folder, bytes, cap)))
          .orElseGet(() -> new Room.Reserved(cap));
    } catch (IOException e) {
      if (Files.notExists(source, LinkOption.NOFOLLOW_LINKS)) {
        throw Faults.of(EvidenceKind.FILE_ACCESS, source + ": No such file or directory");
      }
      throw FileFaults.reserving("writing beside " + source, e);
    }
  }

  private String full(Path folder, long taken, long cap) {
    return String.format(
        Locale.ROOT,
        "room for results to be reviewed in %s: %.1f GB of %.1f GB (review_percent: %d) taken;"
            + " ./reencodarr review list says by what",
        folder,
        taken / 1e9,
        cap / 1e9,
        limits.reviewPercent());
  }

  private static long device(Path folder) throws IOException {
    return FileStat.of(folder)
        .orElseThrow(() -> new NoSuchFileException(folder.toString()))
        .device();
  }

  /** What cannot be looked at counts as here. */
  private static boolean isOnDevice(MediaPath folder, long device) {
    try {
      return FileStat.of(path(folder)).filter(stat -> stat.device() == device).isPresent();
    } catch (IOException unknown) {
      return true;
    }
  }

  @Override
  public HeldLook lookAt(HeldResult held) {
    libraries.requireInUse(held.libraryRoot());
    Path source = path(held.source());
    try {
      Optional<String> change = change(held, source);
      if (change.isPresent()) {
        mounts.requireMounted(held.source());
        return new HeldLook.SourceChanged(source + ": " + change.get());
      }
      Path staged = path(held.staged().path());
      boolean there =
          FileStat.of(staged).filter(FileStat::regular).isPresent()
              && Files.size(staged) == held.staged().sizeBytes();
      if (!there) {
        libraries.requireInUse(held.libraryRoot());
        return new HeldLook.ResultGone(staged + ": the result that was held is not there any more");
      }
      return new HeldLook.AsItWas();
    } catch (IOException e) {
      throw Faults.of(EvidenceKind.FILE_ACCESS, source + " could not be looked at: " + e);
    }
  }

  private static Optional<String> change(HeldResult held, Path source) throws IOException {
    try {
      return held.identity().changeTo(FileIdentity.of(source));
    } catch (NoSuchFileException e) {
      return Optional.of("it is gone");
    }
  }

  @Override
  public void drop(HeldResult held) {
    // Also in a library that was taken out of use: it is our own file.
    libraries.require(held.libraryRoot());
    Path staged = path(held.staged().path());
    try {
      DotFolder folder = DotFolder.ofStaged(path(held.libraryRoot()), staged);
      Path stage = folder.stageOf(held.video());
      if (!staged.equals(Stager.stagedIn(stage, held.staged().sha256()))) {
        throw new IOException(staged + " is not named like a result of this video");
      }
      Files.deleteIfExists(staged);
      OwnFolders.removeIfEmpty(stage);
    } catch (NoSuchFileException e) {
      // Its folder has gone with it already: the library is there, as its marker has shown.
    } catch (IOException e) {
      throw FileFaults.moving("removing the held result of " + held.source(), e);
    }
  }

  private static Path path(MediaPath path) {
    return Path.of(path.value());
  }
}
