package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.media.MediaPath;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows how far the work is: on a terminal a line for each video at work that is drawn again and
 * again, elsewhere a line when a stage changes and one every few seconds.
 */
public final class LiveProgress implements AutoCloseable {

  private static final Duration SAY_EVERY = Duration.ofSeconds(10);

  /** Where lines are only added, nobody sees the moments between; and each look costs something. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final int NAME_COLUMNS = 40;
  private static final int BAR_COLUMNS = 20;

  private final PrintStream out;
  private final boolean terminal;
  private final Map<MediaPath, Said> said = new HashMap<>();
  private String saidSummary = "";
  private int drawn;
  private long shownAt = System.nanoTime() - LOOK_EVERY.toNanos();

  private record Said(String step, String line, long at) {}

  public LiveProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether it is time to show something: what is shown costs questions to find out. */
  public boolean isDue() {
    return terminal || System.nanoTime() - shownAt >= LOOK_EVERY.toNanos();
  }

  /**
   * Shows the present state.
   *
   * @param summary of the whole order, one line
   */
  public void show(String summary, List<VideoProgress> videos) {
    shownAt = System.nanoTime();
    if (terminal) {
      draw(summary, videos);
    } else {
      say(summary, videos);
    }
  }

  /** A line that stays, above what is drawn. */
  public void remark(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  private void draw(String summary, List<VideoProgress> videos) {
    StringBuilder frame = new StringBuilder(UP_AND_CLEAR.repeat(drawn)).append(NO_WRAP);
    for (VideoProgress video : videos) {
      frame.append(drawnLine(video)).append('\n');
    }
    frame.append(summary).append('\n').append(WRAP);
    out.print(frame);
    out.flush();
    drawn = videos.size() + 1;
  }

  private static String drawnLine(VideoProgress video) {
    String name = Printable.shortened(Printable.of(video.path().fileName()), NAME_COLUMNS);
    String padding = " ".repeat(NAME_COLUMNS - Printable.width(name));
    String text = video.numbers().isEmpty() ? Printable.of(video.detail()) : video.numbers();
    return name + padding + "  " + bar(video) + "  " + pad(video.stage(), 10) + "  " + text;
  }

  private static String bar(VideoProgress video) {
    double percent = video.figures().map(figures -> figures.percent()).orElse(-1.0);
    int full = (int) Math.round(Math.max(0, Math.min(100, percent)) / 100 * BAR_COLUMNS);
    return "█".repeat(full) + "░".repeat(BAR_COLUMNS - full);
  }

  private static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - text.length()));
  }

  private void say(String summary, List<VideoProgress> videos) {
    long now = System.nanoTime();
    for (VideoProgress video : videos) {
      Said last = said.get(video.path());
      String step = video.stage() + video.detail();
      boolean late = last != null && now - last.at() >= SAY_EVERY.toNanos();
      if (last == null
          || !last.step().equals(step)
          || (late && !last.line().equals(video.line()))) {
        out.println("  " + video.line());
        said.put(video.path(), new Said(step, video.line(), now));
      }
    }
    if (!summary.equals(saidSummary)) {
      out.println(summary);
      saidSummary = summary;
    }
    out.flush();
  }

  private void clear() {
    out.print(UP_AND_CLEAR.repeat(drawn));
    drawn = 0;
  }

  /** Takes what is drawn away. */
  @Override
  public void close() {
    clear();
    out.flush();
  }
}
