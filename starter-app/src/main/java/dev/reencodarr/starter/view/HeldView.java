package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.HeldResultRepository.Held;
import dev.reencodarr.workflows.video.HeldResult;
import dev.reencodarr.workflows.video.VideoEnd;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * A result that waits for a review, in JSON: a contract with other programs.
 *
 * @param size of the source in bytes
 * @param resultPath where it lies until then
 * @param checkedScore of the result itself; null where only samples were scored
 * @param sideBySide a command for a shell that plays source (left) and result (right) together
 */
public record HeldView(
    String videoId,
    String path,
    String targetPath,
    long size,
    long resultSize,
    long savedBytes,
    String encoder,
    int preset,
    double crf,
    String metric,
    double vmafTarget,
    double vmafScore,
    OptionalDouble checkedScore,
    double encodedSeconds,
    Instant heldSince,
    String resultPath,
    String sideBySide) {

  public static HeldView of(Held held) {
    HeldResult result = held.result();
    VideoEnd.Encode figures = result.figures();
    return new HeldView(
        result.video().toString(),
        result.source().value(),
        result.target().value(),
        result.identity().size(),
        result.staged().sizeBytes(),
        result.identity().size() - result.staged().sizeBytes(),
        figures.encoder().ffmpegName(),
        figures.preset(),
        figures.crf(),
        figures.metric().text(),
        figures.vmafTarget(),
        figures.vmafScore(),
        figures.checkedScore(),
        figures.seconds(),
        held.heldAt(),
        result.staged().path().value(),
        SideBySide.command(result.source(), result.staged().path()));
  }
}
