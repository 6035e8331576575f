package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a library out of use. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Takes a library out of use; its files and originals stay where they are.")
final class LibraryRemoveCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "LIBRARY", description = "Its name, id or folder.")
  private String library = "";

  LibraryRemoveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Register register = Register.of(connections, surroundings);
      Library found = register.require(library);
      register.remove(found);
      surroundings
          .out()
          .println("removed " + found.name() + "; the files of " + found.root() + " stay");
    }
    return ExitCode.DONE.code();
  }
}
