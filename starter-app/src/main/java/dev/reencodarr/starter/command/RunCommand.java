package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The main job in one command. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Shrinks files and folders: starts what is not running, works them off, shows the result,"
            + " stops what it started.")
final class RunCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Video files and folders.")
  private List<String> paths = List.of();

  @Mixin private WishOptions wishes = new WishOptions();
  @Mixin private FormatOption format = new FormatOption();

  RunCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    Targets targets = new Targets(surroundings.workingFolder());
    List<MediaPath> sources = targets.existing(paths);
    return run(surroundings, sources, wishes.wishes(targets, sources), format.isJson()).code();
  }

  /** Works paths off, in libraries that are added where there are none. */
  static ExitCode run(
      Surroundings surroundings, List<MediaPath> sources, Wishes wishes, boolean json)
      throws Exception {
    try (Stack stack = Stack.borrow(surroundings);
        Connections connections = Connections.of(surroundings)) {
      connections
          .settings()
          .connections()
          .temporalUi()
          .ifPresent(ui -> surroundings.say("Temporal's Web UI: " + ui));
      if (!stack.isOurs()) {
        // One that was started for this command has called it at its start.
        new JanitorCall(connections.temporal()).come();
      }
      Register register = Register.of(connections, surroundings);
      if (wishes.outputRoot().isPresent()) {
        OutputFolder.refuseInLibrary(wishes.outputRoot().get(), register.all());
      }
      List<Orders.Scope> scopes = new ArrayList<>();
      for (MediaPath source : sources) {
        Library library = register.provide(source, wishes.outputRoot().isPresent());
        scopes.add(new Orders.Scope(library, source));
      }
      ExitCode exitCode = new Job(surroundings, connections).run(scopes, wishes, false, json);
      if (!stack.isOurs()) {
        surroundings.say("the stack keeps running; stop it with: ./reencodarr down");
      }
      return exitCode;
    }
  }
}
