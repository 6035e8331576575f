package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapWay;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What lies beside a file in quarantine, so that it can be understood and put back even without the
 * database. Which of the two files lies where, the files themselves say.
 *
 * @param version of this layout
 * @param source path of the original
 * @param target path of the result
 * @param movedTo where the result was found to be renamed to
 * @param folder that it was written into, so that a library that is mounted elsewhere since is
 *     understood
 */
record Manifest(
    int version,
    UUID replacement,
    Optional<VideoId> video,
    MediaPath libraryRoot,
    MediaPath source,
    MediaPath target,
    SourceIdentity original,
    String resultSha256,
    long resultBytes,
    Optional<MediaPath> movedTo,
    Optional<MediaPath> folder) {

  Manifest {
    // it may come from a disk that somebody has written to
    Stream.of(replacement, libraryRoot, source, target, original, resultSha256)
        .forEach(Objects::requireNonNull);
  }

  static Manifest of(Replacement row) {
    return new Manifest(
        1,
        row.id(),
        row.video(),
        row.libraryRoot(),
        row.source(),
        row.target(),
        row.original(),
        row.resultSha256(),
        row.resultBytes(),
        row.movedTo(),
        Optional.of(row.quarantine()));
  }

  /**
   * The replacement that it tells of, as it lies on disk now.
   *
   * @param found the folder that it was found in
   * @param way by which files change places there
   * @throws IllegalArgumentException if its paths make no sense
   */
  Replacement asFoundIn(Path found, SwapWay way, ReplacementState state) {
    MediaPath now = new MediaPath(found.toString());
    Relocation place = Relocation.between(folder.orElse(now), now);
    return new Replacement(
        replacement,
        video,
        "from-disk#" + replacement,
        place.of(libraryRoot),
        place.of(source),
        place.of(target),
        new MediaPath(stagedBeside(found).toString()),
        new MediaPath(found.toString()),
        way,
        state,
        "",
        original,
        resultSha256,
        resultBytes,
        Optional.empty(),
        Optional.empty(),
        true,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        movedTo.map(place::of),
        Optional.empty(),
        Optional.empty());
  }

  /** Where the result has waited for its swap, and waits still if that was never made. */
  private Path stagedBeside(Path found) {
    DotFolder folder = new DotFolder(found.resolve("../..").normalize());
    return video
        .map(known -> Stager.stagedIn(folder.stageOf(known), resultSha256))
        .orElseGet(() -> found.resolve("staged"));
  }

  /** A library that is mounted elsewhere than when a manifest was written. */
  private record Relocation(String before, String now) {

    static Relocation between(MediaPath written, MediaPath found) {
      String old = written.value();
      String current = found.value();
      while (old.contains("/")
          && current.contains("/")
          && old.substring(old.lastIndexOf('/'))
              .equals(current.substring(current.lastIndexOf('/')))) {
        old = old.substring(0, old.lastIndexOf('/'));
        current = current.substring(0, current.lastIndexOf('/'));
      }
      return new Relocation(old, current);
    }

    MediaPath of(MediaPath path) {
      if (before.equals(now)) {
        return path;
      }
      if (!path.value().startsWith(before + "/") && !path.value().equals(before)) {
        throw new IllegalArgumentException(path + " does not lie below " + before);
      }
      return new MediaPath(now + path.value().substring(before.length()));
    }
  }
}
