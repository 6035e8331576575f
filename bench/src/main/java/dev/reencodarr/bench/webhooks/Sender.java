package dev.reencodarr.bench.webhooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends webhooks when each is due, whether those before were answered or not, as far as it has
 * connections; a process of its own, so that what it costs and what holds it up is not ours.
 */
final class Sender {

  /** Printed when the warm-up is over. */
  static final String BEGINS = "begins";

  private static final long NANOS_PER_MICRO = 1000;
  private static final Duration HEAD_START = Duration.ofMillis(100);

  private final int connections;

  Sender(int connections) {
    this.connections = connections;
  }

  /**
   * Sends what a file says.
   *
   * @param arguments the file of a {@link Plan}, and the one that its {@link Sent} is written to
   */
  public static void main(String[] arguments) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Plan plan = json.readValue(Path.of(arguments[0]).toFile(), Plan.class);
    Files.write(Path.of(arguments[1]), json.writeValueAsBytes(run(plan, System.out)));
  }

  static Sent run(Plan plan, PrintStream say) {
    Sender sender = new Sender(plan.connections());
    List<Answer> first = sender.send(plan.warmUp());
    say.println(BEGINS);
    say.flush();
    return new Sent(first, sender.send(plan.calls()));
  }

  /** The answers, in the order of the calls. */
  List<Answer> send(List<Call> calls) {
    long begin = System.nanoTime() + HEAD_START.toNanos();
    List<CompletableFuture<List<Answer>>> each = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (int line = 0; line < connections; line++) {
        List<Call> own = own(line, calls);
        each.add(CompletableFuture.supplyAsync(() -> sendOver(own, begin), threads));
      }
    }
    List<List<Answer>> answers = each.stream().map(CompletableFuture::join).toList();
    List<Answer> inOrder = new ArrayList<>();
    for (int call = 0; call < calls.size(); call++) {
      inOrder.add(answers.get(call % connections).get(call / connections));
    }
    return inOrder;
  }

  private List<Call> own(int line, List<Call> calls) {
    List<Call> own = new ArrayList<>();
    for (int call = line; call < calls.size(); call += connections) {
      own.add(calls.get(call));
    }
    return own;
  }

  private static List<Answer> sendOver(List<Call> calls, long begin) {
    List<Answer> answers = new ArrayList<>();
    try (KeptLine line = new KeptLine()) {
      for (Call call : calls) {
        long due = begin + call.atMicros() * NANOS_PER_MICRO;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        long late = System.nanoTime() - due;
        int status = line.post(call);
        answers.add(
            new Answer(
                status, (System.nanoTime() - due) / NANOS_PER_MICRO, late / NANOS_PER_MICRO));
      }
    }
    return answers;
  }

  /** Made anew after a failure, as clients do. */
  private static final class KeptLine implements AutoCloseable {

    private @Nullable HttpLine open;

    private int post(Call call) {
      try {
        HttpLine line = open == null ? new HttpLine(URI.create(call.url())) : open;
        open = line;
        return line.post(call);
      } catch (IOException _) {
        close();
        return 0;
      }
    }

    @Override
    public void close() {
      try {
        if (open != null) {
          open.close();
        }
      } catch (IOException _) {
        // It is of no use any more.
      }
      open = null;
    }
  }
}
