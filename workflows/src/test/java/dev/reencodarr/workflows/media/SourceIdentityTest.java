package dev.reencodarr.workflows.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is taken for the same file. */
class SourceIdentityTest {

  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.123456Z");
  private static final SourceIdentity ONE = new SourceIdentity(5, THEN, "a");

  @Test
  void aFileOfTheSameSizeTimeAndContentIsTheSame() {
    assertThat(ONE.changeTo(new SourceIdentity(5, THEN, "a"))).isEmpty();
    assertThat(ONE.changeTo(new SourceIdentity(5, THEN.plusNanos(789), "a"))).isEmpty();
  }

  @Test
  void anotherSizeContentOrTimeIsAnotherFileAndSaid() {
    assertThat(ONE.changeTo(new SourceIdentity(6, THEN, "a"))).contains("its size is 6, not 5");
    assertThat(ONE.changeTo(new SourceIdentity(5, THEN, "b"))).contains("its content is another");
    assertThat(ONE.changeTo(new SourceIdentity(5, THEN.plusSeconds(1), "a")))
        .contains(
            "it was modified at 2026-01-02T03:04:06.123456Z, not at 2026-01-02T03:04:05.123456Z");
  }
}
