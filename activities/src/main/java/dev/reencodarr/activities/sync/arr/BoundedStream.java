package dev.reencodarr.activities.sync.arr;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An answer of which no more is read than may be, as a whole and between two items. */
final class BoundedStream extends FilterInputStream {

  private final Limits limits;
  private long read = 0;
  private long itemBegan = 0;
  private boolean isAtEnd = false;

  BoundedStream(InputStream in, Limits limits) {
    super(in);
    this.limits = limits;
  }

  /** What comes now is the next item. */
  void nextItem() {
    itemBegan = read;
  }

  /** Whether somebody wanted more than there was. */
  boolean isAtEnd() {
    return isAtEnd;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = super.read(bytes, from, length);
    if (count < 0) {
      isAtEnd = true;
      return count;
    }
    read += count;
    if (read > limits.bytes()) {
      throw new TooLong("it answers more than " + limits.bytes() + " bytes");
    }
    if (read - itemBegan > limits.itemBytes()) {
      throw new TooLong("one item of its answer is longer than " + limits.itemBytes() + " bytes");
    }
    return count;
  }
}
