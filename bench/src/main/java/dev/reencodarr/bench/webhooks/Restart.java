package dev.reencodarr.bench.webhooks;

/** What happens amid the calls. */
enum Restart {
  NONE("", "nothing happens"),
  POSTGRES("postgres", "PostgreSQL is killed, and started again after 5 s"),
  TEMPORAL("temporal", "Temporal is killed, and started again after 5 s");

  private final String member;
  private final String words;

  Restart(String member, String words) {
    this.member = member;
    this.words = words;
  }

  /** Of the stack; empty for none. */
  String member() {
    return member;
  }

  String words() {
    return words;
  }
}
