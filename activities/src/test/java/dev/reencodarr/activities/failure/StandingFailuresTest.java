package dev.reencodarr.activities.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureReporting;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.FailureRepository.Answer;
import dev.reencodarr.activities.store.FailureRow;
import dev.reencodarr.activities.store.FailureRows;
import dev.reencodarr.activities.store.StandingFailureRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureCode;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.failure.StandingFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandingFailuresTest {

  private static final String QUEUE = "worker/nas/encode-cpu@default";
  private static final String LIBRARY = "library/4711";

  private final Database database = TestDatabase.fresh();
  private final StandingFailures failures =
      new StandingFailures(
          new StandingFailureRepository(database), new Machine("nas", "default", Path.of("/work")));

  private static StandingFailure unfit(String subject, EvidenceKind kind, String why) {
    Evidence evidence = new Evidence(kind, why, -1, 0, List.of(), "", Map.of("host", "nas"));
    return new StandingFailure(
        subject,
        FailureTable.classify(FailureStage.ENCODING, evidence)
            .about("nas does not serve it", Reaction.STOP_QUEUE),
        evidence);
  }

  private static StandingFailure noVmaf(String subject) {
    return unfit(subject, EvidenceKind.TOOL_UNFIT, "ffmpeg has no working libvmaf");
  }

  private void fails(String run, StandingFailure failure) {
    failures.tell(run, List.of(failure), List.of());
  }

  private List<FailureRow> rows() {
    FailureRepository all = new FailureRepository(database);
    return database
        .client()
        .sql("select id from video_failures order by id")
        .query((row, _) -> all.find(row.getLong("id")).orElseThrow())
        .list();
  }

  @Test
  void itIsOneFinalRowWithoutAVideoHoweverOftenAndByWhomItIsTold() {
    fails("first life", noVmaf(QUEUE));
    fails("first life", noVmaf(QUEUE));
    fails("second life", unfit(QUEUE, EvidenceKind.TOOL_UNFIT, "in other words"));

    assertThat(rows())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.video()).isEmpty();
          assertThat(row.isFinal()).isTrue();
          assertThat(row.resolvedAt()).isEmpty();
          assertThat(row.stage()).isEqualTo(FailureStage.ENCODING);
          assertThat(row.category()).isEqualTo(FailureCategory.SYSTEM_ENVIRONMENT);
          assertThat(row.code()).isEqualTo("ENV");
          assertThat(row.message())
              .isEqualTo(
                  "nas does not serve it: Tool missing or unfit: ffmpeg has no working libvmaf");
          assertThat(row.context().path("host").asText()).isEqualTo("nas");
          assertThat(row.context().path("subject").asText()).isEqualTo(QUEUE);
          assertThat(row.context().path("run_id").asText()).isEqualTo("first life");
          assertThat(row.context().path("reaction").asText()).isEqualTo("STOP_QUEUE");
        });
  }

  @Test
  void itIsResolvedWhenItsSubjectWorksAndIsAnotherOneWhenThatFailsAgain() {
    fails("life", noVmaf(QUEUE));

    failures.tell("life", List.of(), List.of(QUEUE));

    assertThat(rows()).singleElement().matches(row -> row.resolvedAt().isPresent());

    fails("life", noVmaf(QUEUE));

    assertThat(rows()).hasSize(2);
    assertThat(rows().getLast().resolvedAt()).isEmpty();
  }

  @Test
  void whatFailsOtherwiseThanBeforeTakesThePlace() {
    fails("life", noVmaf(QUEUE));

    fails("life", unfit(QUEUE, EvidenceKind.DISK_FULL, "0.1 GiB free"));

    assertThat(rows()).extracting(FailureRow::code).containsExactly("ENV", "RESOURCE_DISK");
    assertThat(rows().getFirst().resolvedAt()).isPresent();
    assertThat(rows().getLast().resolvedAt()).isEmpty();
  }

  @Test
  void whoIsNotNamedStaysAsHeWas() {
    fails("life", noVmaf(QUEUE));
    fails("run", noVmaf(LIBRARY));
    new FailureRows(database)
        .row(
            FailureStage.ENCODING,
            FailureCategory.UNKNOWN,
            "UNKNOWN",
            "of a video that is gone",
            false,
            Duration.ofHours(1));

    failures.tell("life", List.of(noVmaf(QUEUE)), List.of("worker/nas"));

    assertThat(rows()).hasSize(3).allMatch(row -> row.resolvedAt().isEmpty());
  }

  @Test
  void twoWhoTellTheSameAtTheSameTimeWriteOneRow() {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      CompletableFuture.allOf(
              IntStream.range(0, 12)
                  .mapToObj(n ->
                      CompletableFuture.runAsync(() -> fails("life " + n, noVmaf(QUEUE)), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    }

    assertThat(rows()).hasSize(1);
  }

  @Test
  void peopleAreToldOfItAsOfEveryCriticalFailureWithoutAVideo() {
    fails("life", noVmaf(QUEUE));

    FailureReporting reporting = new FailureReporting(database);
    assertThat(reporting.getCriticalFailures())
        .singleElement()
        .satisfies(critical -> {
          assertThat(critical.videoId()).isEmpty();
          assertThat(critical.videoPath()).isEmpty();
          assertThat(critical.severity()).isEqualTo("high");
        });
    assertThat(reporting.generateFailureReport().summary().unresolvedFailures()).isEqualTo(1);
    assertThat(reporting.getFailureOverview().requiresAttention()).isTrue();
    assertThat(
            new FailureRepository(database)
                .announceNext(critical ->
                    critical.message().contains("libvmaf") ? Answer.TAKEN : Answer.REFUSED))
        .contains(Answer.TAKEN);
  }

  /** The way of a sync, with codes of its own. */
  @Test
  void aSyncThatFailsAsAWholeIsOneFailureWithoutSecretsUntilItSucceeds() {
    Evidence evidence =
        Evidence.of(EvidenceKind.INFRASTRUCTURE, "http://box:8989 with apikey=hunter2: refused");
    StandingFailure away =
        new StandingFailure(
            "sync/sonarr",
            new Classification(
                FailureStage.POST_PROCESS,
                FailureCategory.SYNC_INTEGRATION,
                FailureCode.SYNC_SONARR.name(),
                "Sonarr: " + evidence.message(),
                Reaction.WAIT_AND_RETRY),
            evidence);

    fails("monday", away);
    fails("tuesday", away);

    assertThat(rows())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.code()).isEqualTo("SYNC_SONARR");
          assertThat(row.message()).isEqualTo("Sonarr: http://box:8989 with apikey=*** refused");
          assertThat(row.context().toString()).doesNotContain("hunter2");
        });

    failures.tell("wednesday", List.of(), List.of("sync/sonarr"));

    assertThat(rows()).singleElement().matches(row -> row.resolvedAt().isPresent());
  }
}
