package dev.reencodarr.bench.chaos;

import java.util.Locale;

/** What is done to a stack, with how often it comes among a thousand faults. */
enum FaultKind {
  KILL_WORKER(120, false, false),
  KILL_AB_AV1(90, false, true),
  KILL_FFMPEG(90, false, true),
  KILL_TEMPORAL(70, false, false),
  /** The postmaster and all its backends at once. */
  KILL_POSTGRES(70, false, false),
  /** The backends alone: the postmaster starts anew and recovers. */
  KILL_BACKENDS(50, false, false),
  /** Everything at once, the supervisor first, as when the power fails; then it is started anew. */
  KILL_ALL(40, false, true),
  STOP_WORKER(80, true, false),
  STOP_TEMPORAL(50, true, false),
  STOP_POSTGRES(50, true, false),
  STOP_TOOLS(50, true, false),
  /** Connections between worker and Temporal are dropped and new ones refused. */
  CUT_TEMPORAL(60, true, false),
  /** Connections between worker and Temporal stay, and nothing passes. */
  STALL_TEMPORAL(40, true, false),
  CUT_DATABASE(40, true, false),
  /** No byte is left on the file system of the work folder. */
  FILL_WORK(35, true, true),
  /** No byte is left on the file system of the library. */
  FILL_LIBRARY(35, true, false),
  /** {@code down} and {@code up}. */
  RESTART(20, false, true),
  CANCEL(10, false, true);

  private final int perThousand;
  private final boolean lasting;
  private final boolean endsEncodes;

  FaultKind(int perThousand, boolean lasting, boolean endsEncodes) {
    this.perThousand = perThousand;
    this.lasting = lasting;
    this.endsEncodes = endsEncodes;
  }

  int perThousand() {
    return perThousand;
  }

  /** Whether it goes on for a time and is then taken away. */
  boolean isLasting() {
    return lasting;
  }

  /** Whether an encode that it hits has to be started anew. */
  boolean endsEncodes() {
    return endsEncodes;
  }

  /** Whether it needs a small file system of its own. */
  boolean needsSmallDisk() {
    return this == FILL_WORK || this == FILL_LIBRARY;
  }

  /** As it is printed. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
