package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.store.ReplacementRepository.Quarantined;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.starter.view.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds what is kept in quarantine as people name it: by its video, or by its replacement's id
 * where the video is not known any more. Its row gave way to another's then, and nothing else
 * speaks for what it keeps.
 */
final class KeptLookup {

  private final VideoLookup videos;
  private final LibraryRepository libraries;
  private final ReplacementRepository replacements;

  KeptLookup(Database database, Path workingFolder) {
    this.videos = new VideoLookup(database, workingFolder);
    this.libraries = new LibraryRepository(database);
    this.replacements = new ReplacementRepository(database);
  }

  /** What is kept, of a video or of one replacement. */
  sealed interface Kept {

    /** For people. */
    String name();

    /** All that is kept of a video. */
    record OfVideo(Video video) implements Kept {
      @Override
      public String name() {
        return Printable.of(video.path().value());
      }
    }

    /**
     * Of a replacement whose video is not known any more.
     *
     * @param zone whose machines see its library
     */
    record Orphan(Quarantined entry, String zone) implements Kept {
      @Override
      public String name() {
        return Printable.of(entry.path().value()) + " (replacement " + entry.replacement() + ")";
      }
    }
  }

  List<Kept> requireAll(List<String> typed) throws CommandFailed {
    List<Kept> found = new ArrayList<>();
    for (String text : typed) {
      found.add(require(text));
    }
    return List.copyOf(found);
  }

  Kept require(String typed) throws CommandFailed {
    Optional<Kept> orphan = orphan(typed);
    return orphan.isPresent() ? orphan.get() : new Kept.OfVideo(videos.require(typed));
  }

  private Optional<Kept> orphan(String typed) {
    return replacementId(typed)
        .flatMap(replacements::keptOfOrphan)
        .map(kept -> new Kept.Orphan(kept, libraries.zoneAround(kept.folder())));
  }

  private static Optional<UUID> replacementId(String typed) {
    try {
      return Optional.of(UUID.fromString(typed));
    } catch (IllegalArgumentException path) {
      return Optional.empty();
    }
  }
}
