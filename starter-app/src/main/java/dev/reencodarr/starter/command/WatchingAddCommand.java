package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.LivingWorker;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.activities.store.media.MediaServer;
import dev.reencodarr.activities.store.media.MediaServerRepository;
import dev.reencodarr.activities.store.media.MediaServerState;
import dev.reencodarr.starter.view.WatchingView;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.watching.HoldWhen;
import dev.reencodarr.workflows.watching.MediaServerKind;
import dev.reencodarr.workflows.watching.WatchPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a media server. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Adds a media server. While somebody watches there, heavy work of its zone is stopped where it",
      "stands; and it is told of files that were replaced or put back.",
      "The same address again replaces what was said of it."
    })
final class WatchingAddCommand implements Callable<Integer> {

  /** A worker asks every few seconds. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofMillis(300);

  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "plex|jellyfin|emby", description = "What it is.")
  private String kind = "";

  @Parameters(
      index = "1",
      paramLabel = "URL",
      description = "Its address, such as http://nas:32400 or https://films.example/jellyfin.")
  private String url = "";

  @Option(
      names = "--token-file",
      required = true,
      paramLabel = "FILE",
      description = {
        "Holds its token or API key; - reads the standard input.",
        "It is kept encrypted, under secret.key in the home folder."
      })
  private String tokenFile = "";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "The zone that is held, and whose libraries it is told of; this machine's else.")
  private @Nullable String zone;

  @Option(
      names = "--when",
      paramLabel = "playing|transcoding|never",
      defaultValue = "playing",
      description = {
        "While what work is held: somebody watches (playing), or the server re-encodes video for",
        "somebody (transcoding); never: it is only told of files."
      })
  private String when = "playing";

  @Option(
      names = "--after",
      paramLabel = "TIME",
      defaultValue = "5m",
      description = "How long after the last one has stopped work goes on, such as 30s, 5m or 1h.")
  private String after = "5m";

  @Mixin private PathOptions paths = new PathOptions();

  @Option(names = "--no-refresh", description = "Do not tell it of files.")
  private boolean noRefresh;

  WatchingAddCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    MediaServerKind server =
        MediaServerKind.parse(kind)
            .orElseThrow(
                () -> CommandFailed.usage("'" + kind + "' is none of plex, jellyfin, emby"));
    HoldWhen hold =
        HoldWhen.parse(when)
            .orElseThrow(() ->
                CommandFailed.usage(
                    "--when is one of playing, transcoding, never, not '" + when + "'"));
    URI address = ServerAddress.parse(url, "http://nas:32400");
    WatchPolicy policy = new WatchPolicy(time());
    PathMap map = paths.map();
    String token = TokenFile.read(tokenFile, surroundings.workingFolder());
    try (Connections connections = Connections.of(surroundings)) {
      String inZone =
          Optional.ofNullable(zone).orElseGet(() -> connections.settings().place().zone());
      Database database = connections.database();
      long id =
          new MediaServerRepository(database)
              .put(
                  new MediaServer(0, server, address, 0, inZone, hold, policy, map, !noRefresh),
                  HomeKey.of(surroundings),
                  token);
      surroundings
          .out()
          .println("media server " + id + " added: " + server.code() + " at " + address);
      tellFirstAnswer(database, id, inZone, hold);
    }
    return ExitCode.DONE.code();
  }

  private Duration time() throws CommandFailed {
    Duration duration = TimeSpan.parse("--after", after);
    if (duration.compareTo(WatchPolicy.MOST) > 0) {
      throw CommandFailed.usage("--after may be " + WatchPolicy.MOST.toHours() + "h at most");
    }
    return duration;
  }

  /** Whoever has mistyped an address or a token is to see it now. */
  private void tellFirstAnswer(Database database, long id, String inZone, HoldWhen hold)
      throws InterruptedException {
    List<LivingWorker> workers = new WorkerRepository(database).living(WorkerRepository.FRESH);
    if (hold == HoldWhen.NEVER || workers.stream().noneMatch(it -> it.zone().equals(inZone))) {
      surroundings.say(
          hold == HoldWhen.NEVER
              ? "it is told of the next file that is replaced"
              : "no worker of zone " + inZone + " is there that could ask it now");
      return;
    }
    MediaServerRepository rows = new MediaServerRepository(database);
    long deadline = System.nanoTime() + FIRST_ANSWER.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<MediaServerState> state =
          rows.states().stream().filter(it -> it.server().id() == id).findFirst();
      if (state.isPresent() && WatchingView.isAsked(state.get())) {
        surroundings.say(WatchingView.of(state.get()).state());
        return;
      }
      Thread.sleep(LOOK);
    }
    surroundings.say("no worker has asked it yet; ./reencodarr watching list says once one has");
  }
}
