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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Sonarr: titles are series, and a file may hold several episodes. */
final class SonarrClient extends V3Client {

  private static final String TITLE = "seriesId";

  private final SonarrCalls calls;
  private final SonarrCalls wholeCalls;
  private final FileReader reader = new FileReader(TITLE);

  SonarrClient(Line line) {
    super(
        line,
        new SettingsReader("autoUnmonitorPreviouslyDownloadedEpisodes", "renameEpisodes"),
        new HistoryReader(TITLE));
    this.calls = line.ordinary().create(SonarrCalls.class);
    this.wholeCalls = line.whole().create(SonarrCalls.class);
  }

  /** Whether an episode is monitored. */
  private record Episode(long id, boolean isMonitored) {

    /** The episode; empty where it has no id, or does not say. */
    static Optional<Episode> read(Item item) {
      return Optional.of(new Episode(item.id("id"), item.flag("monitored", false)))
          .filter(read -> read.id() > 0 && item.hasFlag("monitored"));
    }
  }

  @Override
  public void titles(Consumer<Title> each) throws ArrFailed {
    titles(wholeCalls.series(), each);
  }

  @Override
  boolean isEnded(Item series) {
    return series.flag("ended", series.text("status").equals("ended"));
  }

  @Override
  int files(Item series) {
    return series.part("statistics").whole("episodeFileCount", 0, 1);
  }

  @Override
  public Optional<Title> title(long title) throws ArrFailed {
    return title(calls.series(Ids.checked(title)), title);
  }

  /** One call a series: there is no list of several. */
  @Override
  public List<ManagedFile> files(Collection<Long> titles) throws ArrFailed {
    Map<Long, ManagedFile> files = new LinkedHashMap<>();
    for (long series : Ids.checked(titles)) {
      // A series that was deleted meanwhile has none.
      conversation()
          .listIfThere(
              calls.files(series), item -> reader.read(item).filter(it -> it.title() == series))
          .forEach(file -> files.putIfAbsent(file.id(), file));
    }
    return List.copyOf(files.values());
  }

  @Override
  public Optional<ManagedFile> file(long file) throws ArrFailed {
    return file(calls.file(Ids.checked(file)), reader, file);
  }

  @Override
  public boolean isDownloading(ManagedFile file) throws ArrFailed {
    List<Long> downloading = downloading(file.title());
    return !downloading.isEmpty()
        && isAmong(downloading, episodes(file.id()).stream().map(Episode::id).toList());
  }

  @Override
  public boolean isDownloading(long title, Collection<Long> parts) throws ArrFailed {
    return isAmong(downloading(title), parts);
  }

  /** Ids of episodes; 0 for a season as a whole, of which it does not say which ones. */
  private List<Long> downloading(long title) throws ArrFailed {
    return conversation().items(calls.queue(Ids.checked(title))).stream()
        .filter(item -> item.id(TITLE) == title && isUnderWay(item))
        .map(item -> item.id("episodeId"))
        .toList();
  }

  private static boolean isAmong(List<Long> downloading, Collection<Long> episodes) {
    return downloading.stream().anyMatch(episode -> episode == 0 || episodes.contains(episode));
  }

  private List<Episode> episodes(long file) throws ArrFailed {
    return conversation().items(calls.episodes(Ids.checked(file))).stream()
        .filter(item -> holds(item, file))
        .flatMap(item -> Episode.read(item).stream())
        .toList();
  }

  private static boolean holds(Item episode, long file) {
    return episode.number("episodeFileId").orElse(file) == file;
  }

  @Override
  public ArrCommand rescan(long title) throws ArrFailed {
    return command(json().put("name", "RescanSeries").put(TITLE, Ids.checked(title)));
  }

  @Override
  public ArrCommand rename(long title, long file) throws ArrFailed {
    ObjectNode command = json().put("name", "RenameFiles").put(TITLE, Ids.checked(title));
    putIds(command, "files", List.of(Ids.checked(file)));
    return command(command);
  }

  @Override
  public Optional<String> renamedTo(ManagedFile file) throws ArrFailed {
    return renamedTo(
        calls.renames(Ids.checked(file.title()), file.season()), "episodeFileId", file);
  }

  @Override
  public Monitored monitored(ManagedFile file) throws ArrFailed {
    SortedSet<Long> on = new TreeSet<>();
    SortedSet<Long> off = new TreeSet<>();
    for (Episode episode : episodes(file.id())) {
      (episode.isMonitored() ? on : off).add(episode.id());
    }
    return new Monitored(on, off);
  }

  @Override
  public Monitored monitored(Collection<Long> parts) throws ArrFailed {
    SortedSet<Long> on = new TreeSet<>();
    SortedSet<Long> off = new TreeSet<>();
    for (long id : Ids.checked(parts)) {
      Optional<Item> episode = conversation().objectIfThere(calls.episode(id));
      episode
          .flatMap(Episode::read)
          .ifPresent(read -> (read.isMonitored() ? on : off).add(read.id()));
    }
    return new Monitored(on, off);
  }

  @Override
  public void restore(Monitored recorded) throws ArrFailed {
    monitor(recorded.on(), true);
    monitor(recorded.off(), false);
  }

  private void monitor(Collection<Long> episodes, boolean monitored) throws ArrFailed {
    List<Long> others = new ArrayList<>();
    for (long id : Ids.checked(episodes)) {
      // One by one: asked for several of which one is gone, it answers 500.
      Optional<Item> episode = conversation().objectIfThere(calls.episode(id));
      if (episode.isPresent() && episode.get().flag("monitored", !monitored) != monitored) {
        others.add(id);
      }
    }
    if (!others.isEmpty()) {
      ObjectNode change = json().put("monitored", monitored);
      putIds(change, "episodeIds", others);
      conversation().order(calls.monitor(new JsonBody(change)));
    }
  }

  @Override
  public void restore(ManagedFile recorded, long file) throws ArrFailed {
    ObjectNode change = Recorded.into(Ids.checked(file), recorded);
    if (change.size() > 1) {
      conversation()
          .order(calls.change(new JsonBody(JsonNodeFactory.instance.arrayNode().add(change))));
    }
  }

  @Override
  public ArrCommand search(Collection<Long> parts) throws ArrFailed {
    ObjectNode command = json().put("name", "EpisodeSearch");
    putIds(command, "episodeIds", Ids.checked(parts));
    return command(command);
  }

  @Override
  public List<ManagedFile> holding(long title, Collection<Long> parts) throws ArrFailed {
    Map<Long, ManagedFile> files = new LinkedHashMap<>();
    for (long id : Ids.checked(parts)) {
      Optional<Item> episode = conversation().objectIfThere(calls.episode(id));
      long held = episode.map(it -> it.id("episodeFileId")).orElse(0L);
      Optional<ManagedFile> file = held == 0 ? Optional.empty() : file(held);
      if (file.filter(it -> it.title() == title).isEmpty()) {
        return List.of();
      }
      files.put(held, file.get());
    }
    return List.copyOf(files.values());
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
