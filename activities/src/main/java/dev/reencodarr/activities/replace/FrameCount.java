package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.Verdict;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares numbers of frames. What the encoder says that it decoded is believed only where the
 * source's own packets agree; where they do not, the source is decoded once more.
 */
final class FrameCount {

  /** Of the film's length, as for its duration. */
  private static final double RELATIVE = 0.005;

  private final Judged judged;
  private final Instruments instruments;
  private final FrameTally source;
  private final FrameTally result;

  /**
   * @param source packets of the source
   * @param result packets of the result; in AV1 each is one frame that is shown
   */
  FrameCount(Judged judged, Instruments instruments, FrameTally source, FrameTally result) {
    this.judged = judged;
    this.instruments = instruments;
    this.source = source;
    this.result = result;
  }

  Optional<Verdict.Refused> check() throws InterruptedException {
    if (result.frames() == 0) {
      return Judged.refused(Verdict.Check.FRAME_COUNT, "the result holds no frames");
    }
    if (judged.variesInRate()) {
      return Judged.fine();
    }
    long expected = framesOfSource();
    return FrameTally.agree(result.frames(), expected)
        ? Judged.fine()
        : Judged.refused(
            Verdict.Check.FRAME_COUNT,
            "the result has " + result.frames() + " frames, its source " + expected);
  }

  /**
   * Where the rate varies, the number of frames says little, and the sound may last as long as it
   * should over pictures that end early: so the last picture is looked for. Where it comes too
   * early, only a source of which no more can be decoded excuses it.
   */
  Optional<Verdict.Refused> checkTheLast() throws InterruptedException {
    double early = earlySeconds();
    double tolerated =
        Math.max(2 * judged.frameSeconds(), RELATIVE * source.lastSeconds().orElse(0));
    if (!judged.variesInRate() || early <= tolerated) {
      return Judged.fine();
    }
    return FrameTally.agree(result.frames(), decodedFrames())
        ? Judged.fine()
        : Judged.refused(
            Verdict.Check.FRAME_COUNT,
            String.format(
                Locale.ROOT,
                "the last picture of the result is %.3f s before its source's",
                early));
  }

  /** By both clocks: from the beginning of the container, and from the first picture. */
  private double earlySeconds() {
    if (source.lastSeconds().isEmpty() || result.lastSeconds().isEmpty()) {
      return 0;
    }
    double early = source.lastSeconds().getAsDouble() - result.lastSeconds().getAsDouble();
    return Math.min(early, early - source.startSeconds() + result.startSeconds());
  }

  private long framesOfSource() throws InterruptedException {
    long encoded = judged.request().result().sourceFrames();
    boolean encoderAgrees = encoded == 0 || FrameTally.agree(encoded, source.frames());
    if (encoderAgrees && FrameTally.agree(result.frames(), source.frames())) {
      return source.frames();
    }
    return decodedFrames();
  }

  /**
   * @throws io.temporal.failure.ApplicationFailure of kind BAD_MEDIA if frames of the source are
   *     lost in decoding: then no result of it can be whole
   */
  private long decodedFrames() throws InterruptedException {
    FrameTally decoded =
        instruments.countDecoded(judged.sourceFile(), judged.sourceVideo().index());
    if (!decoded.complaints().isEmpty()
        && BrokenSource.losesFrames(source.frames(), decoded.frames())) {
      throw BrokenSource.losingFrames(source.frames(), decoded.frames(), decoded.complaints());
    }
    return decoded.frames();
  }
}
