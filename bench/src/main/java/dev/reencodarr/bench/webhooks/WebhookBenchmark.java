package dev.reencodarr.bench.webhooks;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import dev.reencodarr.fakearr.FakeArr;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A thousand webhooks in ten seconds, also while PostgreSQL or Temporal is started anew. */
public final class WebhookBenchmark implements Benchmark {

  @Override
  public String name() {
    return "webhooks";
  }

  @Override
  public String about() {
    return "1,000 webhooks in 10 s, three times: PostgreSQL and Temporal are restarted amid them (10 min)";
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    String heard = "127.0.0.1:" + freePort();
    try (FakeArr sonarr = FakeArr.sonarr();
        FakeArr radarr = FakeArr.radarr();
        Installation stack =
            place.installation(
                "home",
                List.of(
                    "webhook_address: " + heard,
                    "webhook_public_url: http://" + heard,
                    // The files are no films: what they would be told to be is not what is
                    // measured.
                    "still_seconds: 3600",
                    "scheduled_still_seconds: 3600"),
                Map.of())) {
      List<Collection> collections =
          List.of(
              new Collection(sonarr, place.folder("tv").toRealPath()),
              new Collection(radarr, place.folder("films").toRealPath()));
      place.say().accept("starting a stack");
      stack.type("up", "--detach");
      prepare(place, stack, collections);
      return new Rounds(place, stack, collections).rows();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void prepare(Workplace place, Installation stack, List<Collection> collections)
      throws NoFigure, IOException, InterruptedException {
    Path key = Files.writeString(place.folder().resolve("key"), FakeArr.KEY);
    for (Collection collection : collections) {
      collection.program().requests().turnOff();
      stack.type("library", "add", collection.root().toString());
      stack.type(
          "sync",
          "add",
          collection.name(),
          "--url",
          collection.program().url().toString(),
          "--api-key-file",
          key.toString());
      collection.fill();
    }
    place.say().accept("the first sync");
    stack.type("sync", "run", "--wait");
    for (Collection collection : collections) {
      if (collection.program().webhooks().notifications().isEmpty()) {
        throw new NoFigure(collection.name() + " has no webhook");
      }
      collection.fallSilent();
    }
  }
}
