package dev.reencodarr.activities.process;

import dev.reencodarr.workflows.plan.Decoding;
import java.util.List;

/** By what this machine decodes, beside its CPU; none until it has been tried. */
public final class ProvedDecoders {

  private volatile List<Decoding> proved = List.of();

  /** Those that work, as of the last trial. */
  public List<Decoding> now() {
    return proved;
  }

  /** A trial has come to this. */
  public void are(List<Decoding> working) {
    proved = List.copyOf(working);
  }
}
