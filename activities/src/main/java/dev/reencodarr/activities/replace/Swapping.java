package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.SwapOutcome;
import java.io.IOException;

/** One replacement on its way; each can be begun again wherever it was cut short. */
interface Swapping {

  /** Brings the replacement to its end. */
  SwapOutcome run() throws IOException, Journal.Revoked;

  /**
   * Settles a replacement of an attempt that was revoked: what has taken place is committed, all
   * else is taken back.
   */
  void settle() throws IOException, Journal.Revoked;

  /** The same where a file has been moved; a result that waits for its swap waits on. */
  void settleMoved() throws IOException, Journal.Revoked;
}
