package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.video.SampleEnd;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A sample that was made, in JSON: a contract with other programs.
 *
 * @param host whose files they are
 * @param sourcePath piece of the source, its streams copied
 * @param samplePath the same piece, encoded; both begin with the same picture
 * @param startSeconds into the film
 * @param score that its CRF has by the samples of the search; null where it was not searched
 * @param predictedSize of the whole, in bytes; null likewise
 * @param sideBySide a command for a shell that plays both (source left)
 */
public record SampleView(
    String host,
    String sourcePath,
    long sourceSize,
    String samplePath,
    long sampleSize,
    double startSeconds,
    double seconds,
    String encoder,
    int preset,
    double crf,
    String metric,
    double target,
    OptionalDouble score,
    long filmSize,
    OptionalLong predictedSize,
    OptionalLong predictedSavedBytes,
    String sideBySide) {

  public static SampleView of(SampleEnd.Made made) {
    return new SampleView(
        made.sample().host(),
        made.sample().cut().value(),
        made.sample().cutBytes(),
        made.sample().sample().value(),
        made.sample().sampleBytes(),
        made.sample().start(),
        made.sample().seconds(),
        made.encoder().ffmpegName(),
        made.preset(),
        made.crf(),
        made.metric().text(),
        made.target(),
        made.score(),
        made.sourceBytes(),
        made.predictedBytes(),
        made.predictedBytes().isPresent()
            ? OptionalLong.of(made.sourceBytes() - made.predictedBytes().getAsLong())
            : OptionalLong.empty(),
        SideBySide.command(made.sample().cut(), made.sample().sample()));
  }
}
