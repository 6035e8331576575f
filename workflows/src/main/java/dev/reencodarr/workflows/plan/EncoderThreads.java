package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.media.Encoder;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How an encoder is kept to a number of threads. The result is the same bit for bit whatever the
 * number, so that it is no part of what a probe's points are known by.
 */
public final class EncoderThreads {

  private static final String LEVEL = "lp=";
  private static final String POOLS = "x265-params=pools=";

  /** From how many threads on each level is taken. */
  private static final int[] LEAST_THREADS = {1, 2, 4, 6, 12, 24};

  private EncoderThreads() {}

  /** ab-av1's arguments that keep the encoder to about this many threads, at least 1. */
  public static List<String> arguments(Encoder encoder, int threads) {
    return switch (encoder) {
      case LIBSVTAV1 -> List.of("--svt", LEVEL + levelOfParallelism(threads));
      case LIBX265 -> List.of("--enc", POOLS + threads);
      // They work beside the cores.
      case AV1_NVENC, AV1_QSV, AV1_VAAPI, AV1_AMF, HEVC_NVENC -> List.of();
    };
  }

  /**
   * With how many threads a command of ab-av1 encodes, as far as its level tells; empty where it
   * does not say.
   */
  public static OptionalInt of(List<String> command) {
    for (String argument : command) {
      if (argument.startsWith(POOLS)) {
        return OptionalInt.of(Integer.parseInt(argument.substring(POOLS.length())));
      }
    }
    return IntStream.of(LEAST_THREADS)
        .filter(threads -> command.contains(LEVEL + levelOfParallelism(threads)))
        .findFirst();
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
    int level = 1;
    while (level < LEAST_THREADS.length && threads >= LEAST_THREADS[level]) {
      level++;
    }
    return level;
  }
}
