package dev.reencodarr.bench.webhooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.stack.HomeProcesses;
import dev.reencodarr.bench.stack.Installation;
import dev.reencodarr.bench.trial.Workplace;
import dev.reencodarr.starter.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The thousand webhooks, once for each {@link Restart}, sent to us and to the plain way. */
final class Rounds {

  private static final int CALLS = 1000;
  private static final int WARM_UP = 200;
  private static final int CONNECTIONS = 8;
  private static final long MICROS_APART = 10_000;
  private static final long SEED = 1;
  private static final Duration BEFORE_RESTART = Duration.ofMillis(2500);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final String PEER = "a question and an upsert before each answer";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Workplace place;
  private final Installation stack;
  private final List<Collection> collections;
  private final Rows rows;
  private final Outage outage;
  private final List<Row> found = new ArrayList<>();

  /** What came of the calls of a round. */
  private record Outcome(Sent sent, int lost, double secondsAfter) {}

  Rounds(Workplace place, Installation stack, List<Collection> collections) {
    this.place = place;
    this.stack = stack;
    this.collections = collections;
    this.rows =
        new Rows(
            new Database(
                ConnectionSource.of(
                    SettingsFile.read(stack.home(), Map.of()).settings().connections())));
    this.outage = new Outage(new HomeProcesses(new Home(stack.home())));
  }

  List<Row> rows() throws NoFigure, IOException, InterruptedException {
    List<Call> warmUp = new ArrayList<>();
    for (Collection collection : collections) {
      warmUp.addAll(collection.warmUp());
    }
    List<Call> first = warmUp(warmUp);
    for (Restart restart : Restart.values()) {
      measure(restart, new Plan(CONNECTIONS, first, happens(restart)));
    }
    return List.copyOf(found);
  }

  private static List<Call> warmUp(List<Call> events) {
    List<Call> calls = new ArrayList<>();
    for (int call = 0; call < WARM_UP; call++) {
      calls.add(events.get(call % events.size()));
    }
    return Mixture.spread(calls, MICROS_APART);
  }

  /** Nobody knows of it yet, or a webhook that is lost would not be missed. */
  private List<Call> happens(Restart restart) throws NoFigure, IOException, InterruptedException {
    List<Touched> touched = new ArrayList<>();
    for (Collection collection : collections) {
      touched.addAll(collection.change(restart));
    }
    int behind = behind(restart);
    if (behind != touched.size()) {
      throw new NoFigure(behind + " of " + touched.size() + " titles have changed");
    }
    return new Mixture(SEED).of(touched, CALLS, MICROS_APART);
  }

  private void measure(Restart restart, Plan plan)
      throws NoFigure, IOException, InterruptedException {
    place.say().accept("1,000 webhooks, " + restart.words() + load());
    Outcome ours = ours(restart, plan);
    String subject = "1,000 webhooks in 10 s, " + restart.words();
    if (restart == Restart.NONE) {
      found.add(
          Row.alone(
              "200 webhooks in 2 s, the first of a worker",
              "answer, 99th of 100",
              "ms",
              ours.sent().warmUpLatencies().percentile(99),
              Goal.none()));
    }
    List<Row> alone = List.copyOf(rows(subject, ours));
    if (restart == Restart.TEMPORAL) {
      // The plain way does not use it.
      found.addAll(alone);
    } else {
      place.say().accept("the same, the plain way" + load());
      List<Row> peer = rows(subject, plain(restart, plan));
      for (int row = 0; row < alone.size(); row++) {
        found.add(alone.get(row).against(PEER, peer.get(row).ours()));
      }
    }
    found.add(
        Row.alone(
            subject, "after the last, until all is known", "s", ours.secondsAfter(), Goal.none()));
  }

  private static List<Row> rows(String subject, Outcome outcome) {
    Latencies latencies = outcome.sent().latencies();
    return List.of(
        Row.alone(subject, "answer, median", "ms", latencies.percentile(50), Goal.none()),
        Row.alone(
            subject, "answer, 99th of 100", "ms", latencies.percentile(99), new Goal.AtMost(50)),
        Row.alone(subject, "answer, longest", "ms", latencies.longest(), Goal.none()),
        Row.alone(
            subject,
            "not answered by 204",
            "",
            (double) outcome.sent().notTaken(),
            new Goal.AtMost(0)),
        Row.alone(subject, "changed titles that are lost", "", outcome.lost(), new Goal.AtMost(0)));
  }

  private Outcome ours(Restart restart, Plan plan)
      throws NoFigure, IOException, InterruptedException {
    Sent sent = send(restart, plan);
    long begin = System.nanoTime();
    int behind = behind(restart);
    while (behind > 0 && System.nanoTime() - begin < PATIENCE.toNanos()) {
      Thread.sleep(POLL);
      behind = behind(restart);
    }
    return new Outcome(sent, behind, (System.nanoTime() - begin) / 1e9);
  }

  /** PostgreSQL may be on its way up still. */
  private int behind(Restart restart) throws NoFigure, InterruptedException {
    rows.awaitServer(PATIENCE);
    int behind = 0;
    for (Collection collection : collections) {
      behind += rows.behind(collection, restart);
    }
    return behind;
  }

  private Outcome plain(Restart restart, Plan plan)
      throws NoFigure, IOException, InterruptedException {
    rows.prepareThePlainWay();
    try (OwnJvm server =
        new OwnJvm(
            PlainServer.class,
            place.folder().resolve("plain.log"),
            stack.home().toString(),
            collections.getFirst().program().url().toString(),
            collections.getLast().program().url().toString())) {
      String port = server.line();
      Sent sent =
          send(
              restart,
              plan.to(call -> call.to(call.url().replaceFirst(":\\d+/", ":" + port + "/"))));
      rows.awaitServer(PATIENCE);
      int lost = 0;
      for (Collection collection : collections) {
        lost += rows.plainlyBehind(collection, restart);
      }
      return new Outcome(sent, lost, 0);
    }
  }

  private Sent send(Restart restart, Plan plan) throws NoFigure, IOException, InterruptedException {
    Path calls = place.folder().resolve("calls.json");
    Path answers = place.folder().resolve("answers.json");
    Files.write(calls, JSON.writeValueAsBytes(plan));
    try (OwnJvm sender =
        new OwnJvm(
            Sender.class,
            place.folder().resolve("sender.log"),
            calls.toString(),
            answers.toString())) {
      if (!sender.line().equals(Sender.BEGINS)) {
        throw new NoFigure("the sender does not begin");
      }
      if (restart != Restart.NONE) {
        Thread.sleep(BEFORE_RESTART);
        outage.of(restart.member());
      }
      sender.awaitEnd();
    }
    Sent sent = JSON.readValue(answers.toFile(), Sent.class);
    place
        .say()
        .accept(
            String.format(
                Locale.ROOT,
                "the sender itself was late by %.1f ms, 99th of 100",
                Latencies.ofSender(sent.calls()).percentile(99)));
    return sent;
  }

  private static String load() throws IOException {
    return " (load " + Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0] + ")";
  }
}
