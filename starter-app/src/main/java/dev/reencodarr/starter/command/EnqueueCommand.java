package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Wishes;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private WishOptions wishes = new WishOptions();
  @Mixin private FollowOptions follow = new FollowOptions();

  EnqueueCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Register register = Register.of(connections, surroundings);
      List<Orders.Scope> scopes = scopes(register);
      Wishes wanted =
          wishes.wishes(
              new Targets(surroundings.workingFolder()),
              scopes.stream().map(Orders.Scope::path).toList());
      if (wanted.outputRoot().isPresent()) {
        OutputFolder.refuseInLibrary(wanted.outputRoot().get(), register.all());
      }
      return follow.order(surroundings, connections, scopes, wanted).code();
    }
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
    if (library.readOnly() && !wishes.leavesOriginals()) {
      throw CommandFailed.usage(
          path
              + " was only ever worked on with --output; to replace files in it, make it a library:"
              + " ./reencodarr library add "
              + library.root());
    }
    return library;
  }
}
