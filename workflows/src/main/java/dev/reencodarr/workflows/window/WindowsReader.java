package dev.reencodarr.workflows.window;

import dev.reencodarr.workflows.window.WeekWindows.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads windows as people write them. */
final class WindowsReader {

  private static final String EXAMPLE = "'mon-fri 22:00-07:00, sat-sun 00:00-24:00'";
  private static final int LONGEST = 2000;
  private static final long MINUTE = Duration.ofMinutes(1).toSeconds();
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private static final String DAY_WORD = "(\\p{Alpha}+)";
  private static final String TIME = "(\\d+):(\\d+)";
  private static final Pattern DAYS_ALONE = Pattern.compile(DAY_WORD + "(?:-" + DAY_WORD + ")?");
  private static final Pattern DAYS_FIRST = Pattern.compile("(" + DAYS_ALONE + ") (.*)");
  private static final Pattern FROM_DAY_TO_DAY =
      Pattern.compile(DAY_WORD + " " + TIME + "-" + DAY_WORD + " " + TIME);
  private static final Pattern TIMES = Pattern.compile(TIME + "-" + TIME);

  private final String text;

  /** Of days that stand before a comma, and have their times behind it. */
  private final List<DayOfWeek> waiting = new ArrayList<>();

  private final List<Span> spans = new ArrayList<>();

  WindowsReader(String text) {
    this.text = text;
  }

  WeekWindows read() throws WindowsInvalid {
    if (text.isBlank()) {
      throw new WindowsInvalid("no window is given; it is written like " + EXAMPLE);
    }
    if (text.length() > LONGEST) {
      throw new WindowsInvalid("windows of more than " + LONGEST + " characters");
    }
    String plain =
        text.strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[\\u2010-\\u2015\\u2212]", "-")
            .replaceAll("\\s*-\\s*", "-")
            .replaceAll("\\s+", " ");
    for (String part : plain.split("[,;]", -1)) {
      read(part.strip());
    }
    if (!waiting.isEmpty()) {
      throw new WindowsInvalid("'" + text.strip() + "' ends with a day that has no times");
    }
    return new WeekWindows(spans);
  }

  private void read(String part) throws WindowsInvalid {
    if (part.isEmpty()) {
      throw new WindowsInvalid("there is nothing between two commas of '" + text.strip() + "'");
    }
    Matcher span = FROM_DAY_TO_DAY.matcher(part);
    if (span.matches() && waiting.isEmpty()) {
      long from = start(day(span.group(1))) + begin(span.group(2), span.group(3), part);
      long until = start(day(span.group(4))) + time(span.group(5), span.group(6), part);
      if (from == until) {
        throw sameTime(part);
      }
      add(from, until);
      return;
    }
    if (DAYS_ALONE.matcher(part).matches()) {
      waiting.addAll(days(part));
      return;
    }
    Matcher daysFirst = DAYS_FIRST.matcher(part);
    if (daysFirst.matches()) {
      waiting.addAll(days(daysFirst.group(1)));
      times(daysFirst.group(4), part);
    } else {
      times(part, part);
    }
    waiting.clear();
  }

  /** One or several times, for the days that wait; for every day where none does. */
  private void times(String times, String part) throws WindowsInvalid {
    List<DayOfWeek> days = waiting.isEmpty() ? List.of(DayOfWeek.values()) : waiting;
    for (String each : times.split(" ", -1)) {
      Matcher time = TIMES.matcher(each);
      if (!time.matches()) {
        throw new WindowsInvalid(
            "'"
                + part
                + "' is no window: a time is written like 22:00-07:00, all of it like "
                + EXAMPLE);
      }
      long from = begin(time.group(1), time.group(2), part);
      long until = time(time.group(3), time.group(4), part);
      if (from == until) {
        throw sameTime(part);
      }
      for (DayOfWeek day : days) {
        long start = start(day);
        add(start + from, start + until + (until < from ? DAY : 0));
      }
    }
  }

  private static WindowsInvalid sameTime(String part) {
    return new WindowsInvalid(
        "'" + part + "' begins and ends at the same time; a whole day is 00:00-24:00");
  }

  private List<DayOfWeek> days(String words) throws WindowsInvalid {
    Matcher days = DAYS_ALONE.matcher(words);
    if (!days.matches()) {
      throw new WindowsInvalid("'" + words + "' names no days");
    }
    DayOfWeek first = day(days.group(1));
    Optional<String> end = Optional.ofNullable(days.group(2));
    List<DayOfWeek> all = new ArrayList<>(List.of(first));
    if (end.isPresent()) {
      DayOfWeek last = day(end.get());
      while (all.getLast() != last) {
        all.add(all.getLast().plus(1));
      }
    }
    return all;
  }

  private static DayOfWeek day(String word) throws WindowsInvalid {
    return Stream.of(DayOfWeek.values())
        .filter(day -> {
          String name = day.name().toLowerCase(Locale.ROOT);
          return name.equals(word) || name.substring(0, 3).equals(word);
        })
        .findFirst()
        .orElseThrow(() ->
            new WindowsInvalid(
                "'" + word + "' is no day; the days are mon, tue, wed, thu, fri, sat, sun"));
  }

  private static long start(DayOfWeek day) {
    return (day.getValue() - 1) * DAY;
  }

  private static long begin(String hours, String minutes, String part) throws WindowsInvalid {
    long begin = time(hours, minutes, part);
    if (begin == DAY) {
      throw new WindowsInvalid(
          "'" + part + "' begins at 24:00; a day begins at 00:00 and ends at 24:00");
    }
    return begin;
  }

  private static long time(String hours, String minutes, String part) throws WindowsInvalid {
    boolean fits = hours.length() <= 2 && minutes.length() == 2;
    int hour = fits ? Integer.parseInt(hours) : -1;
    int minute = fits ? Integer.parseInt(minutes) : -1;
    if (!fits || minute > 59 || hour > 24 || (hour == 24 && minute > 0)) {
      throw new WindowsInvalid(
          "'%s:%s' in '%s' is no time of day (00:00 to 24:00)".formatted(hours, minutes, part));
    }
    return (hour * 60L + minute) * MINUTE;
  }

  /** A span that may go on over the end of the week. */
  private void add(long from, long until) {
    long end = until < from ? until + WeekWindows.WEEK : until;
    if (end <= WeekWindows.WEEK) {
      spans.add(new Span(from, end));
    } else {
      spans.add(new Span(from, WeekWindows.WEEK));
      spans.add(new Span(0, end - WeekWindows.WEEK));
    }
  }
}
