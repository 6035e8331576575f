package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.plan.PlannedStream;
import dev.reencodarr.workflows.replace.Verdict;
import dev.reencodarr.workflows.replace.VerifyRequest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A result beside its source, as the checks see them.
 *
 * @param sourceVideo the stream that was to be encoded
 * @param resultVideo the film of the result with the most pixels, whatever it is; of several films
 *     the first, which is the one that was to be encoded
 */
record Judged(
    VerifyRequest request,
    MediaFacts source,
    MediaFacts result,
    MediaStream.Video sourceVideo,
    MediaStream.Video resultVideo) {

  /** Empty if one of them has no film. */
  static Optional<Judged> of(VerifyRequest request, MediaFacts result) {
    return mainVideo(request)
        .flatMap(source ->
            film(request, result)
                .map(film -> new Judged(request, request.facts(), result, source, film)));
  }

  /** A film that was made smaller may have fewer pixels than one that was copied beside it. */
  private static Optional<MediaStream.Video> film(VerifyRequest request, MediaFacts result) {
    return request.facts().films().size() > 1
        ? result.films().stream().findFirst()
        : result.mainVideo();
  }

  private static Optional<MediaStream.Video> mainVideo(VerifyRequest request) {
    return request.plan().streams().stream()
        .filter(stream -> stream.action() == PlannedStream.Action.ENCODE)
        .findFirst()
        .flatMap(planned ->
            request.facts().streams().stream()
                .filter(stream -> stream.index() == planned.sourceIndex())
                .filter(MediaStream.Video.class::isInstance)
                .map(MediaStream.Video.class::cast)
                .findFirst());
  }

  Path sourceFile() {
    return Path.of(request.source().value());
  }

  Path resultFile() {
    return Path.of(request.result().result().value());
  }

  /** Whether the source's frames come at varying distances, so that their number says little. */
  boolean variesInRate() {
    return sourceVideo.variesInRate();
  }

  double frameSeconds() {
    return sourceVideo.averageFrameRate() > 0 ? 1 / sourceVideo.averageFrameRate() : 0;
  }

  static Optional<Verdict.Refused> fine() {
    return Optional.empty();
  }

  static Optional<Verdict.Refused> refused(Verdict.Check check, String detail) {
    return Optional.of(new Verdict.Refused(check, detail));
  }
}
