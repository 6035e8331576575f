package dev.reencodarr.bench.chaos;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether anything is lost, done twice or left behind when everything that the program stands on is
 * killed, stopped, cut off and filled up at random moments.
 */
public final class ChaosBenchmark implements Benchmark {

  private final Plan plan;

  public ChaosBenchmark(Plan plan) {
    this.plan = plan;
  }

  @Override
  public String name() {
    return "chaos";
  }

  @Override
  public String about() {
    return "films whose tools and servers are killed, stopped and cut off (--runs N films, about 4 s"
        + " each)";
  }

  @Override
  public boolean isRepeated() {
    return false;
  }

  @Override
  public List<Row> measure(Workplace place) throws NoFigure, IOException, InterruptedException {
    boolean smallDisks = SmallDisk.canBeMade(place.folder("trial of mounting"));
    place.say().accept("seed " + plan.seed());
    if (!smallDisks) {
      place.say().accept("no disk is filled: this user may mount none");
    }
    List<Batch> batches = Schedule.of(plan, smallDisks);
    place.say().accept("making films");
    FilmStock stock = FilmStock.make(place);
    Tally tally = new Tally();
    try (Stack stack = Stack.start(place, plan, stock, smallDisks)) {
      for (Batch batch : batches) {
        batch.lines().forEach(place.say());
        run(place, stack, batch, stock, tally);
      }
    }
    return tally.rows(plan.runs());
  }

  private void run(Workplace place, Stack stack, Batch batch, FilmStock stock, Tally tally)
      throws NoFigure, IOException, InterruptedException {
    long begin = System.nanoTime();
    Round round = Round.of(stack, batch, stock, !plan.real(), tally);
    List<Violation> found = round.run();
    place
        .say()
        .accept(
            "  after %d s: %s, %s"
                .formatted(
                    (System.nanoTime() - begin) / 1_000_000_000,
                    round.ends(),
                    found.isEmpty() ? "all is well" : found.size() + " VIOLATIONS"));
    if (!found.isEmpty()) {
      found.forEach(each -> place.say().accept("  " + each.kind() + ": " + each.what()));
      place.say().accept("  evidence: " + keep(place, stack, batch, round, found));
    }
    round.clear();
  }

  /** Beside the folder of this run, which goes when the run is over. */
  private Path keep(Workplace place, Stack stack, Batch batch, Round round, List<Violation> found)
      throws IOException, InterruptedException {
    Path evidence =
        Files.createDirectories(
            place
                .folder()
                .resolveSibling(place.folder().getFileName() + "-evidence")
                .resolve("batch " + batch.number()));
    List<String> text = new ArrayList<>(List.of("seed " + plan.seed() + ", " + plan));
    text.addAll(batch.lines());
    found.forEach(each -> text.add(each.kind() + ": " + each.what()));
    round
        .ledger()
        .ifPresent(ledger -> {
          ledger.videos().forEach(row -> text.add(row.toString()));
          ledger.swaps().forEach(row -> text.add(row.toString()));
        });
    Look.files(stack.library()).forEach((file, content) -> text.add(file + ": " + content));
    Files.write(evidence.resolve("what"), text);
    for (Path part : List.of(stack.library(), stack.home().logs(), stack.home().work())) {
      Trees.copy(part, evidence);
    }
    return evidence;
  }
}
