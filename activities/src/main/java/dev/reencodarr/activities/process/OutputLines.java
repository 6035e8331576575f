package dev.reencodarr.activities.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The output of a program in bounded memory: the first 50 lines and the most recent ones. A
 * carriage return ends a line too, since progress displays use it.
 */
final class OutputLines {

  private static final int FIRST = 50;
  private static final int MOST = 1024;
  private static final int LINE_BYTES = 16 * 1024;
  private static final int EXCERPT_LINE = 2000;

  private final List<String> first = new ArrayList<>();
  private final Deque<String> recent = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long total;

  /** Takes the next bytes. */
  synchronized void accept(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      byte next = bytes[i];
      if (next == '\n' || next == '\r') {
        endLine();
      } else if (next != 0 && line.size() < LINE_BYTES) {
        line.write(next);
      }
    }
  }

  private void endLine() {
    if (line.size() == 0) {
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    total++;
    if (first.size() < FIRST) {
      first.add(text);
      return;
    }
    if (recent.size() == MOST - FIRST) {
      recent.removeFirst();
    }
    recent.addLast(text);
  }

  /**
   * Lines from the beginning (a quarter of the room) and from the end (the rest).
   *
   * @param characters at most about so many
   */
  synchronized String excerpt(int characters) {
    endLine();
    List<String> kept = new ArrayList<>(first);
    kept.addAll(recent);
    int head = 0;
    int room = characters / 4;
    while (head < first.size() && cut(kept.get(head)).length() < room) {
      room -= cut(kept.get(head)).length() + 1;
      head++;
    }
    int tail = kept.size();
    room += characters - characters / 4;
    while (tail > head && cut(kept.get(tail - 1)).length() < room) {
      room -= cut(kept.get(tail - 1)).length() + 1;
      tail--;
    }
    List<String> shown =
        new ArrayList<>(kept.subList(0, head).stream().map(OutputLines::cut).toList());
    long leftOut = total - head - (kept.size() - tail);
    if (leftOut > 0) {
      shown.add("… " + leftOut + " lines left out …");
    }
    kept.subList(tail, kept.size()).forEach(text -> shown.add(cut(text)));
    return String.join("\n", shown);
  }

  private static String cut(String text) {
    return text.length() <= EXCERPT_LINE ? text : text.substring(0, EXCERPT_LINE) + "…";
  }
}
