package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sources of which no result can be whole, by whomever they are found: by the verification of a
 * result, or by a check before any work.
 */
public final class BrokenSource {

  private static final double RELATIVE = 0.005;

  /** What ab-av1 lets a result be shorter than its source. */
  private static final double MOST_SECONDS = 2;

  private BrokenSource() {}

  /**
   * Whether frames are lost in decoding.
   *
   * @param packets of the film
   * @param decoded frames of it
   */
  public static boolean losesFrames(long packets, long decoded) {
    return !FrameTally.agree(decoded, packets);
  }

  /**
   * Whether a film ends so early that an encode of it is refused: by 2 frames and 0.5 %, or by 2
   * seconds.
   *
   * @param said seconds that it is said to last
   * @param held seconds after which nothing comes any more
   * @param frameSeconds of one frame; 0 when unknown
   */
  public static boolean endsEarly(double said, double held, double frameSeconds) {
    return said - held > Math.min(MOST_SECONDS, Math.max(2 * frameSeconds, RELATIVE * said));
  }

  /**
   * The fault that frames are lost in decoding.
   *
   * @param complaints of the decoder
   */
  public static ApplicationFailure losingFrames(long packets, long decoded, String complaints) {
    return fault(
        "of "
            + packets
            + " frames of the source "
            + decoded
            + " can be decoded: "
            + complaints.lines().findFirst().orElse(""));
  }

  /** The fault that a film is shorter than it says, in seconds. */
  public static ApplicationFailure shorterThanItSays(double said, double held) {
    return fault(
        String.format(
            Locale.ROOT, "the source says that it lasts %.1f s but holds %.1f s", said, held));
  }

  /**
   * The fault that much of a track of sound is lost in decoding.
   *
   * @param stream its index in the file
   */
  public static ApplicationFailure losingSound(int stream, long packets, long decoded) {
    return fault(
        "of "
            + packets
            + " frames of sound of the source, stream "
            + stream
            + ", "
            + decoded
            + " can be decoded");
  }

  private static ApplicationFailure fault(String words) {
    return Faults.of(
        new Evidence(
            EvidenceKind.BAD_MEDIA,
            words,
            -1,
            0,
            List.of(),
            "",
            Map.of(Evidence.SHORT_SOURCE, words)));
  }
}
