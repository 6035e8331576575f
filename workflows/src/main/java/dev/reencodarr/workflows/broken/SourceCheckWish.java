package dev.reencodarr.workflows.broken;

/**
 * What somebody wants of a check.
 *
 * @param deep whether every picture is decoded, and all sound; else the beginning and the end of a
 *     file are looked at
 * @param again whether files are read that have not changed since they were checked
 */
public record SourceCheckWish(boolean deep, boolean again) {

  /** Both together. */
  public SourceCheckWish and(SourceCheckWish other) {
    return new SourceCheckWish(deep || other.deep, again || other.again);
  }
}
