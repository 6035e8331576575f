package dev.reencodarr.fakearr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.api.Api;
import dev.reencodarr.fakearr.command.CommandQueue;
import dev.reencodarr.fakearr.disk.Deleter;
import dev.reencodarr.fakearr.disk.DiskScan;
import dev.reencodarr.fakearr.disk.Naming;
import dev.reencodarr.fakearr.disk.Renamer;
import dev.reencodarr.fakearr.download.Downloads;
import dev.reencodarr.fakearr.event.ArrEvent;
import dev.reencodarr.fakearr.event.Events;
import dev.reencodarr.fakearr.fault.Faults;
import dev.reencodarr.fakearr.history.History;
import dev.reencodarr.fakearr.http.Exchange;
import dev.reencodarr.fakearr.http.RequestLog;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.time.FakeClock;
import dev.reencodarr.fakearr.webhook.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A Sonarr or Radarr with a state of its own, reached by HTTP on loopback as the real ones are. It
 * looks at real folders, does commands, writes history and calls webhooks; and it goes wrong on
 * demand. Of what it does not have it answers 404.
 */
public final class FakeArr implements AutoCloseable {

  /** Without it nothing is answered. */
  public static final String KEY = "0123456789abcdef0123456789abcdef";

  private final FakeClock clock = new FakeClock();
  private final Events events = new Events();
  private final Faults faults = new Faults();
  private final RequestLog requests = new RequestLog();
  private final Library library;
  private final History history;
  private final Webhooks webhooks;
  private final Downloads downloads;
  private final Renamer renamer;
  private final Deleter deleter;
  private final ArrCommands work;
  private final CommandQueue commands;
  private final String urlBase;
  private final Door door;
  private final Server server;

  private FakeArr(ArrKind kind, String urlBase) {
    this.urlBase = urlBase;
    library = new Library(kind, clock);
    history = new History(kind, clock);
    webhooks = new Webhooks(library, clock);
    downloads = new Downloads(library, events);
    renamer = new Renamer(library, new Naming(library), events);
    deleter = new Deleter(library, events);
    work = new ArrCommands(library, new DiskScan(library, events), renamer);
    commands = new CommandQueue(work, clock);
    Api api = new Api(library, urlBase, commands, history, events, downloads, webhooks);
    door = new Door(kind, new Key(KEY), urlBase, api);
    server = new Server(door, faults, requests);
    events.listen(history::write);
    events.listen(webhooks::send);
    events.listen(this::searchAnew);
  }

  /** One that runs. */
  public static FakeArr sonarr() throws IOException {
    return start(ArrKind.SONARR, "");
  }

  /** One that runs. */
  public static FakeArr radarr() throws IOException {
    return start(ArrKind.RADARR, "");
  }

  /**
   * One that runs.
   *
   * @param urlBase such as {@code /sonarr}; empty for none
   */
  public static FakeArr start(ArrKind kind, String urlBase) throws IOException {
    FakeArr fake = new FakeArr(kind, urlBase);
    try {
      fake.start();
    } catch (IOException e) {
      fake.close();
      throw e;
    }
    return fake;
  }

  /** What a user enters: with the URL base, without a slash at its end. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.port() + urlBase);
  }

  public ArrKind kind() {
    return library.kind();
  }

  /** Titles, files, tags, profiles, settings. */
  public Library library() {
    return library;
  }

  public CommandQueue commands() {
    return commands;
  }

  public History history() {
    return history;
  }

  public Webhooks webhooks() {
    return webhooks;
  }

  /** Grabs, imports and upgrades. */
  public Downloads downloads() {
    return downloads;
  }

  public Faults faults() {
    return faults;
  }

  /** Every request that came. */
  public RequestLog requests() {
    return requests;
  }

  /** How often the whole library was scanned, since a rescan or refresh came without a title. */
  public int wholeLibraryScans() {
    return work.wholeScans();
  }

  /** Ids of the episodes or movies of each search. */
  public List<List<Long>> searches() {
    return work.searches();
  }

  /** Sets the program's clock forward: dates of history, and the wait of webhooks. */
  public void letPass(Duration time) {
    clock.pass(time);
  }

  /** Has the next renames of files fail; their commands are completed all the same. */
  public void failNextRenames(int files) {
    renamer.failNext(files);
  }

  /** Tells webhooks that a title was added. */
  public void announce(long title) {
    events.tell(new ArrEvent.TitleAdded(library.requireTitle(title)));
  }

  /** Removes a title and tells of it; its folder stays as it is. */
  public void removeTitle(long title) {
    deleter.forget(library.requireTitle(title));
  }

  /** Hears of every exchange before it is answered, on the thread that answers. */
  public void observe(Consumer<Exchange> observer) {
    server.observe(observer);
  }

  /** Goes away, amid whatever it does; what it knows is kept. */
  public void stop() {
    server.stop();
    commands.orphanStarted();
  }

  /** Comes back at the same address. */
  public void start() throws IOException {
    server.start();
  }

  /** Whether it answers that it is starting up, and nothing else. */
  public void startingUp(boolean now) {
    door.startingUp(now);
  }

  private void searchAnew(ArrEvent event) {
    if (event instanceof ArrEvent.DownloadFailed failed && library.settings().redownloadsFailed()) {
      ObjectNode arguments = JsonNodeFactory.instance.objectNode();
      ArrayNode ids = arguments.putArray(kind().isSonarr() ? "episodeIds" : "movieIds");
      failed.parts().stream().map(Part::id).forEach(ids::add);
      var _ = commands.push(kind().isSonarr() ? "EpisodeSearch" : "MoviesSearch", arguments);
    }
  }

  @Override
  public void close() {
    server.stop();
    commands.close();
    webhooks.close();
  }
}
