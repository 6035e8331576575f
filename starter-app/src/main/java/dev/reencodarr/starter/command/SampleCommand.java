package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.SampleText;
import dev.reencodarr.starter.view.SampleView;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.SampleEnd;
import dev.reencodarr.workflows.video.SampleOrder;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how a film would look, before anything is done to it. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description =
        "Makes a short piece of a film as its result would be, to be looked at first; the film and"
            + " its video stay as they are.")
final class SampleCommand implements Callable<Integer> {

  private static final int MOST_SECONDS = 3600;
  private static final int MOST_CRF = 70;
  private static final int SLOWEST_TO_FASTEST = 13;
  private static final int MOST_TARGET = 100;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Nobody looks at one of yesterday, and a command that was killed cannot cancel it. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final Pattern CLOCK =
      Pattern.compile("(?:(?<h>\\d{1,2}):)?(?:(?<m>\\d{1,3}):)?(?<s>\\d{1,6}(?:\\.\\d{1,3})?)");

  private final Surroundings surroundings;

  @Parameters(paramLabel = "PATH", description = "The film.")
  private String typed = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Where it begins: seconds, MM:SS or HH:MM:SS; the middle unless said.")
  private @Nullable String at;

  @Option(names = "--seconds", paramLabel = "N", description = "How long it is; 60 unless said.")
  private double seconds = 60;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where it is to lie, with the source's piece beside it; a folder of its own unless said.")
  private @Nullable String output;

  @Option(names = "--crf", paramLabel = "N", description = "Encode with this CRF, search for none.")
  private @Nullable Double crf;

  @Option(names = "--preset", paramLabel = "N", description = "With this preset, 0 to 13.")
  private @Nullable Integer preset;

  @Option(
      names = "--target",
      paramLabel = "N",
      description = "Score of the metric that its CRF is searched for.")
  private @Nullable Double target;

  @Mixin private FormatOption format = new FormatOption();

  SampleCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    requireSensible();
    Targets targets = new Targets(surroundings.workingFolder());
    MediaPath source = targets.existing(List.of(typed)).getFirst();
    if (!Files.isRegularFile(Path.of(source.value()), LinkOption.NOFOLLOW_LINKS)) {
      throw CommandFailed.usage(source + " is not a file");
    }
    MediaPath place = output == null ? null : place(targets);
    try (Stack stack = Stack.borrow(surroundings);
        Connections connections = Connections.of(surroundings)) {
      Register register = Register.of(connections, surroundings);
      if (place != null) {
        OutputFolder.refuseInLibrary(place, register.all());
      }
      SampleEnd end = await(connections.temporal(), order(source, place, register, connections));
      ExitCode exitCode = tell(end);
      if (!stack.isOurs()) {
        surroundings.say("the stack keeps running; stop it with: ./reencodarr down");
      }
      return exitCode.code();
    }
  }

  private void requireSensible() throws CommandFailed {
    require(seconds > 0 && seconds <= MOST_SECONDS, "--seconds", "above 0, and 3600 at most");
    require(crf == null || (crf >= 0 && crf <= MOST_CRF), "--crf", "0 to 70");
    require(preset == null || (preset >= 0 && preset <= SLOWEST_TO_FASTEST), "--preset", "0 to 13");
    require(target == null || (target > 0 && target <= MOST_TARGET), "--target", "above 0, to 100");
    if (crf != null && target != null) {
      throw CommandFailed.usage("either --crf or --target: a CRF is searched for a target");
    }
  }

  private static void require(boolean holds, String option, String wanted) throws CommandFailed {
    if (!holds) {
      throw CommandFailed.usage(option + " must be " + wanted);
    }
  }

  private OptionalDouble begin() throws CommandFailed {
    if (at == null) {
      return OptionalDouble.empty();
    }
    Matcher clock = CLOCK.matcher(at);
    if (!clock.matches()) {
      throw CommandFailed.usage("--at must be seconds, MM:SS or HH:MM:SS, not " + at);
    }
    String hours = clock.group("h");
    String minutes = clock.group("m");
    if (hours != null && minutes == null) {
      minutes = hours;
      hours = null;
    }
    return OptionalDouble.of(
        3600 * number(hours) + 60 * number(minutes) + number(clock.group("s")));
  }

  private static double number(@Nullable String digits) {
    return digits == null ? 0 : Double.parseDouble(digits);
  }

  private MediaPath place(Targets targets) throws CommandFailed {
    Path file = targets.absolute(String.valueOf(output));
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw CommandFailed.usage(file + " is there already");
    }
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw CommandFailed.usage(folder + " is not a folder");
    }
    try {
      return new MediaPath(folder.toRealPath().resolve(file.getFileName()).toString());
    } catch (IOException e) {
      throw CommandFailed.usage(folder + " cannot be read: " + e.getMessage());
    }
  }

  private SampleOrder order(
      MediaPath source, @Nullable MediaPath place, Register register, Connections connections)
      throws CommandFailed {
    Optional<Library> library = register.covering(source);
    return new SampleOrder(
        new VideoId(UUID.randomUUID()),
        source,
        library.map(Library::root).orElseGet(source::parent),
        library.map(Library::name).orElse(""),
        library.map(Library::zone).orElse(connections.settings().place().zone()),
        new Wishes(
            target == null ? OptionalDouble.empty() : OptionalDouble.of(target),
            Optional.empty(),
            1,
            Optional.empty()),
        crf == null ? OptionalDouble.empty() : OptionalDouble.of(crf),
        preset == null ? OptionalInt.empty() : OptionalInt.of(preset),
        begin(),
        seconds,
        Optional.ofNullable(place));
  }

  private SampleEnd await(WorkflowClient temporal, SampleOrder order) throws Exception {
    WorkflowStub run =
        temporal.newUntypedWorkflowStub(
            "Sample",
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.sample(order.id()))
                .setTaskQueue(TaskQueues.CONTROL)
                .setWorkflowExecutionTimeout(LONGEST)
                .build());
    run.start(order);
    // Whoever goes away does not want it any more.
    Thread onSignal = Thread.ofPlatform().unstarted(run::cancel);
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      return followed(run);
    } finally {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    }
  }

  private SampleEnd followed(WorkflowStub run) throws Exception {
    CompletableFuture<SampleEnd> end = run.getResultAsync(SampleEnd.class);
    String said = "";
    while (true) {
      try {
        return end.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillAtIt) {
        String now = run.query("progress", String.class);
        if (!now.equals(said)) {
          surroundings.say(now);
          said = now;
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof WorkflowFailedException failed) {
          return new SampleEnd.Failed(String.valueOf(failed.getMessage()));
        }
        throw e;
      }
    }
  }

  private ExitCode tell(SampleEnd end) {
    return switch (end) {
      case SampleEnd.Made made -> {
        if (format.isJson()) {
          surroundings.out().println(Json.of(SampleView.of(made)));
        } else {
          SampleText.lines(SampleView.of(made)).forEach(surroundings.out()::println);
        }
        yield ExitCode.DONE;
      }
      case SampleEnd.LeftAlone alone -> {
        surroundings.say("reencodarr: it would be left alone: " + alone.why());
        yield ExitCode.FAILED;
      }
      case SampleEnd.Failed failed -> {
        surroundings.say("reencodarr: no sample was made: " + failed.why());
        yield ExitCode.FAILED;
      }
    };
  }
}
