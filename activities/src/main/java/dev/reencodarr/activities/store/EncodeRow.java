package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.VideoId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * An encode job that has ended.
 *
 * @param job name of its job folder
 * @param command program and arguments
 * @param exitCode -1 where it gave none
 * @param signal that ended it; 0 for none
 * @param resultSize in bytes; 0 where there is no result
 * @param frames decoded of the main video stream; 0 when unknown
 * @param seconds wall time since it was first started
 * @param launches how often it was started
 */
public record EncodeRow(
    String job,
    VideoId video,
    String host,
    Encoder encoder,
    int preset,
    double crf,
    List<String> command,
    Ending ending,
    Instant startedAt,
    Instant endedAt,
    int exitCode,
    int signal,
    long resultSize,
    long frames,
    double seconds,
    int launches) {

  /** How a job ended. */
  public enum Ending {
    FINISHED,
    FAILED,
    STALLED,
    TIME_LIMIT,
    DISK_FULL,
    CANCELLED,
    SOURCE_CHANGED;

    /** The name in the database. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #code()}.
     *
     * @throws IllegalArgumentException if no ending has this name
     */
    public static Ending parse(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }
}
