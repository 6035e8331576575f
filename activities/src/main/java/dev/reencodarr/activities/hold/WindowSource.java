package dev.reencodarr.activities.hold;

import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.StoredWindows;
import dev.reencodarr.activities.store.WindowRepository;
import dev.reencodarr.workflows.window.WeekWindows;
import dev.reencodarr.workflows.window.WindowEnding;
import dev.reencodarr.workflows.window.WindowsInvalid;
import dev.reencodarr.workflows.window.WorkWindows;
import dev.reencodarr.workflows.window.WorkWindows.Closed;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The windows of this machine, as the database last told them. */
public final class WindowSource implements HoldSource {

  private static final Logger LOG = LoggerFactory.getLogger(WindowSource.class);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

  private final WindowRepository windows;
  private final Machine machine;
  private final Clock clock;
  private volatile Known known = new Known.NotYet();

  /** What is known. */
  private sealed interface Known {

    /** The database has not been asked, or has not answered. */
    record NotYet() implements Known {}

    /** No windows were set: work may always run. */
    record Free() implements Known {}

    record Windows(WorkWindows windows) implements Known {}

    /** A later version has set what this one does not understand: nothing begins. */
    record Unreadable(String windows) implements Known {}
  }

  public WindowSource(WindowRepository windows, Machine machine, Clock clock) {
    this.windows = windows;
    this.machine = machine;
    this.clock = clock;
  }

  @Override
  public void refresh() {
    Optional<StoredWindows> stored = windows.of(machine.host(), machine.zone());
    Known now = stored.map(WindowSource::read).orElse(new Known.Free());
    if (!now.equals(known)) {
      LOG.info(
          "the windows of this machine: {}",
          stored.map(it -> it.windows() + " (" + it.timeZone() + ")").orElse("none"));
    }
    known = now;
  }

  private static Known read(StoredWindows stored) {
    try {
      Optional<WindowEnding> ending = WindowEnding.parse(stored.ending());
      return ending.isPresent()
          ? new Known.Windows(
              new WorkWindows(
                  WeekWindows.parse(stored.windows()), ZoneId.of(stored.timeZone()), ending.get()))
          : new Known.Unreadable(stored.windows());
    } catch (WindowsInvalid | DateTimeException _) {
      return new Known.Unreadable(stored.windows());
    }
  }

  @Override
  public boolean isKnown() {
    return !(known instanceof Known.NotYet);
  }

  @Override
  public List<Hold> holds() {
    Instant now = clock.instant();
    return switch (known) {
      case Known.NotYet(), Known.Free() -> List.of();
      case Known.Unreadable(String text) ->
          List.of(new Hold("its windows '" + text + "' are not understood by this version", false));
      case Known.Windows(WorkWindows own) ->
          own.closedAt(now)
              .map(closed -> List.of(new Hold(why(closed, own.zone()), stops(closed))))
              .orElse(List.of());
    };
  }

  private static boolean stops(Closed closed) {
    return switch (closed.ending()) {
      case STOP -> true;
      case FINISH -> false;
    };
  }

  private static String why(Closed closed, ZoneId zone) {
    return "outside its window"
        + closed
            .until()
            .map(until -> " until " + MOMENT.format(until.atZone(zone)) + " (" + zone + ")")
            .orElse("");
  }
}
