package dev.reencodarr.workflows.video;

/** The encoder that was chosen for a video does not do it: another one, or the same again. */
final class EncoderLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Why why;

  /**
   * @param what has happened, for people
   */
  EncoderLost(Why why, String what) {
    super(what);
    this.why = why;
  }

  /** What it means for the choice of the next one. */
  enum Why {
    /** Its device is gone or full: not this one as long as another is offered. */
    DEVICE_GONE,
    /** It cannot encode this film: not this one again. */
    REFUSES_THE_FILM,
    /** Nobody has taken the work for long: whether it is offered still is to be seen. */
    NOBODY_TOOK_IT
  }

  Why why() {
    return why;
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
