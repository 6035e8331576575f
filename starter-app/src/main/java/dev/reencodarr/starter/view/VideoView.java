package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.Video;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** A video in JSON: a contract with other programs. */
public record VideoView(
    String id,
    String path,
    String state,
    Optional<String> skipReason,
    String detail,
    Optional<String> failureCode,
    long size,
    OptionalLong originalSize,
    OptionalLong savedBytes,
    Optional<String> codec,
    OptionalInt width,
    OptionalInt height,
    OptionalDouble durationSeconds,
    Optional<String> hdr,
    OptionalDouble crf,
    OptionalDouble vmafTarget,
    OptionalDouble vmafScore,
    Optional<String> metric,
    OptionalDouble checkedScore,
    Optional<String> checkedBy,
    OptionalDouble correctedFromCrf,
    OptionalDouble firstScore,
    OptionalDouble unscaledScore,
    OptionalInt preset,
    Optional<String> encoder,
    OptionalDouble encodedSeconds,
    OptionalInt probes,
    OptionalInt knownProbes,
    Optional<String> outputPath,
    Optional<String> decision,
    String workflowId) {

  public static VideoView of(Video video) {
    return new VideoView(
        video.id().toString(),
        video.path().value(),
        video.state().code(),
        video.skipReason().map(SkipReason::code),
        video.detail(),
        video.failureCode(),
        video.size(),
        video.originalSize(),
        video.savedBytes(),
        video.media().codec(),
        video.media().width(),
        video.media().height(),
        video.media().durationSeconds(),
        video.media().hdr(),
        real(video, Video.EncodeFigures::crf),
        real(video, Video.EncodeFigures::vmafTarget),
        real(video, Video.EncodeFigures::vmafScore),
        video.encode().map(encode -> encode.metric().text()),
        some(video, Video.EncodeFigures::checkedScore),
        video
            .encode()
            .filter(encode -> encode.checkedBy() != ResultCheck.OFF)
            .map(encode -> encode.checkedBy().name().toLowerCase(Locale.ROOT)),
        some(video, Video.EncodeFigures::correctedFrom),
        some(video, Video.EncodeFigures::firstScore),
        some(video, Video.EncodeFigures::unscaledScore),
        whole(video, Video.EncodeFigures::preset),
        video.encode().map(Video.EncodeFigures::encoder),
        real(video, Video.EncodeFigures::seconds),
        whole(video, Video.EncodeFigures::probes),
        whole(video, Video.EncodeFigures::knownProbes),
        video.output().map(output -> output.path().value()),
        video.decision(),
        WorkflowIds.video(video.id()));
  }

  private static OptionalDouble some(
      Video video, Function<Video.EncodeFigures, OptionalDouble> figure) {
    return video.encode().map(figure).orElseGet(OptionalDouble::empty);
  }

  private static OptionalDouble real(Video video, ToDoubleFunction<Video.EncodeFigures> figure) {
    return video.encode().stream().mapToDouble(figure).findFirst();
  }

  private static OptionalInt whole(Video video, ToIntFunction<Video.EncodeFigures> figure) {
    return video.encode().stream().mapToInt(figure).findFirst();
  }
}
