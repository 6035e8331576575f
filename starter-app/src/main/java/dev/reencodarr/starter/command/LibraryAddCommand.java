package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.workflows.media.MediaPath;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a folder a library. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = "Makes a folder a library; nothing is encoded before a scan or an order.")
final class LibraryAddCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "PATH", description = "The folder.")
  private String path = "";

  @Option(names = "--name", description = "Its name; the folder's own where none is given.")
  private @Nullable String name;

  @Option(
      names = "--take-over",
      description = "Take a folder that carries the mark of another installation.")
  private boolean takeOver;

  LibraryAddCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    MediaPath root = new Targets(surroundings.workingFolder()).existing(List.of(path)).getFirst();
    try (Connections connections = Connections.of(surroundings)) {
      Register register =
          new Register(
              connections.database(), connections.settings().place().zone(), surroundings::say);
      Library library = add(register, root);
      surroundings.out().println("library " + library.name() + ": " + library.root());
      surroundings.say("look through it and shrink it with: ./reencodarr library scan");
    }
    return ExitCode.DONE.code();
  }

  /**
   * What is a library already, such as since a {@code run}, stays it; to say so again is no fault.
   */
  private Library add(Register register, MediaPath root) {
    Optional<Library> there =
        register
            .at(root)
            .filter(library -> !library.readOnly() && !takeOver)
            .filter(library -> name == null || library.name().equals(name));
    return there.orElseGet(
        () -> register.add(root, name == null ? root.fileName() : name, takeOver));
  }
}
