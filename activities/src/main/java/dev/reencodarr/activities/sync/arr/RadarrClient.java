package dev.reencodarr.activities.sync.arr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Monitored;
import dev.reencodarr.workflows.sync.Title;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Radarr: titles are movies, each with one file at most. */
final class RadarrClient extends V3Client {

  private static final String TITLE = "movieId";

  /** Movies whose files are asked for at once: an address may have some thousand letters. */
  private static final int AT_ONCE = 100;

  private final RadarrCalls calls;
  private final RadarrCalls wholeCalls;
  private final FileReader reader = new FileReader(TITLE);

  RadarrClient(Line line) {
    super(
        line,
        new SettingsReader("autoUnmonitorPreviouslyDownloadedMovies", "renameMovies"),
        new HistoryReader(TITLE));
    this.calls = line.ordinary().create(RadarrCalls.class);
    this.wholeCalls = line.whole().create(RadarrCalls.class);
  }

  @Override
  public void titles(Consumer<Title> each) throws ArrFailed {
    titles(wholeCalls.movies(), each);
  }

  @Override
  boolean isEnded(Item movie) {
    return false;
  }

  @Override
  int files(Item movie) {
    boolean hasFile = movie.flag("hasFile", movie.number("movieFileId").orElse(1) > 0);
    return hasFile ? 1 : 0;
  }

  @Override
  public Optional<Title> title(long title) throws ArrFailed {
    return title(calls.movie(Ids.checked(title)), title);
  }

  @Override
  public List<ManagedFile> files(Collection<Long> titles) throws ArrFailed {
    List<Long> movies = Ids.checked(titles);
    Map<Long, ManagedFile> files = new LinkedHashMap<>();
    for (int from = 0; from < movies.size(); from += AT_ONCE) {
      List<Long> some = movies.subList(from, Math.min(from + AT_ONCE, movies.size()));
      files(some).forEach(file -> files.putIfAbsent(file.id(), file));
    }
    return List.copyOf(files.values());
  }

  private List<ManagedFile> files(List<Long> movies) throws ArrFailed {
    Set<Long> asked = Set.copyOf(movies);
    return conversation()
        .listIfThere(
            calls.files(movies),
            item -> reader.read(item).filter(file -> asked.contains(file.title())));
  }

  @Override
  public Optional<ManagedFile> file(long file) throws ArrFailed {
    return file(calls.file(Ids.checked(file)), reader, file);
  }

  @Override
  public boolean isDownloading(ManagedFile file) throws ArrFailed {
    return isDownloading(file.title(), List.of(file.title()));
  }

  /** The movie is its only part. */
  @Override
  public boolean isDownloading(long title, Collection<Long> parts) throws ArrFailed {
    return conversation().items(calls.queue(Ids.checked(title))).stream()
        .anyMatch(item -> item.id(TITLE) == title && isUnderWay(item));
  }

  @Override
  public ArrCommand rescan(long title) throws ArrFailed {
    return command(json().put("name", "RescanMovie").put(TITLE, Ids.checked(title)));
  }

  @Override
  public ArrCommand rename(long title, long file) throws ArrFailed {
    ObjectNode command = json().put("name", "RenameFiles").put(TITLE, Ids.checked(title));
    putIds(command, "files", List.of(Ids.checked(file)));
    return command(command);
  }

  @Override
  public Optional<String> renamedTo(ManagedFile file) throws ArrFailed {
    return renamedTo(calls.renames(Ids.checked(file.title())), "movieFileId", file);
  }

  @Override
  public Monitored monitored(ManagedFile file) throws ArrFailed {
    Item now = conversation().object(calls.movie(Ids.checked(file.title())));
    if (now.id("id") != file.title()) {
      throw conversation().notUnderstood();
    }
    return monitored(now);
  }

  @Override
  public Monitored monitored(Collection<Long> parts) throws ArrFailed {
    TreeSet<Long> on = new TreeSet<>();
    TreeSet<Long> off = new TreeSet<>();
    for (long id : Ids.checked(parts)) {
      Optional<Item> movie = conversation().objectIfThere(calls.movie(id));
      if (movie.isPresent()) {
        Monitored now = monitored(movie.get());
        on.addAll(now.on());
        off.addAll(now.off());
      }
    }
    return new Monitored(on, off);
  }

  private static Monitored monitored(Item movie) {
    TreeSet<Long> id = new TreeSet<>(List.of(movie.id("id")));
    if (!movie.hasFlag("monitored")) {
      return new Monitored(new TreeSet<>(), new TreeSet<>());
    }
    return movie.flag("monitored", false)
        ? new Monitored(id, new TreeSet<>())
        : new Monitored(new TreeSet<>(), id);
  }

  @Override
  public void restore(Monitored recorded) throws ArrFailed {
    monitor(recorded.on(), true);
    monitor(recorded.off(), false);
  }

  private void monitor(Collection<Long> movies, boolean monitored) throws ArrFailed {
    List<Long> others = new ArrayList<>();
    for (long id : Ids.checked(movies)) {
      Optional<Item> movie = conversation().objectIfThere(calls.movie(id));
      if (movie.isPresent() && movie.get().flag("monitored", !monitored) != monitored) {
        others.add(id);
      }
    }
    if (!others.isEmpty()) {
      ObjectNode change = json().put("monitored", monitored);
      putIds(change, "movieIds", others);
      conversation().order(calls.edit(new JsonBody(change)));
    }
  }

  @Override
  public void restore(ManagedFile recorded, long file) throws ArrFailed {
    ObjectNode change = Recorded.into(Ids.checked(file), recorded);
    Recorded.put(change, "edition", recorded.edition());
    if (change.size() > 1) {
      conversation()
          .order(calls.change(new JsonBody(JsonNodeFactory.instance.arrayNode().add(change))));
    }
  }

  @Override
  public ArrCommand search(Collection<Long> parts) throws ArrFailed {
    ObjectNode command = json().put("name", "MoviesSearch");
    putIds(command, "movieIds", Ids.checked(parts));
    return command(command);
  }

  /** The movie is its only part. */
  @Override
  public List<ManagedFile> holding(long title, Collection<Long> parts) throws ArrFailed {
    return files(List.of(title));
  }

  @Override
  public void deleteFile(long file) throws ArrFailed {
    remove(calls.delete(Ids.checked(file)));
  }

  @Override
  public List<HistoryEvent> history(long title) throws ArrFailed {
    return events(wholeCalls.history(Ids.checked(title)));
  }
}
