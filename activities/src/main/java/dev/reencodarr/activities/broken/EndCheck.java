package dev.reencodarr.activities.broken;

import dev.reencodarr.activities.replace.BrokenSource;
import dev.reencodarr.workflows.analysis.MediaFacts;

/**
 * Whether a film goes on to the end that its header promises: the header of a download that broke
 * off says the whole duration.
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
   * By a few reads at the end. Only where they speak against the film it is read through, since not
   * every container can be sought in.
   *
   * @throws io.temporal.failure.ApplicationFailure of kind BAD_MEDIA if it does not
   */
  void check() throws InterruptedException {
    if (said() <= 0 || reaches(said(), fromTheBeginning(lastPackets().any()))) {
      return;
    }
    double held = programs.readThrough().seconds();
    if (!reaches(said(), held)) {
      throw BrokenSource.shorterThanItSays(said(), held);
    }
  }

  /**
   * After all pictures and all sound were read.
   *
   * @param held seconds of them
   * @throws io.temporal.failure.ApplicationFailure of kind BAD_MEDIA if it does not
   */
  void check(double held) throws InterruptedException {
    if (said() <= 0 || reaches(said(), held)) {
      return;
    }
    // Subtitles may last longer; pictures that were not come to may not.
    LastPackets last = lastPackets();
    boolean isWhole =
        reaches(said(), fromTheBeginning(last.any()))
            && reaches(fromTheBeginning(last.film()), held);
    if (!isWhole) {
      throw BrokenSource.shorterThanItSays(said(), held);
    }
  }

  private LastPackets lastPackets() throws InterruptedException {
    double end = facts.startSeconds() + said();
    return programs.lastPackets(said() > LOOKED_AT_SECONDS ? end - LOOKED_AT_SECONDS : 0);
  }

  private boolean reaches(double wanted, double seconds) {
    double rate = facts.mainVideo().map(film -> film.averageFrameRate()).orElse(0.0);
    return !BrokenSource.endsEarly(wanted, seconds, rate > 0 ? 1 / rate : 0);
  }

  private double fromTheBeginning(double clock) {
    return clock - facts.startSeconds();
  }

  private double said() {
    return facts.durationSeconds() - facts.silentSeconds();
  }
}
