package dev.reencodarr.activities.replace;

import java.util.ArrayList;
import java.util.List;

/**
 * Stops a run at its n-th crash point as a power failure would: nothing is caught or cleaned up.
 */
final class StoppedDead implements CrashPoints {

  /** No code of ours handles this. */
  static final class PowerFailure extends Error {
    private static final long serialVersionUID = 1;

    PowerFailure(String point) {
      super(point);
    }
  }

  private final int at;
  private final List<String> passed = new ArrayList<>();

  /**
   * @param at counted from 0; a number that is never reached lets the run end
   */
  StoppedDead(int at) {
    this.at = at;
  }

  static StoppedDead never() {
    return new StoppedDead(Integer.MAX_VALUE);
  }

  @Override
  public void at(Step step, Moment moment) {
    String point = step + " " + moment;
    if (passed.size() == at) {
      throw new PowerFailure(point);
    }
    passed.add(point);
  }

  /** The points that were passed, in order. */
  List<String> passed() {
    return passed;
  }
}
