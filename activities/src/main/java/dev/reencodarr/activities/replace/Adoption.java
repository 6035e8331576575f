package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.replace.Contents.Question;
import dev.reencodarr.activities.store.AdoptionRepository;
import dev.reencodarr.activities.store.AdoptionRepository.OnDisk;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes over into the database what only the disk knows: replacements and undos that a backup is
 * too old for, or that were made without a database. Writes rows alone; no file is touched. A row
 * follows the files only where both are seen whole, by checksum and identity.
 */
public final class Adoption {

  private final ReplacementRepository rows;
  private final AdoptionRepository adoptions;
  private final Predicate<VideoId> isRunning;

  /**
   * @param isRunning whether a workflow is at work on a video: what it has under way is its own
   */
  public Adoption(Database database, Predicate<VideoId> isRunning) {
    this.rows = new ReplacementRepository(database);
    this.adoptions = new AdoptionRepository(database);
    this.isRunning = isRunning;
  }

  /** Where renamed files are looked for. */
  public enum Search {
    /** Where scans have met files of their size. */
    KNOWN_FILES,
    /** Every file of the library, which wakes disks. */
    WHOLE_LIBRARY
  }

  /**
   * A folder that is to be asked.
   *
   * @param row by its manifest, or as the database has it
   * @param known whether the database has it
   * @param moved whether it has it under another path
   * @param changed when the folder was last changed
   */
  private record Candidate(
      Path folder, Replacement row, boolean known, boolean moved, FileTime changed) {}

  /**
   * What the database says of some folders.
   *
   * @param known ids of those that it has
   * @param rows those of them that are to be compared with the disk
   */
  private record Journaled(Set<UUID> known, List<Replacement> rows) {

    private Optional<Replacement> row(UUID id) {
      return rows.stream().filter(row -> row.id().equals(id)).findFirst();
    }
  }

  /**
   * Looks at every quarantine folder of one of our own folders; where a row says what the files
   * say, that costs one look at a name. The oldest come first.
   *
   * @param ownFolder a folder named {@link DotFolder#NAME} inside the library
   * @param progress told how many bytes of a file are worked through
   */
  public List<Adopted> in(Library library, Path ownFolder, Search search, LongConsumer progress) {
    List<Adopted> all = new ArrayList<>();
    DotFolder ours = new DotFolder(ownFolder);
    for (Candidate candidate : candidates(library, ours, this::all, row -> true, all)) {
      adopted(candidate, library, search, progress).ifPresent(all::add);
    }
    return List.copyOf(all);
  }

  private Optional<Adopted> adopted(
      Candidate candidate, Library library, Search search, LongConsumer progress) {
    return switch (standing(candidate.row(), library, search, progress)) {
      case Standing.Unclear unclear ->
          candidate.known() && !candidate.moved()
              ? Optional.empty()
              : Optional.of(inDoubt(candidate, unclear.why()));
      case Standing.Known known when !mayFollow(candidate, known.found()) -> Optional.empty();
      case Standing.Known known ->
          Optional.of(
              adoptions
                  .adopt(library.id(), known.found(), isRunning)
                  .map(video -> adopted(candidate, known.found()))
                  .orElseGet(() -> inDoubt(candidate, "a run is at work on its video")));
    };
  }

