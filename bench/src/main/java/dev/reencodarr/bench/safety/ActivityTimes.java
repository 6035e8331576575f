package dev.reencodarr.bench.safety;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.bench.figure.NoFigure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long the steps of a video took, by its workflow's history in Temporal.
 *
 * @param seconds by the name of the activity, from its start to its end, all of its runs together
 */
record ActivityTimes(Map<String, Double> seconds) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads what {@code temporal workflow show --output json} prints.
   *
   * @throws NoFigure if it is no history
   */
  static ActivityTimes of(String history) throws NoFigure {
    Map<String, String> names = new HashMap<>();
    Map<String, Instant> begun = new HashMap<>();
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (JsonNode event : events(history)) {
      String scheduled = event.findPath("scheduledEventId").asText();
      Instant at = Instant.parse(event.path("eventTime").asText());
      switch (event.path("eventType").asText()) {
        case "EVENT_TYPE_ACTIVITY_TASK_SCHEDULED" ->
            names.put(
                event.path("eventId").asText(),
                event.findPath("activityType").path("name").asText());
        case "EVENT_TYPE_ACTIVITY_TASK_STARTED" -> begun.put(scheduled, at);
        case "EVENT_TYPE_ACTIVITY_TASK_COMPLETED" ->
            Optional.ofNullable(names.get(scheduled))
                .ifPresent(name ->
                    seconds.merge(name, since(begun.getOrDefault(scheduled, at), at), Double::sum));
        default -> {
          // Whatever else happened took none of their time.
        }
      }
    }
    return new ActivityTimes(Map.copyOf(seconds));
  }

  private static JsonNode events(String history) throws NoFigure {
    try {
      JsonNode events = JSON.readTree(history).path("events");
      if (events.isEmpty()) {
        throw new NoFigure("Temporal shows no history: " + history);
      }
      return events;
    } catch (JsonProcessingException e) {
      throw new NoFigure("Temporal's history cannot be read: " + e.getMessage());
    }
  }

  private static double since(Instant begin, Instant end) {
    return Duration.between(begin, end).toNanos() / 1e9;
  }

  /**
   * Seconds of an activity.
   *
   * @throws NoFigure if it did not come to an end
   */
  double of(Step step) throws NoFigure {
    Double of = seconds.get(step.activity);
    if (of == null) {
      throw new NoFigure("the history knows no end of " + step.activity + ": " + seconds.keySet());
    }
    return of;
  }

  /** The steps that are compared. */
  enum Step {
    ENCODE("EncodeEncode"),
    VERIFY("VerifyVerify"),
    STAGE("StageStage"),
    SWAP("ReplaceSwap");

    private final String activity;

    Step(String activity) {
      this.activity = activity;
    }
  }
}
