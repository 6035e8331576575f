package dev.reencodarr.bench.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.fakearr.FakeArr;
import dev.reencodarr.fakearr.fault.Fault;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.fakearr.webhook.Delivery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a Sonarr or a Radarr manages: titles of each round with small files on disk, to which things
 * happen that it tells nobody; what it would have told is sent by others.
 */
final class Collection {

  /** Of each program and each round. */
  static final int TITLES = Arrays.stream(Change.values()).mapToInt(Change::titles).sum();

  private static final int WARM_UP = 50;
  private static final int OK = 200;
  private static final int SMALL = 1000;
  private static final int LARGER = 2000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Place(Title title, Change change) {}

  private final FakeArr program;
  private final Path root;
  private final Map<Restart, List<Place>> rounds = new EnumMap<>(Restart.class);
  private final List<Title> forWarmUp = new ArrayList<>();

  /**
   * @param root real, and empty
   */
  Collection(FakeArr program, Path root) {
    this.program = program;
    this.root = root;
  }

  FakeArr program() {
    return program;
  }

  /** How the connection to it is called. */
  String name() {
    return program.kind().isSonarr() ? "sonarr" : "radarr";
  }

  Path root() {
    return root;
  }

  /** Has it manage the titles of all rounds. */
  void fill() throws IOException {
    for (int number = 0; number < WARM_UP; number++) {
      forWarmUp.add(title("Warm " + number));
    }
    for (Restart round : Restart.values()) {
      List<Place> places = new ArrayList<>();
      for (Change change : Change.values()) {
        for (int number = 0; number < change.titles(); number++) {
          Title title = title(change.name().charAt(0) + " " + round + " " + number);
          if (change != Change.IMPORT) {
            Path file = write(title, release(title, "1080p.WEB-DL.x264-GRP"), SMALL);
            var _ = program.library().addFile(title.id(), file, "");
          }
          places.add(new Place(title, change));
        }
      }
      rounds.put(round, places);
    }
  }

  private Title title(String name) throws IOException {
    Path folder = Files.createDirectories(root.resolve(name));
    Title title = program.library().addTitle(name, 2000, folder);
    if (program.kind().isSonarr()) {
      var _ = program.library().addEpisode(title.id(), 1, 1, "One");
    }
    return title;
  }

  private String release(Title title, String end) {
    String part = program.kind().isSonarr() ? ".S01E01." : ".2000.";
    return title.name().replace(' ', '.') + part + end;
  }

  private static Path write(Title title, String release, int size) throws IOException {
    return Files.write(title.folder().resolve(release + ".mkv"), new byte[size]);
  }

  /** From now on it tells nobody, and neither its history nor its list is to be had. */
  void fallSilent() {
    program.webhooks().dropNext(Integer.MAX_VALUE);
    program.faults().always("^GET /api/v3/history", Fault.status(503));
    program.faults().always("^GET /api/v3/(series|movie)(\\?|$)", Fault.status(503));
  }

  /** Events of titles that are not looked for afterwards. */
  List<Call> warmUp() throws IOException {
    int before = program.webhooks().deliveries().size();
    for (Title title : forWarmUp) {
      imported(title, "1080p.WEB-DL.x264-GRP");
    }
    return newCalls(before).values().stream().flatMap(List::stream).toList();
  }

  /** All that happens in a round. */
  List<Touched> change(Restart round) throws IOException, InterruptedException, NoFigure {
    int before = program.webhooks().deliveries().size();
    for (Place place : places(round)) {
      switch (place.change()) {
        case UPGRADE, IMPORT -> imported(place.title(), "2160p.WEB-DL.x265-NEW");
        case DELETE -> delete(file(place.title()));
        case RENAME -> {}
      }
    }
    rename(round);
    Map<Long, List<Call>> calls = newCalls(before);
    List<Touched> touched = new ArrayList<>();
    for (Place place : places(round)) {
      List<Call> events = calls.getOrDefault(place.title().id(), List.of());
      if (events.size() < (place.change() == Change.UPGRADE ? 2 : 1)) {
        throw new NoFigure(name() + " tells nothing of " + place);
      }
      touched.add(new Touched(place.title().id(), place.change(), events));
    }
    return List.copyOf(touched);
  }

  private void imported(Title title, String end) throws IOException {
    String release = release(title, end);
    var item = program.downloads().grab(title.id(), release);
    var _ = program.downloads().imported(item, write(title, release, LARGER));
  }

  private MediaFile file(Title title) {
    return program.library().files(title.id()).getFirst();
  }

  private void rename(Restart round) throws InterruptedException {
    program.library().change(settings -> settings.renamingBy(settings.template()));
    ObjectNode arguments = JSON.createObjectNode();
    ArrayNode ids = arguments.putArray(program.kind().isSonarr() ? "seriesIds" : "movieIds");
    places(round).stream()
        .filter(place -> place.change() == Change.RENAME)
        .forEach(place -> ids.add(place.title().id()));
    var _ =
        program
            .commands()
            .push(program.kind().isSonarr() ? "RenameSeries" : "RenameMovie", arguments);
    program.commands().awaitIdle();
  }

  private void delete(MediaFile file) throws IOException, InterruptedException, NoFigure {
    String route = program.kind().isSonarr() ? "episodefile" : "moviefile";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(program.url() + "/api/v3/" + route + "/" + file.id()))
            .header("X-Api-Key", FakeArr.KEY)
            .DELETE()
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != OK) {
        throw new NoFigure("a file is not deleted: " + status);
      }
    }
  }

  /** What it would have sent since, by title. */
  private Map<Long, List<Call>> newCalls(int before) throws IOException {
    List<Delivery> all = program.webhooks().deliveries();
    Map<Long, List<Call>> calls = new LinkedHashMap<>();
    for (Delivery delivery : all.subList(before, all.size())) {
      JsonNode body = JSON.readTree(delivery.body());
      long title = body.path(program.kind().isSonarr() ? "series" : "movie").path("id").asLong();
      calls
          .computeIfAbsent(title, id -> new ArrayList<>())
          .add(new Call(0, delivery.to().url(), delivery.to().headers(), delivery.body()));
    }
    return calls;
  }

  private List<Place> places(Restart round) {
    return Objects.requireNonNull(rounds.get(round));
  }

  /** The ids of the titles of a round. */
  List<Long> titles(Restart round) {
    return places(round).stream().map(place -> place.title().id()).toList();
  }

  /** The files of a title as they are: id, size and path. */
  Set<String> there(long title) {
    Title of = program.library().requireTitle(title);
    return program.library().files(title).stream()
        .map(file -> file.id() + " " + file.size() + " " + of.pathOf(file))
        .collect(Collectors.toSet());
  }
}
