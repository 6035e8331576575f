package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.HeldResultRepository;
import dev.reencodarr.activities.store.LivingWorker;
import dev.reencodarr.workflows.janitor.Finding;
import dev.reencodarr.workflows.janitor.JanitorReport;
import dev.reencodarr.workflows.media.VideoState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The stack in JSON: a contract with other programs.
 *
 * @param outlook what is still to be saved
 * @param criticalFailures that are unresolved, of the last day or standing since before
 * @param pauses what operators have paused, the widest first
 * @param review results that wait for one
 * @param watching the media servers, and who watches there
 * @param sync the connections to Sonarr and Radarr, and how their syncs go
 * @param webhooks where those of Sonarr and Radarr are heard
 * @param janitor its latest round; empty before the first
 */
public record StatusView(
    String temporalAddress,
    String temporalUi,
    String databaseUrl,
    List<WorkerView> workers,
    Map<String, Long> videosByState,
    OutlookView outlook,
    long criticalFailures,
    List<PauseView> pauses,
    ReviewView review,
    List<WatchingView> watching,
    List<ConnectionView> sync,
    List<WebhookView> webhooks,
    Optional<JanitorView> janitor) {

  /**
   * Results that wait for a review.
   *
   * @param heldBytes that they take
   */
  public record ReviewView(long held, long heldBytes) {

    public static ReviewView of(HeldResultRepository.Tally tally) {
      return new ReviewView(tally.results(), tally.bytes());
    }
  }

  /**
   * The janitor's latest round.
   *
   * @param findings how many
   * @param lines the first of them
   */
  public record JanitorView(Instant endedAt, int findings, List<String> lines) {

    public static JanitorView of(JanitorReport report) {
      return new JanitorView(
          report.endedAt(), report.count(), report.findings().stream().map(Finding::line).toList());
    }
  }

  /**
   * A worker.
   *
   * @param paused names of the queues that it does not poll at the moment
   * @param reason why, one line; empty where none is paused
   * @param held why no heavy work runs there though the worker is fit, such as windows that are
   *     closed; empty where it may
   */
  public record WorkerView(
      String host,
      String zone,
      List<String> queues,
      List<String> paused,
      String reason,
      String held) {

    public static WorkerView of(LivingWorker worker) {
      return new WorkerView(
          worker.host(),
          worker.zone(),
          worker.queues(),
          List.copyOf(new TreeSet<>(worker.paused().keySet())),
          String.join("; ", new TreeSet<>(worker.paused().values())),
          worker.held());
    }
  }

  /** Every state, those without a video too, in the order in which videos pass them. */
  public static Map<String, Long> byState(Map<VideoState, Long> counts) {
    Map<String, Long> all = new LinkedHashMap<>();
    for (VideoState state : VideoState.values()) {
      all.put(state.code(), counts.getOrDefault(state, 0L));
    }
    return all;
  }
}
