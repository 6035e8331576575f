package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.temporal.Heartbeats;
import dev.reencodarr.activities.temporal.SteadyBeat;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.Delivered;
import dev.reencodarr.workflows.replace.StageActivities;
import dev.reencodarr.workflows.replace.StageRequest;
import dev.reencodarr.workflows.replace.StagedResult;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Copies results out of the work folder, beside their sources or into an output folder. */
public final class Stager implements StageActivities {

  private static final String RESULT = ".result";

  private final Machine machine;
  private final LibraryGuard libraries;
  private final long reserveBytes;
  private final Supplier<Consumer<EncodeProgress>> heartbeats;

  /**
   * @param reserveBytes that stay free on a file system that is written to
   */
  public Stager(Machine machine, LibraryGuard libraries, long reserveBytes) {
    this(machine, libraries, reserveBytes, () -> Heartbeats.ofThisActivity()::beat);
  }

  Stager(
      Machine machine,
      LibraryGuard libraries,
      long reserveBytes,
      Supplier<Consumer<EncodeProgress>> heartbeats) {
    this.machine = machine;
    this.libraries = libraries;
    this.reserveBytes = reserveBytes;
    this.heartbeats = heartbeats;
  }

  @Override
  public StagedResult stage(StageRequest request) {
    libraries.requireInUse(request.libraryRoot());
    try (SteadyBeat beat = beating()) {
      return staged(request, beat);
    } catch (IOException e) {
      throw FileFaults.moving("the copy beside " + request.source() + " failed", e);
    }
  }

  /** Where a result of this checksum waits in a stage folder. */
  static Path stagedIn(Path stage, String sha256) {
    return stage.resolve(sha256 + RESULT);
  }

  private StagedResult staged(StageRequest request, Consumer<EncodeProgress> heartbeat)
      throws IOException {
    Path result = path(request.result());
    long size = Files.size(result);
    LongConsumer beats = beats(size, heartbeat);
    DotFolder folder =
        DotFolder.forFile(path(request.libraryRoot()), path(request.source()), request.video());
    Path stage = folder.createdStageOf(request.video());
    Path staged = stagedIn(stage, request.sha256());
    if (!isWhole(staged, request.sha256(), beats)) {
      Parts parts = new Parts(stage, request.sha256());
      parts.drop();
      FreeSpace.require(stage, size, reserveBytes);
      Path part = parts.of(UUID.randomUUID());
      copyInto(stage, result, part, request.sha256(), beats);
      if (isWhole(staged, request.sha256(), beats)) {
        // another execution was faster, and a swap may have begun with its copy
        Files.delete(part);
      } else {
        Renames.over(part, staged);
      }
      Fsync.folder(stage);
    }
    return new StagedResult(new MediaPath(staged.toString()), request.sha256(), size);
  }

  /** Where the copy fails, or is not wanted any more, no empty folder is left. */
  private static void copyInto(
      Path stage, Path result, Path part, String sha256, LongConsumer beats) throws IOException {
    try {
      CheckedCopy.copy(result, part, sha256, beats);
    } catch (IOException | RuntimeException e) {
      OwnFolders.removeIfEmpty(stage);
      throw e;
    }
  }

  @Override
  public Delivered deliver(StageRequest request, MediaPath destination) {
    try (SteadyBeat beat = beating()) {
      return delivered(request, destination, beat);
    } catch (IOException e) {
      throw FileFaults.moving("the copy to " + destination + " failed", e);
    }
  }

  private Delivered delivered(
      StageRequest request, MediaPath destination, Consumer<EncodeProgress> heartbeat)
      throws IOException {
    Path result = path(request.result());
    Path target = path(destination);
    Path folder = InsideLibrary.folderOf(target);
    long size = Files.size(result);
    LongConsumer beats = beats(size, heartbeat);
    Parts parts = new Parts(folder, DotFolder.NAME + "-" + request.video());
    Renames names =
        new Renames(MountCalls.real(), CrashPoints.none(), "delivery " + request.sha256(), false);
    if (FileStat.exists(target) && !names.isPlaceholder(target)) {
      return settledName(request, destination, parts, beats);
    }
    Files.createDirectories(folder);
    parts.drop();
    Path part = parts.of(UUID.randomUUID());
    FreeSpace.require(folder, size, reserveBytes);
    CheckedCopy.copy(result, part, request.sha256(), beats);
    Attributes.carryModified(path(request.source()), part);
    Fsync.file(part);
    try {
      names.toFreeName(part, target);
    } catch (FileAlreadyExistsException e) {
      return settledName(request, destination, parts, beats);
    }
    Fsync.folder(folder);
    return new Delivered.To(destination, size);
  }

  /** The name is taken: by this very result, if another run of this delivery has given it. */
  private static Delivered settledName(
      StageRequest request, MediaPath destination, Parts parts, LongConsumer beats)
      throws IOException {
    parts.drop();
    Path target = path(destination);
    return isWhole(target, request.sha256(), beats)
        ? new Delivered.To(destination, Files.size(target))
        : new Delivered.NameTaken(destination);
  }

  private static boolean isWhole(Path file, String sha256, LongConsumer beats) throws IOException {
    return FileStat.of(file).filter(FileStat::regular).isPresent()
        && Sha256.of(file, beats).equals(sha256);
  }

  private static Path path(MediaPath path) {
    return Path.of(path.value());
  }

  private SteadyBeat beating() {
    return SteadyBeat.begin(
        heartbeats.get(),
        new EncodeProgress(EncodeProgress.Phase.COPYING, machine.host(), 0, 0, -1, 0));
  }

  /** Written and read back are the two halves of the way. */
  private LongConsumer beats(long size, Consumer<EncodeProgress> heartbeat) {
    return bytes ->
        heartbeat.accept(
            new EncodeProgress(
                EncodeProgress.Phase.COPYING,
                machine.host(),
                size > 0 ? Math.min(100, 50.0 * bytes / size) : -1,
                0,
                -1,
                Math.min(bytes, size)));
  }
}
