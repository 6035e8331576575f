package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.replace.Expiring;
import dev.reencodarr.workflows.replace.SwapWay;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.SearchAttributes;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.VideoOrder;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Temporal server without a worker: what expiry starts stays open. */
class QuarantineExpiryTest {

  private static Database database;

  @TempDir private Path folder;

  private final TestWorkflowEnvironment server =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
              .registerSearchAttribute(
                  SearchAttributes.LIBRARY.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .registerSearchAttribute(
                  SearchAttributes.VIDEO_STATE.getName(),
                  IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .build());

  @BeforeAll
  static void oneDatabase() {
    database = ReplaceBench.database();
  }

  @BeforeEach
  void emptyQuarantine() {
    database.client().sql("delete from replacements").update();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private ReplaceBench replaced() {
    ReplaceBench bench = ReplaceBench.in(database, folder, "movie.mkv", "movie.mkv");
    bench.swapper(SwapWay.EXCHANGE, CrashPoints.none()).swap(bench.staged("swap"));
    return bench;
  }

  /** What expires so many days from now. */
  private Expiring afterDays(int days) {
    Clock then = Clock.fixed(Instant.now().plus(Duration.ofDays(days)), ZoneOffset.UTC);
    return new QuarantineExpiry(database, server.getWorkflowClient(), 7, then).expire();
  }

  @Test
  void whatWasKeptForAWeekIsLetGoByTheVideosOwnWorkflow() {
    ReplaceBench bench = replaced();

    assertThat(afterDays(6).started()).isZero();
    assertThat(afterDays(8).started()).isOne();

    VideoOrder order =
        Payloads.converter()
            .fromPayloads(
                0,
                Optional.of(
                    server
                        .getWorkflowClient()
                        .fetchHistory(WorkflowIds.video(bench.video()))
                        .getEvents()
                        .getFirst()
                        .getWorkflowExecutionStartedEventAttributes()
                        .getInput()),
                VideoOrder.class,
                VideoOrder.class);
    assertThat(order.purpose()).isEqualTo(VideoOrder.Purpose.ACCEPT);
    assertThat(order.acceptance().orElseThrow().evenWithoutCounterpart()).isFalse();
  }

  @Test
  void aVideoThatIsBeingWorkedOnIsLeftInPeace() {
    replaced();
    afterDays(8);

    Expiring again = afterDays(8);

    assertThat(again.started()).isZero();
    assertThat(again.busy()).isOne();
  }

  @Test
  void whatCouldNotGoIsTriedAgainADayLater() {
    ReplaceBench bench = replaced();
    bench
        .rows()
        .keptBecause(bench.rows().latestDone(bench.video()).orElseThrow().id(), "result gone");

    assertThat(afterDays(0)).isEqualTo(new Expiring(0, 0, List.of()));
    assertThat(afterDays(8).started()).isOne();
  }

  @Test
  void whatBelongsToNoVideoIsNamedWithTheZoneOfItsLibrary() {
    ReplaceBench bench = replaced();
    database.client().sql("delete from videos where id = ?").param(bench.video().value()).update();
    database
        .client()
        .sql("update libraries set zone = 'attic', removed_at = now() where root = ?")
        .param(bench.root().toString())
        .update();

    assertThat(afterDays(8).orphans())
        .singleElement()
        .satisfies(orphan -> assertThat(orphan.zone()).isEqualTo("attic"));
  }
}
