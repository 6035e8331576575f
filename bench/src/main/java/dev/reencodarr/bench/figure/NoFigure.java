package dev.reencodarr.bench.figure;

/** What was to be measured did not do its work: there is no figure. */
public final class NoFigure extends Exception {
  private static final long serialVersionUID = 1;

  public NoFigure(String why) {
    super(why);
  }
}
