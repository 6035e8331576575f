package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Wishes;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Orders work of the stack that runs. */
@Command(
    name = "enqueue",
    mixinStandardHelpOptions = true,
    description = "Orders files, folders or whole libraries; the stack works them off.")
final class EnqueueCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH|LIBRARY",
      description = "Files and folders inside libraries, or names of libraries.")
  private List<String> typed = List.of();

  @Option(names = "--wait", description = "Show the progress until it is done.")
  private boolean wait;

  @Option(names = "--dry-run", description = "Only say what would happen, and why.")
  private boolean dryRun;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Leave the originals as they are and put the results here.")
  private @Nullable String output;

  @Mixin private WishOptions wishes = new WishOptions();
  @Mixin private FormatOption format = new FormatOption();

  EnqueueCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Register register =
          new Register(
              connections.database(), connections.settings().place().zone(), surroundings::say);
      List<Orders.Scope> scopes = scopes(register);
      return order(
              surroundings,
              connections,
              scopes,
              wishes.wishes(outputFolder(register, scopes)),
              wait,
              dryRun,
              format.isJson())
          .code();
    }
  }

  private Optional<MediaPath> outputFolder(Register register, List<Orders.Scope> scopes)
      throws CommandFailed {
    if (output == null) {
      return Optional.empty();
    }
    MediaPath folder =
        OutputFolder.prepare(
            new Targets(surroundings.workingFolder()).absolute(output),
            scopes.stream().map(Orders.Scope::path).toList());
    OutputFolder.refuseInLibrary(folder, register.all());
    return Optional.of(folder);
  }

  private List<Orders.Scope> scopes(Register register) throws CommandFailed {
    Targets targets = new Targets(surroundings.workingFolder());
    List<String> paths = new ArrayList<>();
    for (String text : typed) {
      paths.add(isPath(targets, text) ? text : register.require(text).root().value());
    }
    List<Orders.Scope> scopes = new ArrayList<>();
    for (MediaPath path : targets.existing(paths)) {
      scopes.add(new Orders.Scope(covering(register, path), path));
    }
    return scopes;
  }

  private static boolean isPath(Targets targets, String text) throws CommandFailed {
    return text.contains("/") || Files.exists(targets.absolute(text), LinkOption.NOFOLLOW_LINKS);
  }

  private Library covering(Register register, MediaPath path) throws CommandFailed {
    Library library =
        register
            .covering(path)
            .orElseThrow(() ->
                CommandFailed.usage(
                    path + " lies in no library; add one with: ./reencodarr library add"));
    if (library.readOnly() && output == null) {
      throw CommandFailed.usage(
          path
              + " was only ever worked on with --output; to replace files in it, make it a library:"
              + " ./reencodarr library add "
              + library.root());
    }
    return library;
  }

  /** Orders it, and follows it where that is wanted; what would happen is always waited for. */
  static ExitCode order(
      Surroundings surroundings,
      Connections connections,
      List<Orders.Scope> scopes,
      Wishes wishes,
      boolean wait,
      boolean dryRun,
      boolean json)
      throws CommandFailed, InterruptedException {
    if (wait || dryRun) {
      return new Job(surroundings, connections).run(scopes, wishes, dryRun, json);
    }
    int orders =
        new Orders(connections.database(), connections.temporal())
            .place(scopes, wishes, false)
            .size();
    surroundings.say(
        Figures.count(orders, "order")
            + " placed; follow with: ./reencodarr videos, ./reencodarr status");
    return ExitCode.DONE;
  }
}
