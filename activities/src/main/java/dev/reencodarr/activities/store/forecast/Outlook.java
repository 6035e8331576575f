package dev.reencodarr.activities.store.forecast;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.ForecastRepository;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.activities.store.MeasuredVideo;
import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.workflows.forecast.Candidate;
import dev.reencodarr.workflows.forecast.Forecast;
import dev.reencodarr.workflows.forecast.Forecaster;
import dev.reencodarr.workflows.forecast.Known;
import dev.reencodarr.workflows.forecast.SampleChoice;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.plan.Wishes;
import java.time.Duration;
import java.util.List;

/** Forecasts of what is in the database. */
public final class Outlook {

  /** Videos of which something was measured that a forecast rests on, the latest. */
  private static final int MEASURED = 600;

  /** Videos of which the forecast is written at once. */
  private static final int MOST_AT_ONCE = 2000;

  /** More often than this a forecast is not made anew for new measurements. */
  private static final Duration REST = Duration.ofMinutes(5);

  private final ForecastRepository forecasts;
  private final RulesInForce rules;

  /**
   * @param rules over settings whose goal counts
   */
  public Outlook(Database database, RulesInForce rules) {
    this.forecasts = new ForecastRepository(database);
    this.rules = rules;
  }

  /**
   * The forecast of what is still to be done in a library; of all libraries where none is named.
   */
  public Forecast forecast(LibraryScope scope) {
    return forecaster(forecasts.measured(MEASURED)).of(toDo(scope));
  }

  /** How many videos have no forecast because nothing is known of them but their size. */
  public long unanalysed(LibraryScope scope) {
    return forecasts.unanalysed(scope);
  }

  /** The videos to measure so that the forecast becomes sharper, at most so many. */
  public List<Candidate> sample(LibraryScope scope, int count) {
    return SampleChoice.of(toDo(scope), known(forecasts.measured(MEASURED)), count);
  }

  /**
   * Writes the forecasts that are missing or stale of videos of a library that wait to be started,
   * a bounded number of them.
   *
   * @return how many were written
   */
  public int refresh(LibraryId library) {
    List<Candidate> stale = candidates(forecasts.stale(library, REST, MOST_AT_ONCE));
    if (!stale.isEmpty()) {
      forecasts.save(forecaster(forecasts.measured(MEASURED)).of(stale).deals());
    }
    return stale.size();
  }

  private ForecastReader reader() {
    return new ForecastReader(rules.current());
  }

  private List<Candidate> toDo(LibraryScope scope) {
    return candidates(forecasts.toDo(scope));
  }

  private List<Candidate> candidates(List<MeasuredVideo> videos) {
    ForecastReader reader = reader();
    return videos.stream().flatMap(video -> reader.candidate(video).stream()).toList();
  }

  private List<Known> known(List<MeasuredVideo> measured) {
    ForecastReader reader = reader();
    return measured.stream().flatMap(video -> reader.known(video).stream()).toList();
  }

  private Forecaster forecaster(List<MeasuredVideo> measured) {
    ForecastReader reader = reader();
    return new Forecaster(
        known(measured),
        measured.stream().flatMap(video -> reader.pace(video).stream()).toList(),
        rules.usual().with(Wishes.none()));
  }
}
