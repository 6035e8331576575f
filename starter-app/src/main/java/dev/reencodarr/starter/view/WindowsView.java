package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.StoredWindows;
import dev.reencodarr.activities.store.WindowScope;
import dev.reencodarr.workflows.window.WeekWindows;
import dev.reencodarr.workflows.window.WindowEnding;
import dev.reencodarr.workflows.window.WindowsInvalid;
import dev.reencodarr.workflows.window.WorkWindows;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Windows that were set, in JSON: a contract with other programs.
 *
 * @param zone empty where they are not for a zone
 * @param host empty where they are not for a host
 * @param open whether they are open now; empty where this version does not understand them
 * @param changesAt when that changes; empty where it never does
 */
public record WindowsView(
    String zone,
    String host,
    String windows,
    String timeZone,
    String ending,
    Optional<Boolean> open,
    Optional<Instant> changesAt,
    String setOn,
    Instant setAt) {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

  public static WindowsView of(StoredWindows stored, Instant now) {
    Optional<WorkWindows> windows = read(stored);
    return new WindowsView(
        stored.scope() instanceof WindowScope.OfZone(String zone) ? zone : "",
        stored.scope() instanceof WindowScope.OfHost(String host) ? host : "",
        stored.windows(),
        stored.timeZone(),
        stored.ending(),
        windows.map(it -> it.closedAt(now).isEmpty()),
        windows.flatMap(it -> it.week().nextChange(now, it.zone())),
        stored.setOn(),
        stored.setAt());
  }

  private static Optional<WorkWindows> read(StoredWindows stored) {
    try {
      WeekWindows week = WeekWindows.parse(stored.windows());
      ZoneId zone = ZoneId.of(stored.timeZone());
      return WindowEnding.parse(stored.ending()).map(ending -> new WorkWindows(week, zone, ending));
    } catch (WindowsInvalid | DateTimeException _) {
      return Optional.empty();
    }
  }

  /** For people. */
  public String whom() {
    if (!host.isEmpty()) {
      return "host " + Printable.of(host);
    }
    return zone.isEmpty() ? "every machine" : "zone " + Printable.of(zone);
  }

  /** Whether they are open now and until when, for people. */
  public String state() {
    return open.map(it -> (it ? "open" : "closed") + until(ZoneId.of(timeZone)))
        .orElse("not understood by this version");
  }

  private String until(ZoneId zone) {
    return changesAt.map(at -> " until " + MOMENT.format(at.atZone(zone))).orElse(" always");
  }

  /** As they would be listed, of windows that were just set. */
  public static WindowsView of(
      WindowScope scope, String written, WorkWindows windows, String setOn, Instant now) {
    return of(
        new StoredWindows(
            scope, written, windows.zone().getId(), windows.ending().code(), setOn, now),
        now);
  }
}
