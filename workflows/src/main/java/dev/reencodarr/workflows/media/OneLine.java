package dev.reencodarr.workflows.media;

/** Texts of others where only one line is shown; a file name may hold line breaks. */
public final class OneLine {

  private OneLine() {}

  /** The text with a blank in the place of each control character. */
  public static String of(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
