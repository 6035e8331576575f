package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Looks through libraries and shrinks what is new in them. */
@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    description = "Looks through libraries and orders what is new in them.")
final class LibraryScanCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      arity = "0..*",
      paramLabel = "LIBRARY",
      description = "Names, ids or folders; all libraries where none is given.")
  private List<String> names = List.of();

  @Mixin private FollowOptions follow = new FollowOptions();

  LibraryScanCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Register register = Register.of(connections, surroundings);
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
      List<Orders.Scope> scopes =
          libraries.stream().map(library -> new Orders.Scope(library, library.root())).toList();
      return follow.order(surroundings, connections, scopes, Wishes.none()).code();
    }
  }
}
