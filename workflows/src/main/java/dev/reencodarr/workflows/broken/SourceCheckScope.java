package dev.reencodarr.workflows.broken;

/**
 * What there is to check in a library.
 *
 * @param files that a check is about: neither links nor missing, nor those below
 * @param encoded files that we have made: they were verified
 * @param atWork files that a workflow is at work on
 * @param known of the files, those that an earlier check has read and that are as they were
 * @param knownBroken of those, the broken ones
 * @param bytes of the files that are still to be read
 */
public record SourceCheckScope(
    int files, int encoded, int atWork, int known, int knownBroken, long bytes) {

  /** Of a check that has not begun. */
  static final SourceCheckScope NOTHING = new SourceCheckScope(0, 0, 0, 0, 0, 0);
}
