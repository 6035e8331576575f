package dev.reencodarr.bench;

import dev.reencodarr.bench.chaos.ChaosBenchmark;
import dev.reencodarr.bench.chaos.Plan;
import dev.reencodarr.bench.failures.FailuresBenchmark;
import dev.reencodarr.bench.figure.Median;
import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.figure.Report;
import dev.reencodarr.bench.figure.Row;
import dev.reencodarr.bench.idle.IdleBenchmark;
import dev.reencodarr.bench.library.GoalBenchmark;
import dev.reencodarr.bench.library.LibraryBenchmark;
import dev.reencodarr.bench.library.OrchestrationBenchmark;
import dev.reencodarr.bench.rules.RulesBenchmark;
import dev.reencodarr.bench.safety.SafetyBenchmark;
import dev.reencodarr.bench.scan.ScanBenchmark;
import dev.reencodarr.bench.search.SearchBenchmark;
import dev.reencodarr.bench.sync.SyncBenchmark;
import dev.reencodarr.bench.trial.Benchmark;
import dev.reencodarr.bench.trial.Workplace;
import dev.reencodarr.bench.webhooks.WebhookBenchmark;
import dev.reencodarr.starter.Home;
import dev.reencodarr.starter.tools.FitnessCheck;
import dev.reencodarr.starter.tools.Tool;
import dev.reencodarr.starter.tools.ToolPaths;
import dev.reencodarr.starter.tools.ToolSearch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one benchmark, or lists them. */
@Command(
    name = "./reencodarr bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures what is promised of speed, memory and safety. Without a name it lists what there is.",
    footer = {
      "",
      "Exit codes: 0 every goal is met, 1 one is not or there is no figure, 2 bad usage."
    })
final class BenchCommand implements Callable<Integer> {

  private static final int USAGE = 2;

  /** How the figures are printed. */
  enum Format {
    CONSOLE,
    JSON
  }

  private final Path program;
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which one.")
  private @Nullable String name;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description =
          "Measure so often and give the medians (${DEFAULT-VALUE}); for chaos: so many films.")
  private int runs = 1;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "For chaos: the same seed gives the same films and faults (else a new one).")
  private @Nullable Long seed;

  @Option(names = "--real", description = "For chaos: real encodes, a few seconds for each film.")
  private boolean real;

  @Option(
      names = "--longest-stop",
      paramLabel = "SECONDS",
      description = "For chaos: how long the longest faults last (${DEFAULT-VALUE}).")
  private int longestStop = 60;

  @Option(
      names = "--format",
      paramLabel = "console|json",
      description = "A table for people, or JSON on stdout for programs.")
  private Format format = Format.CONSOLE;

  BenchCommand(Path program, PrintStream out, PrintStream err) {
    this.program = program;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Benchmark> benchmarks = benchmarks();
    if (name == null) {
      benchmarks.forEach(each -> out.printf("%-8s  %s%n", each.name(), each.about()));
      return 0;
    }
    Optional<Benchmark> chosen =
        benchmarks.stream().filter(each -> each.name().equals(name)).findFirst();
    if (chosen.isEmpty() || runs < 1 || longestStop < 1) {
      err.println(
          chosen.isEmpty()
              ? "reencodarr: no benchmark " + name + "; ./reencodarr bench lists them"
              : "reencodarr: --runs and --longest-stop must be at least 1");
      return USAGE;
    }
    try {
      Report report = measure(chosen.get());
      if (format == Format.JSON) {
        out.println(report.json());
      } else {
        out.println(report.machine());
        report.lines().forEach(out::println);
      }
      return report.allMet() ? 0 : 1;
    } catch (NoFigure e) {
      err.println("reencodarr: no figure: " + e.getMessage());
      return 1;
    }
  }

  private List<Benchmark> benchmarks() {
    long chosenSeed = seed == null ? System.nanoTime() : seed;
    return List.of(
        new SearchBenchmark(),
        new LibraryBenchmark(),
        new GoalBenchmark(),
        new OrchestrationBenchmark(),
        new ScanBenchmark(),
        new IdleBenchmark(),
        new SafetyBenchmark(),
        new FailuresBenchmark(),
        new RulesBenchmark(),
        new SyncBenchmark(),
        new WebhookBenchmark(),
        new ChaosBenchmark(new Plan(runs, chosenSeed, real, longestStop)));
  }

  private Report measure(Benchmark benchmark) throws IOException, InterruptedException, NoFigure {
    Home home = Home.of(System.getenv());
    Path scratch = Files.createDirectories(home.folder().resolve("bench"));
    installWhatIsMissing();
    ToolPaths tools = tools(home);
    String machine = Machine.inALine();
    List<List<Row>> measured = new ArrayList<>();
    int repeats = benchmark.isRepeated() ? runs : 1;
    for (int run = 1; run <= repeats; run++) {
      if (repeats > 1) {
        err.println("run " + run + " of " + repeats);
      }
      Path folder = Files.createTempDirectory(scratch, benchmark.name() + "-");
      measured.add(benchmark.measure(new Workplace(program, home, folder, tools, err::println)));
      // Only after a good end: what a failed one has left is there to be looked at.
      remove(folder);
    }
    return new Report(benchmark.name(), machine, Median.ofRuns(measured));
  }

  private void installWhatIsMissing() throws IOException, InterruptedException, NoFigure {
    Process installing =
        new ProcessBuilder(program.resolve("reencodarr").toString(), "install", "--clips")
            .inheritIO()
            .start();
    if (installing.waitFor() != 0) {
      throw new NoFigure("tools or clips could not be installed");
    }
  }

  /** What the program itself would choose. */
  private static ToolPaths tools(Home home) throws InterruptedException, NoFigure {
    ToolSearch search =
        new ToolSearch(
            Optional.ofNullable(System.getenv("PATH")).orElse(""),
            home.tools(),
            new FitnessCheck());
    Map<Tool, Path> found = new EnumMap<>(Tool.class);
    for (Tool tool : Tool.values()) {
      switch (search.find(tool)) {
        case ToolSearch.Result.Found there -> found.put(tool, there.program());
        case ToolSearch.Result.Missing missing ->
            throw new NoFigure(tool.program() + " is missing: " + missing.why());
      }
    }
    return ToolPaths.of(found);
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
