package dev.reencodarr.activities.janitor;

import dev.reencodarr.workflows.janitor.FindingKind;
import dev.reencodarr.workflows.media.VideoId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/** Says of a video's leftovers whether anybody may still come for them, and removes the others. */
final class Leftovers {

  /** Between a look at the workflows and a removal somebody may begin. */
  private static final Duration GRACE = Duration.ofHours(1);

  private final VideoRuns runs;
  private final Predicate<VideoId> isKnown;
  private final Function<UUID, Optional<VideoId>> videoOfReplacement;
  private final Set<VideoId> unsettled;
  private final Findings findings;

  /**
   * @param isKnown whether this database has a row of a video: what is another's, its installation
   *     alone can tell of
   * @param videoOfReplacement the video that a replacement is of, where both are known
   * @param unsettled videos with a swap or an undo that may still need what is staged
   */
  Leftovers(
      VideoRuns runs,
      Predicate<VideoId> isKnown,
      Function<UUID, Optional<VideoId>> videoOfReplacement,
      Set<VideoId> unsettled,
      Findings findings) {
    this.runs = runs;
    this.isKnown = isKnown;
    this.videoOfReplacement = videoOfReplacement;
    this.unsettled = new HashSet<>(unsettled);
    this.findings = findings;
  }

  /** The video that a name ends with; empty if it is no id as we write it. */
  static Optional<VideoId> video(String name) {
    return id(name).map(VideoId::new);
  }

  /** The video of half a copy, which bears its id or that of its replacement. */
  Optional<VideoId> videoOfPart(String name) {
    return id(name)
        .map(id ->
            isKnown(new VideoId(id))
                ? new VideoId(id)
                : videoOfReplacement.apply(id).orElseGet(() -> new VideoId(id)));
  }

  private static Optional<UUID> id(String name) {
    try {
      UUID id = UUID.fromString(name);
      return id.toString().equals(name) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether nobody is at work on the video, nobody will be because of a swap that was begun, and
   * nothing has come to this place or gone for an hour.
   */
  boolean isAbandoned(VideoId video, Path place) throws IOException {
    return Ages.isOlder(place, GRACE) && !unsettled.contains(video) && !runs.isRunning(video);
  }

  /** Whether it is a video of this database, so that nobody else can be at work on it. */
  boolean isKnown(VideoId video) {
    return isKnown.test(video);
  }

  /** Somebody may still need what is staged of this video. */
  void keepStaged(VideoId video) {
    unsettled.add(video);
  }

  /** Removes one regular file. */
  void remove(Path file) throws IOException {
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(file)) {
      findings.add(FindingKind.LEFTOVER, file + ": nobody is at work on it: removed");
    }
  }

  void leftAlone(Path path, String why) {
    findings.add(FindingKind.UNKNOWN, path + ": " + why + ": left alone");
  }
}
