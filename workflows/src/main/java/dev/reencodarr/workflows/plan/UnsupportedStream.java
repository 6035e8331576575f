package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.MediaStream;

/** A stream that somebody would miss fits into no container of ours. */
final class UnsupportedStream extends RuntimeException {

  UnsupportedStream(String type, MediaStream stream) {
    super(
        "the %s stream %d (%s) cannot be kept: Matroska does not hold it"
            .formatted(
                type, stream.index(), stream.codec().isEmpty() ? "unknown" : stream.codec()));
  }
}
