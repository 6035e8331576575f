package dev.reencodarr.activities.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A program and everything that it has started. What has lost its parent is still found by its
 * session when the root leads one.
 */
final class ProcessTree {

  private static final Duration AFTER_KILL = Duration.ofSeconds(10);

  /** A process in the middle of reading from a disk stops when it has read. */
  private static final Duration UNTIL_STOPPED = Duration.ofSeconds(5);

  private static final long LOOK_MILLIS = 20;

  private final long root;
  private final boolean rootIsKeeper;
  private final Predicate<ProcessStat> ours;
  private final Map<Long, ProcessStat> known = new HashMap<>();
  private boolean interrupted;

  /** The tree of a child of ours. */
  ProcessTree(long root, boolean rootIsKeeper) {
    this(root, rootIsKeeper, process -> true);
  }

  /**
   * @param root the first process
   * @param rootIsKeeper whether the root only waits for the program and must outlive its signal
   * @param ours tells root and session from strangers that were given their numbers later
   */
  ProcessTree(long root, boolean rootIsKeeper, Predicate<ProcessStat> ours) {
    this.root = root;
    this.rootIsKeeper = rootIsKeeper;
    this.ours = ours;
  }

  /** Everything of it that lives now: what was seen before, its descendants and its session. */
  List<ProcessStat> living() {
    List<ProcessStat> all = ProcessStat.all();
    Map<Long, ProcessStat> byPid = new HashMap<>();
    all.forEach(process -> byPid.put(process.pid(), process));
    known
        .values()
        .removeIf(old -> {
          ProcessStat now = byPid.get(old.pid());
          return now == null || !now.isSameProcess(old);
        });
    Set<Long> members = new HashSet<>(known.keySet());
    all.stream()
        .filter(process -> process.pid() == root || process.session() == root)
        .filter(ours)
        .forEach(process -> members.add(process.pid()));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (ProcessStat process : all) {
        grown |= members.contains(process.parent()) && members.add(process.pid());
      }
    }
    List<ProcessStat> living = new ArrayList<>();
    for (ProcessStat process : all) {
      if (members.contains(process.pid()) && process.isAlive()) {
        living.add(process);
        known.put(process.pid(), process);
      }
    }
    return living;
  }

  /** CPU time that its living processes have used, in clock ticks. */
  long cpuTicks() {
    return living().stream().mapToLong(ProcessStat::cpuTicks).sum();
  }

  /** Whether any of it runs, or would if it had a processor. */
  boolean wantsProcessor() {
    return living().stream().anyMatch(ProcessStat::isRunnable);
  }

  /** Stops everything of it but a keeper, where it stands; what it starts meanwhile too. */
  void stop() {
    long deadline = System.nanoTime() + UNTIL_STOPPED.toNanos();
    List<ProcessStat> moving = moving();
    while (!moving.isEmpty() && System.nanoTime() < deadline) {
      moving.forEach(process -> signal(process, Signals.STOP));
      pause();
      moving = moving();
    }
  }

  private List<ProcessStat> moving() {
    List<ProcessStat> members = members();
    return members.stream()
        .filter(process -> !process.isStopped() && !process.awaitsStopped(members))
        .toList();
  }

  /** Lets everything that was stopped go on. */
  void goOn() {
    members().forEach(process -> signal(process, Signals.CONTINUE));
  }

  /** What of it lives, without a keeper. */
  private List<ProcessStat> members() {
    return living().stream().filter(process -> !(rootIsKeeper && process.pid() == root)).toList();
  }

  /**
   * Ends it: SIGINT, so that ab-av1 stops ffmpeg and removes its partial files, and after the
   * patience SIGKILL. An interrupt of this thread does not stop it and is kept.
   *
   * @return whether nothing of it lives any more
   */
  boolean end(Duration patience) {
    interrupted = Thread.interrupted();
    try {
      for (ProcessStat process : members()) {
        signal(process, Signals.INTERRUPT);
        // A stopped process hears nothing else.
        signal(process, Signals.CONTINUE);
      }
      return emptyWithin(patience, false) || emptyWithin(AFTER_KILL, true);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean emptyWithin(Duration limit, boolean killing) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      List<ProcessStat> living = living();
      if (living.isEmpty()) {
        return true;
      }
      if (killing) {
        living.forEach(process -> signal(process, Signals.KILL));
      }
      if (System.nanoTime() >= deadline) {
        return false;
      }
      pause();
    }
  }

  private static void signal(ProcessStat process, int signal) {
    boolean unchanged =
        ProcessStat.of(process.pid()).filter(now -> now.isSameProcess(process)).isPresent();
    if (unchanged) {
      Signals.send(process.pid(), signal);
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      // Ending a tree is finished whatever happens; the flag is set again afterwards.
      interrupted = true;
    }
  }
}
