package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.broken.SourceCheckRepository;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.ShellWords;
import dev.reencodarr.starter.view.SourceCheckText;
import dev.reencodarr.starter.view.SourceCheckView;
import dev.reencodarr.workflows.broken.SourceCheckWish;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks for broken files in libraries. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Looks for broken files before any work on them, while the machine has nothing else to do.",
      "A file that has not changed since it was checked is not read again.",
      "Exit code 1 where something is broken, or the check did not come to its end."
    })
final class LibraryCheckCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      arity = "0..*",
      paramLabel = "LIBRARY",
      description = "Names, ids or folders; all libraries where none is given.")
  private List<String> names = List.of();

  @Option(
      names = "--deep",
      description = "Decode every picture and all sound; else a few reads of each file have to do.")
  private boolean deep;

  @Option(names = "--again", description = "Read what was checked before, too.")
  private boolean again;

  @Option(names = "--wait", description = "Show the progress until it is done, and what is broken.")
  private boolean wait;

  @Option(names = "--stop", description = "Stop the check; what it has found stays.")
  private boolean stop;

  @Mixin private FormatOption format = new FormatOption();

  LibraryCheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    if (stop && (deep || again)) {
      throw CommandFailed.usage("--stop stops a check and begins none: not with --deep or --again");
    }
    try (Connections connections = Connections.of(surroundings)) {
      List<Library> libraries = wished(Register.of(connections, surroundings));
      SourceCheckCall call = new SourceCheckCall(connections.temporal());
      List<Library> called = stop ? stopped(call, libraries) : started(call, libraries);
      if (wait) {
        return outcome(
            new SourceCheckWatch(call, connections.database(), surroundings).untilDone(called));
      }
      if (format.isJson()) {
        SourceCheckRepository checks = new SourceCheckRepository(connections.database());
        surroundings
            .out()
            .println(Json.of(called.stream().map(library -> view(checks, library)).toList()));
      }
    }
    return ExitCode.DONE.code();
  }

  private List<Library> wished(Register register) throws CommandFailed {
    List<Library> libraries = new ArrayList<>();
    for (String name : names) {
      libraries.add(register.require(name));
    }
    if (names.isEmpty()) {
      libraries.addAll(register.all().stream().filter(library -> !library.readOnly()).toList());
    }
    if (libraries.isEmpty()) {
      throw CommandFailed.usage("no library yet; add one with: ./reencodarr library add PATH");
    }
    return libraries;
  }

  private List<Library> started(SourceCheckCall call, List<Library> libraries) {
    libraries.forEach(library -> call.start(library, new SourceCheckWish(deep, again)));
    if (!wait) {
      libraries.forEach(library ->
          surroundings.say(
              library.name()
                  + " is checked; follow with: ./reencodarr library check --wait "
                  + ShellWords.of(List.of(library.name()))));
    }
    return libraries;
  }

  private List<Library> stopped(SourceCheckCall call, List<Library> libraries) {
    List<Library> stopped = new ArrayList<>();
    for (Library library : libraries) {
      boolean ran = call.stop(library);
      if (ran) {
        stopped.add(library);
      }
      surroundings.say(
          ran
              ? "the check of " + library.name() + " is stopped; what it has found stays"
              : library.name() + " is not being checked");
    }
    return stopped;
  }

  private static SourceCheckView view(SourceCheckRepository checks, Library library) {
    return SourceCheckView.of(
        library.name(),
        library.id().toString(),
        SourceCheckView.RUNNING,
        List.of(),
        checks.broken(library.id()));
  }

  private int outcome(List<SourceCheckView> checks) {
    if (format.isJson()) {
      surroundings.out().println(Json.of(checks));
    } else {
      for (SourceCheckView check : checks) {
        SourceCheckText.outcome(check).forEach(surroundings.out()::println);
      }
    }
    boolean isSound = checks.stream().allMatch(SourceCheckView::isSound);
    return (isSound ? ExitCode.DONE : ExitCode.FAILED).code();
  }
}
