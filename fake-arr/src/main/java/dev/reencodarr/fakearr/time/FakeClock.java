package dev.reencodarr.fakearr.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The time of day, further on by as much as a test has let pass. */
public final class FakeClock implements InstantSource {

  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(ahead.get());
  }

  public void pass(Duration time) {
    ahead.updateAndGet(before -> before.plus(time));
  }
}
