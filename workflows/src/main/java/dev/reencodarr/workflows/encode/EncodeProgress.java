package dev.reencodarr.workflows.encode;

/**
 * How far a piece of media work is; the details of a heartbeat.
 *
 * @param phase what is being done
 * @param host the stable name of the machine at work, so that a restarted worker can be asked first
 * @param percent 0 to 100; negative when unknown
 * @param fps frames per second; 0 when unknown
 * @param etaSeconds seconds to the end; negative when unknown
 * @param sizeBytes of the result so far
 */
public record EncodeProgress(
    Phase phase, String host, double percent, double fps, double etaSeconds, long sizeBytes) {

  /** What a job is doing. */
  public enum Phase {
    /** Waits for free cores of its machine. */
    QUEUED,
    PROBING,
    ENCODING,
    /** Stopped where it stands, together with all heavy work of its machine. */
    HELD,
    /** ab-av1 decodes the result once more. */
    CHECKING,
    /** Our own verification. */
    VERIFYING,
    COPYING
  }

  /** The same in another phase. */
  public EncodeProgress in(Phase other) {
    return new EncodeProgress(other, host, percent, fps, etaSeconds, sizeBytes);
  }
}
