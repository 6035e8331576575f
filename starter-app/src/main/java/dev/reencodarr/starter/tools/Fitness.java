package dev.reencodarr.starter.tools;

/** Whether a program can do the work, found out by running it. */
public sealed interface Fitness {

  /** It can. */
  record Fit(String version) implements Fitness {}

  /** It cannot, because of this. */
  record Unfit(String why) implements Fitness {}
}
