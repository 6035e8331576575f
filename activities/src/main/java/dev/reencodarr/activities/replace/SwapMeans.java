package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.plan.Settings;

/**
 * What every swap and undo works with.
 *
 * @param reserveBytes that stay free on a mount beyond what is written there
 * @param strictOwner whether a result that cannot be given the owner of its original is refused
 * @param withAGap whether an original may be renamed away instead of copied
 * @param libraries says whether a library's mount is there
 * @param calls what mounts may refuse
 */
record SwapMeans(
    long reserveBytes,
    boolean strictOwner,
    boolean withAGap,
    LibraryGuard libraries,
    MountCalls calls) {

  static SwapMeans of(Settings.Limits limits, LibraryGuard libraries) {
    return new SwapMeans(
        limits.freeSpaceReserve(),
        limits.strictOwner(),
        limits.swapWithAGap(),
        libraries,
        MountCalls.real());
  }

  /** Without settings and without a database, for people who are at the files themselves. */
  static SwapMeans bare() {
    return new SwapMeans(0, false, false, root -> {}, MountCalls.real());
  }
}
