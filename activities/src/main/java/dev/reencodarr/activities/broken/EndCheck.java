package dev.reencodarr.activities.broken;

import dev.reencodarr.activities.replace.BrokenSource;
import dev.reencodarr.workflows.analysis.MediaFacts;
import java.util.OptionalDouble;

/**
 * Whether a film goes on to the end that its header promises: the header of a download that broke
 * off says the whole duration. A few reads at the end tell; only where they speak against the film
 * it is read through, since not every container can be sought in.
 */
final class EndCheck {

  /** More than the distance of two pictures that can be sought. */
  private static final double LOOKED_AT_SECONDS = 30;

  private final CheckPrograms programs;
  private final MediaFacts facts;

  EndCheck(CheckPrograms programs, MediaFacts facts) {
    this.programs = programs;
    this.facts = facts;
  }

  /**
   * @throws io.temporal.failure.ApplicationFailure of kind BAD_MEDIA if it does not
   */
  void check() throws InterruptedException {
    if (said() <= 0 || isWhole(lastSeconds())) {
      return;
    }
    double held = programs.readThrough().seconds();
    if (!isWhole(held)) {
      throw BrokenSource.shorterThanItSays(said(), held);
    }
  }

  /** Whether this is where the film is to end, or later. */
  boolean isWhole(double seconds) {
    double rate = facts.mainVideo().map(film -> film.averageFrameRate()).orElse(0.0);
    return !BrokenSource.endsEarly(said(), seconds, rate > 0 ? 1 / rate : 0);
  }

  private double lastSeconds() throws InterruptedException {
    OptionalDouble last =
        programs.lastSeconds(
            said() > LOOKED_AT_SECONDS ? facts.startSeconds() + said() - LOOKED_AT_SECONDS : 0);
    return last.isPresent() ? last.getAsDouble() - facts.startSeconds() : 0;
  }

  private double said() {
    return facts.durationSeconds() - facts.silentSeconds();
  }
}
