package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.Pause;
import dev.reencodarr.activities.store.PauseScope;
import java.time.Instant;

/**
 * A pause that holds, in JSON: a contract with other programs.
 *
 * @param scope {@code everything}, {@code library} or {@code video}
 * @param name of the library, or path of the video; empty for everything
 * @param freezes whether encodes are stopped where they stand
 */
public record PauseView(String scope, String name, boolean freezes, Instant since) {

  public static PauseView of(Pause pause) {
    String scope =
        switch (pause.scope()) {
          case PauseScope.Everything() -> "everything";
          case PauseScope.OfLibrary(var _) -> "library";
          case PauseScope.OfVideo(var _) -> "video";
        };
    return new PauseView(scope, pause.name(), pause.freezes(), pause.since());
  }

  /** For people, such as {@code library TV, since 2026-11-26 12:00, encodes frozen}. */
  public String line() {
    return scope
        + (name.isEmpty() ? "" : " " + Printable.of(name))
        + ", since "
        + Figures.minute(since)
        + (freezes ? ", encodes frozen" : "");
  }
}
