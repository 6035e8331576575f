package dev.reencodarr.workflows.video;

/** What an operator has paused, of all that a video belongs to. */
public enum PausedBy {
  VIDEO("it is paused"),
  LIBRARY("its library is paused"),
  EVERYTHING("everything is paused");

  private final String explanation;

  PausedBy(String explanation) {
    this.explanation = explanation;
  }

  /** What a waiting video waits for, for people. */
  public String explanation() {
    return explanation;
  }
}
