package dev.reencodarr.activities.sync.arr;

/**
 * Sonarr or Radarr has not answered, or not as was to be expected; says how in words of ours and at
 * most a line of theirs, without secrets and stack traces.
 */
public final class ArrFailed extends Exception {

  private final Kind kind;

  public ArrFailed(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** What kind of failure it is. */
  public enum Kind {
    /** Nobody answers, or not in time. */
    AWAY(true),
    /** It is starting up. */
    STARTING(true),
    /** 401 or 403. */
    KEY_REFUSED(false),
    /** 404, where something was to be. */
    NOT_THERE(false),
    /** 409. */
    CONFLICT(false),
    /** 400: it does not like what it was told. */
    REJECTED(false),
    /** Any other 5xx. */
    BROKEN(true),
    /** The answer ended early or is longer than it may be. */
    CUT(true),
    /** What answers is not what was expected there: no JSON, another shape, another program. */
    NOT_UNDERSTOOD(false),
    /** The key cannot be read with this machine's secret. */
    NO_KEY(false);

    private final boolean mayPass;

    Kind(boolean mayPass) {
      this.mayPass = mayPass;
    }

    /** Whether the same may succeed a little later. */
    public boolean mayPass() {
      return mayPass;
    }

    /**
     * Whether it would befall every question alike. Any other may be the matter of one title, such
     * as a row that the program cannot read.
     */
    public boolean isOfTheWhole() {
      return switch (this) {
        case AWAY, STARTING, KEY_REFUSED, NO_KEY -> true;
        case BROKEN, CUT, NOT_THERE, CONFLICT, REJECTED, NOT_UNDERSTOOD -> false;
      };
    }
  }
}
