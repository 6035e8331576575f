package dev.reencodarr.fakearr.library;

import dev.reencodarr.fakearr.time.FakeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Everything that the program has in its database. Each method is one step that no other comes
 * into; what takes several is done within {@link #atOnce}.
 */
public final class Library {

  /** What a file is said to hold as long as nobody says otherwise. */
  private static final String USUAL_CODEC = "x264";

  private final ArrKind kind;
  private final FakeClock clock;
  private final Map<Long, Title> titles = new TreeMap<>();
  private final Map<Long, Part> parts = new TreeMap<>();
  private final Map<Long, MediaFile> files = new TreeMap<>();
  private final Map<Long, Set<Long>> partsOf = new HashMap<>();
  private final Map<Long, Set<Long>> filesOf = new HashMap<>();
  private final Map<Long, String> roots = new TreeMap<>();
  private final Map<Long, String> tags = new TreeMap<>();
  private final Map<Long, Profile> profiles = new TreeMap<>();
  private final Map<Long, CustomFormat> formats = new TreeMap<>();
  private Settings settings;
  private Function<Path, String> codecs = path -> USUAL_CODEC;
  private long lastTitle = 0;
  private long lastPart = 0;
  private long lastFile = 0;

  public Library(ArrKind kind, FakeClock clock) {
    this.kind = kind;
    this.clock = clock;
    this.settings = Settings.usual(kind);
    profiles.put(1L, new Profile(1, "HD-1080p", true, 7, 0));
  }

  public ArrKind kind() {
    return kind;
  }

  /** Does several things that belong together. Nothing that waits for others may be among them. */
  public synchronized void atOnce(Runnable things) {
    things.run();
  }

  // What a test sets up.

  /**
   * A series or a movie; its root folder is the one that its own lies in.
   *
   * @param folder absolute; need not be there
   */
  public Title addTitle(String name, int year, Path folder) {
    return addTitle(name, year, folder.toString(), true);
  }

  /** One that has no folder, for libraries larger than a disk. */
  public Title addTitleInMemory(String name, int year, String path) {
    return addTitle(name, year, path, false);
  }

  private synchronized Title addTitle(String name, int year, String path, boolean onDisk) {
    long id = ++lastTitle;
    Title title =
        new Title(id, name, year, path, onDisk, true, false, 1, Set.of(), Language.english());
    titles.put(id, title);
    partsOf.put(id, new LinkedHashSet<>());
    filesOf.put(id, new LinkedHashSet<>());
    if (!roots.containsValue(title.root())) {
      roots.put(roots.size() + 1L, title.root());
    }
    if (!kind.isSonarr()) {
      addPart(new Part(id, id, 0, 0, name, true, 0));
    }
    return title;
  }

  /** An episode of a series; the one that is there already if it is. */
  public synchronized Part addEpisode(long title, int season, int number, String name) {
    if (!kind.isSonarr()) {
      throw new IllegalStateException("a movie has no episodes");
    }
    return episode(title, season, number)
        .orElseGet(() -> addPart(new Part(++lastPart, title, season, number, name, true, 0)));
  }

  private Part addPart(Part part) {
    parts.put(part.id(), part);
    partsOf(part.title()).add(part.id());
    return part;
  }

  /**
   * A file that has been there for long, with the episodes that its name tells of.
   *
   * @param path of a real file in its title's folder
   * @param sceneName title of the release that it came as; empty if that is not known
   */
  public synchronized MediaFile addFile(long title, Path path, String sceneName) {
    FileName name = new FileName(path.getFileName().toString());
    for (int number : name.episodes()) {
      var _ = addEpisode(title, name.season(), number, "Episode " + number);
    }
    MediaFile file = fromName(requireTitle(title), path).withSceneName(sceneName);
    link(file);
    return file;
  }

  /**
   * A file without a disk, of the first part of its title that has none.
   *
   * @param size bytes
   */
  public synchronized MediaFile addFileInMemory(long title, String relativePath, long size) {
    FileName name = new FileName(relativePath);
    for (int number : name.episodes()) {
      var _ = addEpisode(title, name.season(), number, "Episode " + number);
    }
    MediaFile file = record(requireTitle(title), relativePath, size, MediaInfo.of(USUAL_CODEC));
    link(file);
    return file;
  }

  /** A tag of titles and notifications. */
  public synchronized long addTag(String label) {
    long id = tags.size() + 1L;
    tags.put(id, label);
    return id;
  }

  public synchronized void put(Profile profile) {
    profiles.put(profile.id(), profile);
  }

  /**
   * A custom format.
   *
   * @param pattern found in the titles of releases
   */
  public synchronized CustomFormat addFormat(String name, String pattern, int score) {
    CustomFormat format =
        new CustomFormat(
            formats.size() + 1L, name, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), score);
    formats.put(format.id(), format);
    return format;
  }

  public synchronized void change(UnaryOperator<Settings> how) {
    settings = how.apply(settings);
  }

  public synchronized void changeTitle(long id, UnaryOperator<Title> how) {
    titles.put(id, how.apply(requireTitle(id)));
  }

  public synchronized void changePart(long id, UnaryOperator<Part> how) {
    parts.computeIfPresent(id, (key, part) -> how.apply(part));
  }

  public synchronized void changeFile(long id, UnaryOperator<MediaFile> how) {
    files.computeIfPresent(id, (key, file) -> how.apply(file));
  }

  /** Says which codec a file holds, by the program's own label, whenever it is looked into. */
  public synchronized void codecs(Function<Path, String> labels) {
    codecs = labels;
  }

  // What is there.

  public synchronized List<Title> titles() {
    return List.copyOf(titles.values());
  }

  public synchronized Optional<Title> title(long id) {
    return Optional.ofNullable(titles.get(id));
  }

  /** The title of this id; throws if there is none. */
  public synchronized Title requireTitle(long id) {
    return title(id).orElseThrow(() -> new NoSuchElementException("no title " + id));
  }

  public synchronized Optional<MediaFile> file(long id) {
    return Optional.ofNullable(files.get(id));
  }

  public synchronized List<MediaFile> files(long title) {
    return filesOf.getOrDefault(title, Set.of()).stream().flatMap(id -> file(id).stream()).toList();
  }

  public synchronized Optional<Part> part(long id) {
    return Optional.ofNullable(parts.get(id));
  }

  public synchronized List<Part> parts(long title) {
    List<Part> found = new ArrayList<>();
    for (long id : partsOf.getOrDefault(title, Set.of())) {
      part(id).ifPresent(found::add);
    }
    return found;
  }

  /** The parts that a file holds. */
  public synchronized List<Part> parts(MediaFile file) {
    return parts(file.title()).stream().filter(part -> part.file() == file.id()).toList();
  }

  public synchronized Optional<Part> episode(long title, int season, int number) {
    return parts(title).stream()
        .filter(part -> part.season() == season && part.number() == number)
        .findFirst();
  }

  public synchronized Settings settings() {
    return settings;
  }

  /** By id. */
  public synchronized Map<Long, String> tags() {
    return new TreeMap<>(tags);
  }

  public synchronized List<Profile> profiles() {
    return List.copyOf(profiles.values());
  }

  public synchronized List<CustomFormat> formats() {
    return List.copyOf(formats.values());
  }

  /** Root folders by id. */
  public synchronized Map<Long, String> roots() {
    return new TreeMap<>(roots);
  }

  /** Whether titles that have a real folder have it there. */
  public synchronized boolean isRootOnDisk(String root) {
    return titles.values().stream().anyMatch(t -> t.onDisk() && t.root().equals(root));
  }

  public synchronized List<CustomFormat> formats(MediaFile file) {
    return formats.values().stream().filter(format -> format.matches(file)).toList();
  }

  public int score(MediaFile file) {
    return formats(file).stream().mapToInt(CustomFormat::score).sum();
  }

  /** Whether a better quality is still wished for. */
  public synchronized boolean isCutoffNotMet(MediaFile file) {
    Profile profile =
        Optional.ofNullable(profiles.get(requireTitle(file.title()).profile()))
            .orElseGet(() -> new Profile(0, "", false, 0, 0));
    return rank(file.quality().id()) < rank(profile.cutoff());
  }

  /** Where a quality stands among all of them, the worst first. */
  public int rank(int quality) {
    List<Integer> ids = Quality.all(kind).stream().map(Quality::id).toList();
    return ids.indexOf(quality);
  }

  // What the program itself does.

  /** A new record of a file that nothing is known of but what its name says. */
  public synchronized MediaFile fromName(Title title, Path path) {
    return record(title, title.folder().relativize(path).toString(), sizeOf(path), look(path));
  }

  private MediaFile record(Title title, String relativePath, long size, MediaInfo seen) {
    String fileName = relativePath.substring(relativePath.lastIndexOf('/') + 1);
    FileName name = new FileName(fileName);
    return new MediaFile(
        ++lastFile,
        title.id(),
        kind.isSonarr() ? Math.max(0, name.season()) : 0,
        relativePath,
        size,
        clock.instant(),
        "",
        name.releaseGroup(),
        kind.isSonarr() ? "" : name.edition(),
        "",
        Quality.parsed(kind, fileName),
        List.of(Language.of(fileName, title.original())),
        0,
        name.episodes().size() > 1 ? "multiEpisode" : "singleEpisode",
        seen);
  }

  /** Looks into a file. */
  public synchronized MediaInfo look(Path path) {
    return settings.readsMediaInfo() ? MediaInfo.of(codecs.apply(path)) : MediaInfo.none();
  }

  /** The parts that a file's name tells of; none if one of them is not there. */
  public synchronized List<Part> partsNamed(Title title, String fileName) {
    if (!kind.isSonarr()) {
      return parts(title.id());
    }
    FileName name = new FileName(fileName);
    List<Part> found = new ArrayList<>();
    for (int number : name.episodes()) {
      Optional<Part> part = episode(title.id(), name.season(), number);
      if (part.isEmpty()) {
        return List.of();
      }
      found.add(part.get());
    }
    return found;
  }

  /** Puts a record in and has the parts of its name held by it. */
  public synchronized void link(MediaFile file) {
    put(file);
    for (Part part : partsNamed(requireTitle(file.title()), file.fileName())) {
      parts.put(part.id(), part.heldBy(file.id()));
    }
  }

  /** Puts a record in, or in place of the one of the same id. */
  public synchronized void put(MediaFile file) {
    files.put(file.id(), file);
    Optional.ofNullable(filesOf.get(file.title())).ifPresent(ids -> ids.add(file.id()));
  }

  /** Removes a record; its parts have no file any more. */
  public synchronized void remove(MediaFile file) {
    for (Part part : parts(file)) {
      parts.put(part.id(), part.heldBy(0));
    }
    files.remove(file.id());
    filesOf.getOrDefault(file.title(), Set.of()).remove(file.id());
  }

  public synchronized void remove(Title title) {
    files(title.id()).forEach(this::remove);
    parts(title.id()).forEach(part -> parts.remove(part.id()));
    titles.remove(title.id());
    partsOf.remove(title.id());
    filesOf.remove(title.id());
  }

  public synchronized void monitor(Collection<Long> ids, boolean monitored) {
    ids.forEach(id -> changePart(id, part -> part.monitored(monitored)));
  }

  private Set<Long> partsOf(long title) {
    return partsOf.computeIfAbsent(title, id -> new LinkedHashSet<>());
  }

  private static long sizeOf(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
