package dev.reencodarr.activities.pause;

import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.PauseRepository.Hold;
import dev.reencodarr.workflows.media.VideoId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Whether the video of a step at work is paused. The database is asked in the background, so that
 * one that does not answer holds up nothing; meanwhile the last answer counts.
 */
public final class PauseWatch {

  private static final Logger LOG = LoggerFactory.getLogger(PauseWatch.class);
  private static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();

  private final PauseRepository pauses;
  private final VideoId video;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile boolean paused = false;
  private volatile boolean frozen = false;
  private volatile long lookedAt;

  private PauseWatch(PauseRepository pauses, VideoId video) {
    this.pauses = pauses;
    this.video = video;
  }

  /** A watch that has looked once; what cannot be known counts as not paused. */
  public static PauseWatch over(PauseRepository pauses, VideoId video) {
    PauseWatch watch = new PauseWatch(pauses, video);
    watch.look();
    return watch;
  }

  /** The video is paused, and the step is to end before its time. */
  public static final class HeldUp extends RuntimeException {
    private HeldUp() {
      super("the video is paused");
    }
  }

  /** Whether nothing is to be begun, as of a moment ago. */
  public boolean isPaused() {
    lookFromTimeToTime();
    return paused;
  }

  /** Whether what runs is to be stopped where it stands, as of a moment ago. */
  public boolean isFrozen() {
    lookFromTimeToTime();
    return frozen;
  }

  /**
   * For a step that has not begun.
   *
   * @throws HeldUp if it is not to begin
   */
  public void requireNotPaused() {
    if (isPaused()) {
      throw new HeldUp();
    }
  }

  /**
   * For a step at work.
   *
   * @throws HeldUp if it is not to go on
   */
  public void requireNotFrozen() {
    if (isFrozen()) {
      throw new HeldUp();
    }
  }

  private void lookFromTimeToTime() {
    if (System.nanoTime() - lookedAt > EVERY_NANOS && looking.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .start(() -> {
            look();
            looking.set(false);
          });
    }
  }

  private void look() {
    try {
      Optional<Hold> hold = pauses.of(video);
      frozen = hold.filter(Hold::freezes).isPresent();
      paused = hold.isPresent();
    } catch (DataAccessException away) {
      LOG.debug("whether {} is paused cannot be known", video, away);
    } finally {
      lookedAt = System.nanoTime();
    }
  }
}
