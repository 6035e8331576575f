package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.media.Encoder;
import java.util.List;

/**
 * How an encoder is kept to a number of threads. The result is the same bit for bit whatever the
 * number, so that it is no part of what a probe's points are known by.
 */
public final class EncoderThreads {

  private EncoderThreads() {}

  /** ab-av1's arguments that keep the encoder to about this many threads, at least 1. */
  public static List<String> arguments(Encoder encoder, int threads) {
    return switch (encoder) {
      case LIBSVTAV1 -> List.of("--svt", "lp=" + levelOfParallelism(threads));
    };
  }

  /**
   * What of a job's threads is used.
   *
   * @param halved whether half of them have to do, for want of memory
   */
  public static int used(int threads, boolean halved) {
    return halved ? Math.max(1, threads / 2) : threads;
  }

  /** SVT-AV1 counts in levels, not in threads; these are the steps of its own automatic choice. */
  private static int levelOfParallelism(int threads) {
    if (threads <= 1) {
      return 1;
    } else if (threads <= 3) {
      return 2;
    } else if (threads <= 5) {
      return 3;
    } else if (threads <= 11) {
      return 4;
    } else if (threads <= 23) {
      return 5;
    } else {
      return 6;
    }
  }
}
