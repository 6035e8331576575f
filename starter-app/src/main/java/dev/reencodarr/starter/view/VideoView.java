package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.Video;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

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
    OptionalInt preset,
    Optional<String> encoder,
    OptionalDouble encodedSeconds,
    OptionalInt probes,
    OptionalInt knownProbes,
    Optional<String> outputPath,
    String workflowId) {

  public static VideoView of(Video video) {
    Optional<Video.EncodeFigures> encode = video.encode();
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
        real(encode.map(Video.EncodeFigures::crf)),
        real(encode.map(Video.EncodeFigures::vmafTarget)),
        real(encode.map(Video.EncodeFigures::vmafScore)),
        whole(encode.map(Video.EncodeFigures::preset)),
        encode.map(Video.EncodeFigures::encoder),
        real(encode.map(Video.EncodeFigures::seconds)),
        whole(encode.map(Video.EncodeFigures::probes)),
        whole(encode.map(Video.EncodeFigures::knownProbes)),
        video.output().map(output -> output.path().value()),
        WorkflowIds.video(video.id()));
  }

  private static OptionalDouble real(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  private static OptionalInt whole(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }
}
