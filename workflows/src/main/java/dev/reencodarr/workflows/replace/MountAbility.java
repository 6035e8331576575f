package dev.reencodarr.workflows.replace;

import java.time.Duration;

/**
 * What a mount was seen to do with files of one owner.
 *
 * @param atomicExchange two names change places at once
 * @param hardLinks a file of this owner can be given a second name, and the mount shows that both
 *     are one file. False also where it could not be tried with a file of this owner
 * @param renameNoReplace a rename is refused where the name is taken
 * @param stableInodes a file keeps its inode number when it is opened again or renamed
 * @param mtimeGrain the finest difference between two modification times; at least 1 ns
 * @param chown a file of ours can be given this owner and group
 * @param caseSensitive {@code a} and {@code A} are two names
 */
public record MountAbility(
    boolean atomicExchange,
    boolean hardLinks,
    boolean renameNoReplace,
    boolean stableInodes,
    Duration mtimeGrain,
    boolean chown,
    boolean caseSensitive) {

  /**
   * The best way to swap at the same path. A copy can be made on every mount, so there always is
   * one; a copy needs room for another original.
   *
   * @param swapWithAGap whether the settings allow {@link SwapWay#RENAME_AWAY} in place of a copy
   */
  public SwapWay bestWay(boolean swapWithAGap) {
    if (atomicExchange) {
      return SwapWay.EXCHANGE;
    }
    if (hardLinks) {
      return SwapWay.HARD_LINK;
    }
    return swapWithAGap ? SwapWay.RENAME_AWAY : SwapWay.COPY;
  }
}
