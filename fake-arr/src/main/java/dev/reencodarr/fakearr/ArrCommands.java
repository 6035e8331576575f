package dev.reencodarr.fakearr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.command.CommandWork;
import dev.reencodarr.fakearr.disk.DiskScan;
import dev.reencodarr.fakearr.disk.Renamer;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Title;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What each command does. */
final class ArrCommands implements CommandWork {

  private static final List<String> SONARR =
      List.of("RescanSeries", "RefreshSeries", "RenameFiles", "RenameSeries", "EpisodeSearch");
  private static final List<String> RADARR =
      List.of("RescanMovie", "RefreshMovie", "RenameFiles", "RenameMovie", "MoviesSearch");

  private final Library library;
  private final DiskScan scan;
  private final Renamer renamer;
  private final AtomicInteger wholeScans = new AtomicInteger();
  private final List<List<Long>> searches = new CopyOnWriteArrayList<>();

  ArrCommands(Library library, DiskScan scan, Renamer renamer) {
    this.library = library;
    this.scan = scan;
    this.renamer = renamer;
  }

  int wholeScans() {
    return wholeScans.get();
  }

  List<List<Long>> searches() {
    return List.copyOf(searches);
  }

  @Override
  public Optional<String> spelled(String name) {
    List<String> known = library.kind().isSonarr() ? SONARR : RADARR;
    return known.stream().filter(one -> one.equalsIgnoreCase(name)).findFirst();
  }

  @Override
  public String run(String name, ObjectNode arguments) throws IOException {
    switch (name) {
      case "RescanSeries", "RescanMovie" -> rescan(titles(arguments));
      case "RefreshSeries", "RefreshMovie" -> refresh(titles(arguments));
      case "RenameFiles" -> renameFiles(arguments);
      case "RenameSeries", "RenameMovie" -> renameAll(titles(arguments));
      case "EpisodeSearch", "MoviesSearch" -> {
        searches.add(ids(arguments, name.equals("EpisodeSearch") ? "episodeIds" : "movieIds"));
        return "Completed search. 0 reports downloaded.";
      }
      default -> throw new IOException("no command " + name);
    }
    return "Completed";
  }

  /** No title means all of them. */
  private void rescan(List<Long> wanted) throws IOException {
    if (wanted.isEmpty()) {
      wholeScans.incrementAndGet();
    }
    for (Title title : wanted.isEmpty() ? library.titles() : existing(wanted)) {
      var _ = scan.scan(title);
    }
  }

  private void refresh(List<Long> wanted) throws IOException {
    if (!library.settings().rescanAfterRefresh().equals("never")) {
      rescan(wanted);
    }
  }

  private void renameFiles(ObjectNode arguments) throws IOException {
    for (Title title : existing(titles(arguments))) {
      renamer.rename(title, ids(arguments, "files"));
    }
  }

  private void renameAll(List<Long> wanted) throws IOException {
    for (Title title : existing(wanted)) {
      renamer.rename(title, library.files(title.id()).stream().map(MediaFile::id).toList());
    }
  }

  private List<Title> existing(List<Long> wanted) throws IOException {
    List<Title> titles = new ArrayList<>();
    for (long id : wanted) {
      titles.add(
          library
              .title(id)
              .orElseThrow(() -> new IOException("title with ID " + id + " does not exist")));
    }
    return titles;
  }

  private List<Long> titles(ObjectNode arguments) {
    String key = library.kind().titleKey();
    long one = arguments.path(key).asLong(0);
    return one == 0 ? ids(arguments, key + "s") : List.of(one);
  }

  private static List<Long> ids(ObjectNode arguments, String key) {
    List<Long> ids = new ArrayList<>();
    for (JsonNode id : arguments.path(key)) {
      ids.add(id.asLong());
    }
    return ids;
  }
}
