package dev.reencodarr.workflows.temporal;

import dev.reencodarr.workflows.media.Encoder;

/** The task queues. A zone is a set of machines that see the same library paths. */
public final class TaskQueues {

  /** Workflow tasks, the database, Sonarr and Radarr. */
  public static final String CONTROL = "control";

  private TaskQueues() {}

  /** Looking at files: scans and analysis. */
  public static String analyse(String zone) {
    return "analyse@" + zone;
  }

  /** Checks of sources: long, and so unimportant that they wait behind nothing but each other. */
  public static String check(String zone) {
    return "check@" + zone;
  }

  /** Swaps and undo. */
  public static String files(String zone) {
    return "files@" + zone;
  }

  /** Probes with this encoder. */
  public static String search(Encoder encoder, String zone) {
    return "search-" + encoder.queue() + "@" + zone;
  }

  /** Encodes with this encoder. */
  public static String encode(Encoder encoder, String zone) {
    return "encode-" + encoder.queue() + "@" + zone;
  }

  /** What is bound to the work folder of one machine. */
  public static String host(String host) {
    return "host@" + host;
  }
}
