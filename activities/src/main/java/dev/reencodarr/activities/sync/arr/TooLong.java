package dev.reencodarr.activities.sync.arr;

import java.io.IOException;

/** An answer is longer than is read. */
final class TooLong extends IOException {

  TooLong(String words) {
    super(words);
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