  /**
   * Looks for what the disk alone knows of a file that a run is about to work on. The rest of the
   * library, and the row of the video, are left as they are. Of the folders of other films nothing
   * but their names is looked at: every encode passes here.
   *
   * @return what the run has to know; empty where the disk knows no more than the database
   */
  public Optional<Adopted> ofRun(
      Library library, VideoId video, MediaPath file, LongConsumer progress) {
    List<Adopted> found = new ArrayList<>();
    Path root = Path.of(library.root().value());
    Predicate<Replacement> wanted = row -> tellsOf(row, file) && isOf(row, video);
    Function<Set<UUID>, Journaled> journal =
        ids -> new Journaled(rows.known(ids), rows.ofOrWithout(video));
    for (DotFolder ours : DotFolder.onTheWayTo(root, Path.of(file.value()))) {
      for (Candidate candidate : candidates(library, ours, journal, wanted, new ArrayList<>())) {
        if (standing(candidate.row(), library, Search.KNOWN_FILES, progress)
                instanceof Standing.Known known
            && mayFollow(candidate, known.found())) {
          adoptions.adoptFor(video, known.found());
          found.add(adopted(candidate, known.found()));
        }
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
  }

  private static boolean tellsOf(Replacement row, MediaPath file) {
    return Stream.of(row.source(), row.target(), row.originalPlace(), row.resultPlace())
        .anyMatch(file::equals);
  }

  /**
   * A database that is older than the finding of a video gives its file another id: the id of a
   * manifest counts for somebody else's only where it has a row.
   */
  private boolean isOf(Replacement row, VideoId video) {
    return row.video().filter(other -> !other.equals(video)).filter(adoptions::isKnown).isEmpty();
  }

  /** Whether the files say something new. */
  private static boolean mayFollow(Candidate candidate, OnDisk found) {
    Replacement row = candidate.row();
    return !candidate.known()
        || candidate.moved()
        || row.video().isEmpty()
        || row.state() != found.replacement().state();
  }

  private Journaled all(Set<UUID> ids) {
    List<Replacement> all = rows.byIds(ids);
    return new Journaled(all.stream().map(Replacement::id).collect(Collectors.toSet()), all);
  }

  /** The oldest first: what was kept later of the same film is the latest in the journal too. */
  private List<Candidate> candidates(
      Library library,
      DotFolder ours,
      Function<Set<UUID>, Journaled> journal,
      Predicate<Replacement> wanted,
      List<Adopted> doubts) {
    List<Path> folders = folders(library, ours, doubts);
    if (folders.isEmpty()) {
      return List.of();
    }
    Journaled journaled = journal.apply(ids(folders));
    List<Candidate> candidates = new ArrayList<>();
    for (Path folder : folders) {
      try {
        Optional<UUID> id = idOf(folder).filter(journaled.known()::contains);
        if (id.isEmpty()) {
          unknown(library, folder, wanted).ifPresent(candidates::add);
        } else {
          Optional<Replacement> row = id.flatMap(journaled::row).filter(wanted);
          if (row.isPresent()) {
            contradicted(row.get(), library, folder).ifPresent(candidates::add);
          }
        }
      } catch (FoundManifest.Refused refusal) {
        doubts.add(new Adopted.InDoubt(folder, String.valueOf(refusal.getMessage())));
      }
    }
    candidates.sort(Comparator.comparing(Candidate::changed).thenComparing(Candidate::folder));
    return candidates;
  }

  private static Optional<Candidate> unknown(
      Library library, Path folder, Predicate<Replacement> wanted) throws FoundManifest.Refused {
    Replacement row = FoundManifest.in(library.root(), folder).replacement();
    return wanted.test(row) ? Optional.of(candidate(folder, row, false, false)) : Optional.empty();
  }

  private static Candidate candidate(Path folder, Replacement row, boolean known, boolean moved)
      throws FoundManifest.Refused {
    try {
      FileTime changed = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS);
      return new Candidate(folder, row, known, moved, changed);
    } catch (IOException e) {
      throw new FoundManifest.Refused("it cannot be looked at: " + e);
    }
  }

  /** Empty where the row says what its folder holds, or where its video's own workflow settles. */
  private Optional<Candidate> contradicted(Replacement row, Library library, Path folder)
      throws FoundManifest.Refused {
    if (!row.quarantine().value().equals(folder.toString())) {
      return Optional.of(moved(row, library, folder));
    }
    boolean orphan = row.video().isEmpty();
    boolean underWay = row.undoIntent().isPresent();
    boolean asks =
        switch (row.state()) {
          case DONE, UNDONE ->
              row.quarantined() && (orphan || (!underWay && !holdsWhatItSays(row)));
          case INTENDED -> orphan;
          case ABANDONED -> false;
        };
    return asks
        ? Optional.of(candidate(folder, renamed(row, library, folder), true, false))
        : Optional.empty();
  }

  /**
   * A library that was moved as a whole, taken out of use and added under its new path: the row
   * follows, unless anything is under way in it, or its own folder is there still. That of a
   * library in use may only be away with its mount.
   */
  private Candidate moved(Replacement row, Library library, Path folder)
      throws FoundManifest.Refused {
    boolean isSettled =
        row.quarantined()
            && row.undoIntent().isEmpty()
            && (row.state() == ReplacementState.DONE || row.state() == ReplacementState.UNDONE);
    if (!isSettled
        || adoptions.isInUse(row.libraryRoot())
        || !Files.notExists(Path.of(row.quarantine().value()), LinkOption.NOFOLLOW_LINKS)) {
      throw new FoundManifest.Refused("the row of its id tells of " + row.quarantine());
    }
    Replacement found = FoundManifest.in(library.root(), folder).replacement();
    if (!found.resultSha256().equals(row.resultSha256())
        || !found.original().equals(row.original())) {
      throw new FoundManifest.Refused(
          "the row of its id tells of another film, in " + row.quarantine());
    }
    return candidate(folder, row.withPlacesOf(found), true, true);
  }

  private static boolean holdsWhatItSays(Replacement row) {
    Quarantine quarantine = Quarantine.of(row);
    boolean done = row.state() == ReplacementState.DONE;
    Path kept = done || row.staysAtPath() ? quarantine.original() : quarantine.result();
    long bytes = done ? row.original().size() : row.resultBytes();
    try {
      return FileStat.of(kept).filter(stat -> stat.size() == bytes).isPresent();
    } catch (IOException unreadable) {
      // nothing is concluded from what cannot be looked at
      return true;
    }
  }

  /** An undo that the row has not heard of has noted in the manifest what name it followed. */
  private static Replacement renamed(Replacement row, Library library, Path folder) {
    try {
      Replacement found = FoundManifest.in(library.root(), folder).replacement();
      return found.resultSha256().equals(row.resultSha256())
          ? found.movedTo().map(row::movedTo).orElse(row)
          : row;
    } catch (FoundManifest.Refused asTheRowSays) {
      return row;
    }
  }

  private List<Path> folders(Library library, DotFolder ours, List<Adopted> doubts) {
    Path quarantines = ours.quarantines();
    try {
      return FoundManifest.foldersIn(library.root(), quarantines);
    } catch (IOException e) {
      doubts.add(new Adopted.InDoubt(quarantines, "it cannot be looked into: " + e));
      return List.of();
    }
  }

  private static Set<UUID> ids(List<Path> folders) {
    Set<UUID> ids = new HashSet<>();
    folders.forEach(folder -> idOf(folder).ifPresent(ids::add));
    return ids;
  }

  private static Optional<UUID> idOf(Path folder) {
    try {
      return Optional.of(UUID.fromString(folder.getFileName().toString()));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private Standing standing(
      Replacement row, Library library, Search search, LongConsumer progress) {
    try {
      return Standing.of(row, new Contents(row, progress), new InLibrary(library, search));
    } catch (IOException | IllegalArgumentException e) {
      return new Standing.Unclear("it cannot be looked at: " + e);
    }
  }

  /** No symbolic link is followed, whatever a manifest names. */
  private final class InLibrary implements Standing.Places {
    private final Library library;
    private final Path root;
    private final Search search;

    private InLibrary(Library library, Search search) {
      this.library = library;
      this.root = Path.of(library.root().value());
      this.search = search;
    }

    @Override
    public boolean isInside(Path file) {
      try {
        InsideLibrary.require(root, file);
        return true;
      } catch (IOException outsideOrGone) {
        return false;
      }
    }

    @Override
    public Optional<Path> find(Path expected, long size, Question isIt) throws IOException {
      Question inside = file -> isInside(file) && isIt.ask(file);
      if (inside.ask(expected)) {
        return Optional.of(expected);
      }
      for (MediaPath met : adoptions.ofSize(library.id(), size)) {
        Path file = Path.of(met.value());
        if (inside.ask(file)) {
          return Optional.of(file);
        }
      }
      return search == Search.WHOLE_LIBRARY
          ? new Whereabouts(root, Optional.empty()).find(expected, size, inside)
          : Optional.empty();
    }
  }

  private static Adopted adopted(Candidate candidate, OnDisk found) {
    Path folder = candidate.folder();
    return switch (found.replacement().state()) {
      case DONE -> new Adopted.Replaced(folder, found.place(), found.file());
      case UNDONE -> new Adopted.Undone(folder, found.place(), found.file());
      case INTENDED, ABANDONED ->
          new Adopted.Begun(folder, found.replacement().video(), found.replacement().source());
    };
  }

  private static Adopted inDoubt(Candidate candidate, String why) {
    return new Adopted.InDoubt(
        candidate.folder(),
        "by its manifest it is of " + candidate.row().source() + ", but " + why);
  }
}
