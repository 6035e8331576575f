package dev.reencodarr.workflows.fleet;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.reencodarr.workflows.media.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the fleet stands. It says nothing of when: two of them are equal where nothing has changed.
 *
 * @param pauses of everything and of libraries, for people, the widest first
 * @param videosPaused by themselves
 * @param workers that are alive, by host
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record FleetView(List<String> pauses, int videosPaused, List<Worker> workers) {

  /** Before the first look. */
  static final FleetView NOT_LOOKED_YET = new FleetView(List.of(), 0, List.of());

  /**
   * A worker.
   *
   * @param queues that it is there for
   * @param notServed those of them that it does not serve at the moment
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Worker(String host, String zone, List<String> queues, List<NotServed> notServed) {

    private String details() {
      String name = "Worker " + OneLine.of(host) + " (zone " + OneLine.of(zone) + ")";
      if (notServed.isEmpty()) {
        return name + " serves all of its queues.";
      }
      return notServed.stream()
          .map(each -> "\n- `" + OneLine.of(each.queue()) + "`: " + OneLine.of(each.why()))
          .collect(Collectors.joining("", "**" + name + " does not serve:**\n", ""));
    }
  }

  /**
   * A queue that a worker does not serve.
   *
   * @param why a line for people
   */
  public record NotServed(String queue, String why) {}

  /** The same in Markdown, as Temporal's Web UI shows it. */
  public String details() {
    List<String> lines = new ArrayList<>();
    pauses.forEach(pause -> lines.add("**Paused:** " + OneLine.of(pause)));
    if (videosPaused > 0) {
      lines.add("**Paused:** videos by themselves: " + videosPaused);
    }
    if (lines.isEmpty()) {
      lines.add("Nothing is paused.");
    }
    if (workers.isEmpty()) {
      lines.add("**No worker** has reported itself in the last minute.");
    }
    workers.forEach(worker -> lines.add(worker.details()));
    return String.join("\n\n", lines);
  }
}
