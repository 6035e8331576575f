package dev.reencodarr.workflows.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WeekWindowsTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Half hours, hours and a whole day are left out or come twice, north and south. */
  private static final List<ZoneId> ZONES =
      Stream.of(
              "Europe/Berlin",
              "America/New_York",
              "Australia/Lord_Howe",
              "America/Santiago",
              "Pacific/Apia",
              "Africa/Casablanca",
              "Asia/Kathmandu",
              "America/St_Johns",
              "UTC")
          .map(ZoneId::of)
          .toList();

  private static Instant at(String local, ZoneId zone) {
    return LocalDateTime.parse(local).atZone(zone).toInstant();
  }

  private static WeekWindows windows(String text) throws WindowsInvalid {
    return WeekWindows.parse(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T21:59:59, false", // a Monday
    "2026-11-23T22:00:00, true",
    "2026-11-24T06:59:59, true",
    "2026-11-24T07:00:00, false",
    "2026-11-23T05:00:00, true", // that is Sunday's night
    "2026-11-27T23:00:00, true", // Friday's night reaches into Saturday
    "2026-11-28T06:00:00, true",
    "2026-11-28T12:00:00, true",
    "2026-11-29T23:59:59, true",
    "2026-11-30T00:00:00, true",
    "2026-11-30T07:00:00, false"
  })
  void nightsGoOverMidnightAndOverTheEndOfTheWeek(String local, boolean open) throws Exception {
    WeekWindows nights =
        windows("mon-thu 22:00-07:00, fri 22:00-sat 06:00, sat-sun 00:00-24:00, sun 22:00-07:00");

    assertThat(nights.isOpen(at(local, BERLIN), BERLIN)).isEqualTo(open);
  }

  @Test
  void theSameIsSaidInSeveralWays() throws Exception {
    WeekWindows nights = windows("mon-fri 22:00-07:00, sat-sun 00:00-24:00");

    assertThat(windows("Monday – Friday 22:00 – 7:00 ; sat, sun 00:00-24:00")).isEqualTo(nights);
    assertThat(windows("mon,tue,wed,thu,fri 22:00-07:00, sat 00:00-mon 00:00")).isEqualTo(nights);
    assertThat(windows("mon-fri 22:00-24:00, tue-sat 00:00-07:00, sat-sun 00:00-12:00 12:00-24:00"))
        .isEqualTo(nights);
    assertThat(windows("00:00-24:00").areAlwaysOpen()).isTrue();
    assertThat(windows("mon 00:00-sun 24:00").areAlwaysOpen()).isTrue();
    assertThat(windows("fri-mon 10:00-11:00").spans()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mun-fri 22:00-07:00 | 'mun' is no day; the days are mon, tue, wed, thu, fri, sat, sun",
        "mon 25:00-07:00 | '25:00' in 'mon 25:00-07:00' is no time of day (00:00 to 24:00)",
        "mon 22:60-07:00 | '22:60' in 'mon 22:60-07:00' is no time of day (00:00 to 24:00)",
        "mon 24:00-07:00 | 'mon 24:00-07:00' begins at 24:00; a day begins at 00:00 and ends at 24:00",
        "mon 22:00-22:00 | 'mon 22:00-22:00' begins and ends at the same time; a whole day is 00:00-24:00",
        "mon 22-7 | 'mon 22-7' is no window",
        "mon 22:00-07:00,, | there is nothing between two commas of 'mon 22:00-07:00,,'",
        "22:00-07:00, mon | '22:00-07:00, mon' ends with a day that has no times",
        "mon 22:00 | 'mon 22:00' is no window",
        "mon 22:00-07:00 tue 22:00-07:00 | 'mon 22:00-07:00 tue 22:00-07:00' is no window",
        "99999999999:00-07:00 | '99999999999:00' in '99999999999:00-07:00' is no time of day",
        "\" \" | no window is given"
      })
  void whatIsWrongIsNamed(String text, String message) {
    assertThatExceptionOfType(WindowsInvalid.class)
        .isThrownBy(() -> WeekWindows.parse(text))
        .withMessageStartingWith(message);
  }

  @Test
  void aWindowInTheHourThatIsLeftOutDoesNotOpenOnThatDay() throws Exception {
    WeekWindows early = windows("02:15-02:45");
    Instant before = at("2027-03-28T00:00:00", BERLIN);

    Instant opens = early.nextChange(before, BERLIN).orElseThrow();

    assertThat(opens).isEqualTo(at("2027-03-29T02:15:00", BERLIN));
  }

  @Test
  void oneThatEndsInTheHourThatIsLeftOutEndsWhenTheClocksGoForward() throws Exception {
    WeekWindows early = windows("01:00-02:30");
    Instant inside = at("2027-03-28T01:30:00", BERLIN);

    assertThat(early.nextChange(inside, BERLIN)).contains(Instant.parse("2027-03-28T01:00:00Z"));
  }

  @Test
  void aWindowInTheHourThatComesTwiceOpensTwice() throws Exception {
    WeekWindows early = windows("02:15-02:45");
    List<Instant> changes = new ArrayList<>();
    Instant at = at("2026-10-25T00:00:00", BERLIN);
    for (int change = 0; change < 5; change++) {
      at = early.nextChange(at, BERLIN).orElseThrow();
      changes.add(at);
    }

    assertThat(changes)
        .containsExactly(
            Instant.parse("2026-10-25T00:15:00Z"),
            Instant.parse("2026-10-25T00:45:00Z"),
            Instant.parse("2026-10-25T01:15:00Z"),
            Instant.parse("2026-10-25T01:45:00Z"),
            at("2026-10-26T02:15:00", BERLIN));
  }

  @Test
  void aNightIsAnHourShorterInSpringAndAnHourLongerInAutumn() throws Exception {
    WeekWindows nights = windows("22:00-07:00");

    assertThat(length(nights, at("2027-03-27T22:00:00", BERLIN))).isEqualTo(Duration.ofHours(8));
    assertThat(length(nights, at("2026-10-24T22:00:00", BERLIN))).isEqualTo(Duration.ofHours(10));
    assertThat(length(nights, at("2026-11-27T22:00:00", BERLIN))).isEqualTo(Duration.ofHours(9));
  }

  private static Duration length(WeekWindows windows, Instant from) {
    return Duration.between(from, windows.nextChange(from, BERLIN).orElseThrow());
  }

  @Test
  void aWholeDayThatIsLeftOutIsLeftOut() throws Exception {
    ZoneId samoa = ZoneId.of("Pacific/Apia");
    // There was no Friday, the 30th of December 2011.
    WeekWindows fridays = windows("fri 10:00-12:00");

    assertThat(fridays.nextChange(at("2011-12-29T12:00:00", samoa), samoa))
        .contains(at("2012-01-06T10:00:00", samoa));
  }

  @Test
  void whatIsAlwaysOpenNeverChanges() throws Exception {
    assertThat(windows("00:00-24:00").nextChange(Instant.EPOCH, BERLIN)).isEmpty();
  }

  /** A window as it is written: what is asked of it without any arithmetic over weeks. */
  private record Written(DayOfWeek day, LocalTime from, LocalTime until, boolean overMidnight) {

    private boolean contains(ZonedDateTime now) {
      LocalTime time = now.toLocalTime();
      DayOfWeek today = now.getDayOfWeek();
      if (!overMidnight) {
        return today == day && !time.isBefore(from) && time.isBefore(until);
      }
      return (today == day && !time.isBefore(from))
          || (today == day.plus(1) && time.isBefore(until));
    }

    private String text() {
      return day.name() + " " + from + "-" + until;
    }
  }

  private static Written anyWindow(Random random) {
    LocalTime from = LocalTime.of(random.nextInt(24), random.nextInt(60));
    LocalTime until = LocalTime.of(random.nextInt(24), random.nextInt(60));
    return from.equals(until)
        ? anyWindow(random)
        : new Written(DayOfWeek.of(1 + random.nextInt(7)), from, until, until.isBefore(from));
  }

  private static List<Written> anyWindows(Random random) {
    return Stream.generate(() -> anyWindow(random)).limit(1 + random.nextInt(5)).toList();
  }

  /** Around a change of clocks half of the time. */
  private static Instant anyInstant(Random random, ZoneId zone) {
    Instant any =
        Instant.parse("2010-01-01T00:00:00Z").plusSeconds(random.nextLong(30L * 366 * 86_400));
    return random.nextBoolean()
        ? any
        : Optional.ofNullable(zone.getRules().nextTransition(any))
            .map(change -> change.getInstant().plusSeconds(random.nextLong(-90_000, 90_000)))
            .orElse(any);
  }

  static Stream<ZoneId> zones() {
    return ZONES.stream();
  }

  @ParameterizedTest
  @MethodSource("zones")
  void aWindowIsOpenWhenTheClockOnTheWallSaysSo(ZoneId zone) throws Exception {
    Random random = new Random(zone.getId().hashCode());
    for (int round = 0; round < 2000; round++) {
      List<Written> written = anyWindows(random);
      WeekWindows windows =
          windows(String.join(", ", written.stream().map(Written::text).toList()));
      Instant at = anyInstant(random, zone);

      assertThat(windows.isOpen(at, zone))
          .as("%s at %s in %s", written, at, zone)
          .isEqualTo(written.stream().anyMatch(each -> each.contains(at.atZone(zone))));
    }
  }

  @ParameterizedTest
  @MethodSource("zones")
  void theNextChangeIsTheFirstOneAndLiesAhead(ZoneId zone) throws Exception {
    Random random = new Random(zone.getId().hashCode());
    for (int round = 0; round < 300; round++) {
      List<Written> written = anyWindows(random);
      WeekWindows windows =
          windows(String.join(", ", written.stream().map(Written::text).toList()));
      Instant at = anyInstant(random, zone);
      for (int change = 0; change < 4; change++) {
        boolean open = windows.isOpen(at, zone);
        Instant next = windows.nextChange(at, zone).orElseThrow();

        assertThat(next).as("%s after %s in %s", written, at, zone).isAfter(at);
        assertThat(windows.isOpen(next, zone)).isNotEqualTo(open);
        assertThat(windows.isOpen(next.minusNanos(1), zone)).isEqualTo(open);
        long seconds = Duration.between(at, next).toSeconds();
        for (int look = 0; look < 50 && seconds > 0; look++) {
          Instant between = at.plusSeconds(random.nextLong(seconds));
          assertThat(windows.isOpen(between, zone)).isEqualTo(open);
        }
        at = next;
      }
    }
  }
}
