package dev.reencodarr.activities.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.Fault;

/** Holds a fault that a test has made against its line of the fault matrix. */
public final class MadeForReal {

  private MadeForReal() {}

  /** What was thrown is evidence of the line's kind, and comes to the line's row. */
  public static void as(String fault, Throwable thrown) {
    as(fault, JudgedFault.evidence(thrown));
  }

  /** The same of evidence that was taken from a fault. */
  public static void as(String fault, Evidence real) {
    as(fault, real.kind().name(), JudgedFault.row(Fault.named(fault).stage(), real));
  }

  /**
   * The same of what another process has told of it.
   *
   * @param row as of {@link JudgedFault#row}
   */
  public static void as(String fault, String kind, String row) {
    Fault line = Fault.named(fault);
    Evidence played = line.evidence();
    assertThat(kind).as("the evidence of «%s»", fault).isEqualTo(played.kind().name());
    assertThat(row).as(fault).isEqualTo(JudgedFault.row(line.stage(), played));
    // Whatever a clean-up was refused for, the workflow makes the same row of it.
    if (!line.step().equals("discard")) {
      assertThat(row).as(fault).startsWith(line.row() + " ");
    }
  }
}
