package dev.reencodarr.starter.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A member that is started again when it dies, after a pause that grows while it keeps dying. */
final class Watched {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** After so long a life a death is a new trouble. */
  private static final Duration HEALTHY = Duration.ofMinutes(5);

  private final Member member;
  private final Consumer<String> say;
  private Instant startedAt = Instant.now();
  private Instant nextStart = Instant.MIN;
  private Duration pause = FIRST_PAUSE;
  private boolean dead;

  Watched(Member member, Consumer<String> say) {
    this.member = member;
    this.say = say;
  }

  Member member() {
    return member;
  }

  /** Whether it was started. */
  boolean startAgainIfDead() throws InterruptedException {
    if (member.process().isPresent()) {
      dead = false;
      return false;
    }
    Instant now = Instant.now();
    if (!dead) {
      dead = true;
      pause = Duration.between(startedAt, now).compareTo(HEALTHY) > 0 ? FIRST_PAUSE : pause;
      nextStart = now.plus(pause);
      say.accept(
          "the "
              + member.name()
              + " has ended; it is started again in "
              + pause.toSeconds()
              + " s");
    }
    if (now.isBefore(nextStart)) {
      return false;
    }
    dead = false;
    startedAt = now;
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    try {
      member.start();
      return true;
    } catch (StackFailed e) {
      say.accept(e.getMessage());
      return false;
    }
  }
}
