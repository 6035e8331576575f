package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.WindowRepository;
import dev.reencodarr.activities.store.WindowScope;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes windows away. */
@Command(
    name = "clear",
    mixinStandardHelpOptions = true,
    description = "Takes the windows of a host, a zone or all away; wider ones are in force then.")
final class WindowsClearCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private WindowScopeChoice choice = new WindowScopeChoice();

  WindowsClearCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    WindowScope scope = choice.scope();
    try (Connections connections = Connections.of(surroundings)) {
      boolean were = new WindowRepository(connections.database()).clear(scope);
      surroundings
          .out()
          .println(
              scope.words()
                  + (were ? ": its windows are taken away" : " has no windows of its own"));
    }
    return ExitCode.DONE.code();
  }
}
