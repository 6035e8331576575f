package dev.reencodarr.fakearr.http;

/** A request that is answered by an error. */
public final class Refused extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Reply reply;

  public Refused(Reply reply) {
    super("answered by " + reply.status(), null, false, false);
    this.reply = reply;
  }

  public Reply reply() {
    return reply;
  }
}
