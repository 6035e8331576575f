package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.store.Database;
import java.nio.file.Path;

/** Every way to a replaced file: the four at the same path, and those to take a new one. */
enum SwapCase {
  EXCHANGE(TestMount.EVERYTHING, true),
  HARD_LINK(TestMount.LINKS, true),
  COPY(TestMount.NOTHING, true),
  RENAME_AWAY(TestMount.GAP_AND_FREE_NAMES, true),
  RENAME_AWAY_OVER_PLACEHOLDER(TestMount.GAP, true),
  NEW_PATH(TestMount.EVERYTHING, false),
  NEW_PATH_BY_LINK(TestMount.LINKS, false),
  NEW_PATH_OVER_PLACEHOLDER(TestMount.NOTHING, false);

  private final TestMount mount;
  private final boolean samePath;

  SwapCase(TestMount mount, boolean samePath) {
    this.mount = mount;
    this.samePath = samePath;
  }

  TestMount mount() {
    return mount;
  }

  boolean samePath() {
    return samePath;
  }

  /** Whether the path may be empty, or hold a small file of ours, while the files change places. */
  boolean leavesGap() {
    return this == RENAME_AWAY || this == RENAME_AWAY_OVER_PLACEHOLDER || !samePath;
  }

  ReplaceBench bench(Database database, Path folder) {
    return ReplaceBench.in(database, folder, samePath ? "movie.mkv" : "movie.avi", "movie.mkv");
  }

  Swapper swapper(ReplaceBench bench, CrashPoints points) {
    return bench.swapper(mount, points);
  }
}
