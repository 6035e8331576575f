package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.plan.EncodePlan;
import dev.reencodarr.workflows.plan.Scaling;
import dev.reencodarr.workflows.replace.Verdict;
import java.util.Optional;

/** Looks at the film of the result: the right stream, encoded as planned. */
final class MainVideo {

  private final Judged judged;

  MainVideo(Judged judged) {
    this.judged = judged;
  }

  /** The film is what its encoder makes, not copied while something else was encoded. */
  Optional<Verdict.Refused> isEncoded() {
    String codec = judged.resultVideo().codec();
    String wanted = judged.request().plan().encoder().codec().ffprobeName();
    return codec.equals(wanted)
        ? Judged.fine()
        : Judged.refused(
            Verdict.Check.VIDEO_STREAM, "the film of the result is " + codec + ", not " + wanted);
  }

  /**
   * The size is the source's, odd or not, or the smaller one that was planned, as players show it:
   * ffmpeg turns what is stored on its side, and the result must not be turned once more. The pixel
   * format is the planned one.
   */
  Optional<Verdict.Refused> hasPlannedFormat() {
    EncodePlan plan = judged.request().plan();
    Optional<Scaling> smaller = plan.filters().scaling();
    String wanted =
        format(
            smaller.map(Scaling::width).orElse(judged.sourceVideo().shownWidth()),
            smaller.map(Scaling::height).orElse(judged.sourceVideo().shownHeight()),
            0,
            plan.pixelFormat());
    String is =
        format(
            judged.resultVideo().width(),
            judged.resultVideo().height(),
            judged.resultVideo().rotation(),
            judged.resultVideo().pixelFormat());
    return wanted.equals(is)
        ? Judged.fine()
        : Judged.refused(
            Verdict.Check.PICTURE_FORMAT, "the picture is " + is + " instead of " + wanted);
  }

  /**
   * The range of its brightness is the source's without the dynamic metadata that were given up,
   * and of what was deinterlaced nothing says any more that there are two fields in a frame.
   */
  Optional<Verdict.Refused> hasPlannedRange() {
    HdrKind wanted = judged.sourceVideo().plainRange();
    HdrKind is = judged.resultVideo().hdr();
    if (wanted != is) {
      return Judged.refused(
          Verdict.Check.PICTURE_FORMAT, "the picture is " + is + " instead of " + wanted);
    }
    // Where the source does not say how its fields lie, ffmpeg may say so of the result.
    return judged.request().plan().filters().deinterlaces() && judged.resultVideo().isInterlaced()
        ? Judged.refused(
            Verdict.Check.PICTURE_FORMAT,
            "the picture is said to be interlaced: " + judged.resultVideo().fieldOrder())
        : Judged.fine();
  }

  private static String format(int width, int height, int rotation, String pixelFormat) {
    String size = width + "x" + height + " " + pixelFormat;
    return rotation == 0 ? size : size + " turned by " + rotation + " degrees";
  }
}
