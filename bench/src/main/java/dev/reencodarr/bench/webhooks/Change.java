package dev.reencodarr.bench.webhooks;

/** What happens to a title. */
enum Change {
  /** Its file is replaced by a better one: two events, of which the later is sent first or last. */
  UPGRADE(50),
  /** A file comes to it. */
  IMPORT(150),
  /** Its file gets another name. */
  RENAME(100),
  /** Its file goes. */
  DELETE(100);

  private final int titles;

  Change(int titles) {
    this.titles = titles;
  }

  /** To how many titles of a program it happens in each round. */
  int titles() {
    return titles;
  }
}
