package dev.reencodarr.fakearr.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.time.FakeClock;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Commands, one after the other on a thread of their own. One that is equal to one that waits or is
 * at work is not taken: the older answers for it.
 */
public final class CommandQueue implements AutoCloseable {

  private final CommandWork work;
  private final FakeClock clock;
  private final Map<Long, Command> commands = new TreeMap<>();
  private final Deque<CommandStatus> ends = new ArrayDeque<>();
  private final Thread thread;
  private boolean beginsNothing = false;
  private boolean endsNothing = false;
  private boolean holdsDone = false;
  private int merged = 0;
  private long last = 0;

  public CommandQueue(CommandWork work, FakeClock clock) {
    this.work = work;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("fake-arr-commands").start(this::serve);
  }

  /** Takes a command, or answers with the equal one that is not over. */
  public synchronized Command push(String name, ObjectNode arguments) {
    JsonNode key = inOrder(arguments);
    for (Command older : commands.values()) {
      boolean equal = older.name().equals(name) && inOrder(older.arguments()).equals(key);
      if (equal && !older.status().isOver()) {
        merged++;
        return older;
      }
    }
    Command command =
        new Command(
            ++last,
            name,
            arguments.deepCopy(),
            CommandStatus.QUEUED,
            "",
            "",
            clock.instant(),
            Optional.empty(),
            Optional.empty());
    commands.put(command.id(), command);
    notifyAll();
    return command;
  }

  public Optional<String> spelled(String name) {
    return work.spelled(name);
  }

  public synchronized Optional<Command> command(long id) {
    return Optional.ofNullable(commands.get(id));
  }

  /** All that are remembered, oldest first. */
  public synchronized List<Command> commands() {
    return List.copyOf(commands.values());
  }

  /** Those of a name. */
  public List<Command> commands(String name) {
    return commands().stream().filter(command -> command.name().equals(name)).toList();
  }

  /** How often an equal one answered. */
  public synchronized int merged() {
    return merged;
  }

  /** Takes a command out that has not begun; false for any other. */
  public synchronized boolean cancel(long id) {
    Optional<Command> command = command(id).filter(found -> found.status() == CommandStatus.QUEUED);
    command.ifPresent(found -> end(found, CommandStatus.CANCELLED, "Cancelled", ""));
    return command.isPresent();
  }

  // What a test does.

  /** Lets no further command begin: they stay queued. */
  public synchronized void hold() {
    beginsNothing = true;
  }

  /** Lets commands begin and do their work, but not end: they stay started. */
  public synchronized void holdStarted() {
    endsNothing = true;
  }

  public synchronized void release() {
    beginsNothing = false;
    endsNothing = false;
    notifyAll();
  }

  /** Has the next command that begins end so, without having done anything. */
  public synchronized void endNext(CommandStatus how) {
    if (!how.isOver()) {
      throw new IllegalArgumentException(how + " is no end");
    }
    ends.add(how);
  }

  /** Forgets those that are over, as time does. */
  public synchronized void forgetFinished() {
    commands.values().removeIf(command -> command.status().isOver());
  }

  /** What a restart does: what had begun is orphaned, what waits goes on waiting. */
  public synchronized void orphanStarted() {
    for (Command command : commands()) {
      if (command.status() == CommandStatus.STARTED) {
        end(command, CommandStatus.ORPHANED, command.message(), "");
      }
    }
  }

  /** Waits until nothing is left to do. */
  public synchronized void awaitIdle() throws InterruptedException {
    while (commands.values().stream().anyMatch(command -> !command.status().isOver())) {
      wait();
    }
  }

  /** Waits until a command that is not let end has done its work. */
  public synchronized void awaitWorkDone() throws InterruptedException {
    while (!holdsDone) {
      wait();
    }
  }

  /** Waits until a command is in this state, or over. */
  public synchronized Command await(long id, CommandStatus status) throws InterruptedException {
    Command command = commands.get(id);
    while (command != null && command.status() != status && !command.status().isOver()) {
      wait();
      command = commands.get(id);
    }
    if (command == null) {
      throw new IllegalStateException("command " + id + " is not known any more");
    }
    return command;
  }

  // Its thread.

  private void serve() {
    try {
      while (true) {
        run(next());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Command next() throws InterruptedException {
    while (true) {
      Optional<Command> waiting =
          commands.values().stream()
              .filter(command -> command.status() == CommandStatus.QUEUED && !beginsNothing)
              .min(Comparator.comparingLong(Command::id));
      if (waiting.isPresent()) {
        Command begun = waiting.get().started(clock.instant());
        commands.put(begun.id(), begun);
        notifyAll();
        return begun;
      }
      wait();
    }
  }

  private void run(Command command) throws InterruptedException {
    CommandStatus how = ordered();
    String said = how == CommandStatus.FAILED ? "Failed" : "Completed";
    String problem = "";
    if (how == CommandStatus.COMPLETED) {
      try {
        said = work.run(command.name(), command.arguments());
      } catch (IOException | RuntimeException e) {
        how = CommandStatus.FAILED;
        said = "Failed";
        problem = e + "\n   at NzbDrone.Core.Messaging.Commands.CommandExecutor.ExecuteCommand";
      }
    }
    finish(command, how, said, problem);
  }

  private synchronized CommandStatus ordered() {
    return ends.isEmpty() ? CommandStatus.COMPLETED : ends.remove();
  }

  private synchronized void finish(Command command, CommandStatus how, String said, String problem)
      throws InterruptedException {
    while (endsNothing && isStarted(command)) {
      holdsDone = true;
      notifyAll();
      wait();
    }
    holdsDone = false;
    if (isStarted(command)) {
      end(commands.getOrDefault(command.id(), command), how, said, problem);
    }
  }

  private boolean isStarted(Command command) {
    return command(command.id()).map(now -> now.status() == CommandStatus.STARTED).orElse(false);
  }

  private synchronized void end(Command command, CommandStatus how, String said, String problem) {
    commands.put(command.id(), command.over(how, said, problem, clock.instant()));
    notifyAll();
  }

  /** The order of ids in a list makes no other command. */
  private static JsonNode inOrder(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode ordered = JsonNodeFactory.instance.objectNode();
    object.forEachEntry(
        (name, value) -> ordered.set(name, value.isArray() ? sorted(value) : value));
    return ordered;
  }

  private static ArrayNode sorted(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    elements.sort(Comparator.comparing(JsonNode::asText));
    return JsonNodeFactory.instance.arrayNode().addAll(elements);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
