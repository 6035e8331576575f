package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.failure.report.Concentration;
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import dev.reencodarr.workflows.failure.report.FailureOverview;
import dev.reencodarr.workflows.failure.report.FailurePattern;
import dev.reencodarr.workflows.failure.report.FailureReport;
import dev.reencodarr.workflows.failure.report.RecentFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Also the example of how a program asks for failures. */
class FailureReportingTest {

  private final Database database = TestDatabase.fresh();
  private final FailureRows rows = new FailureRows(database);
  private final FailureReporting failures = new FailureReporting(database);

  private void killed(Duration ago) {
    rows.row(
        FailureStage.ENCODING,
        FailureCategory.RESOURCE_EXHAUSTION,
        "EXIT_137",
        "killed",
        false,
        ago);
  }

  private void fails(Video video, String host, int attempt, boolean isFinal) {
    var context = JsonNodeFactory.instance.objectNode().put("host", host).put("output", "words");
    new FailureRepository(database)
        .record(
            new FailureRecord(
                video.id(),
                "video/" + video.id(),
                "run",
                attempt,
                new Classification(
                    FailureStage.ENCODING,
                    FailureCategory.TIMEOUT,
                    "STALLED",
                    "no progress",
                    Reaction.RETRY),
                Evidence.of(EvidenceKind.STALLED, "no progress"),
                attempt - 1,
                isFinal,
                "retry after 60 s"),
            "no progress",
            context);
  }

  @Test
  void anEmptyDatabaseHasAnEmptyReport() {
    FailureReport report = failures.generateFailureReport();

    assertThat(report.summary()).isEqualTo(new FailureReport.Summary(0, 0, 0, 0.0, 7));
    assertThat(report.resolutionRate()).isEmpty();
    assertThat(failures.getFailureOverview())
        .isEqualTo(new FailureOverview(0, 0, 0, List.of(), false));
    assertThat(failures.getCriticalFailures()).isEmpty();
  }

  @Test
  void theReportCountsWhatTheRowsSay() {
    rows.example();

    FailureReport report = failures.generateFailureReport(7, 10);

    assertThat(report.summary()).isEqualTo(new FailureReport.Summary(23, 8, 15, 34.8, 7));
    assertThat(report.byStage())
        .extracting(FailureReport.StageTotal::stage)
        .containsExactly("encoding", "analysis", "crf_search");
    assertThat(report.commonPatterns())
        .extracting(FailurePattern::code, FailurePattern::count, FailurePattern::sampleMessage)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "EXIT_137", 8L, "Process killed by system (likely OOM)"),
            org.assertj.core.groups.Tuple.tuple(
                "FILE_ACCESS", 5L, "File access failed: Permission denied"));
    assertThat(report.recentFailures())
        .hasSize(10)
        .extracting(RecentFailure::code)
        .startsWith("STALLED", "VMAF_CALC", "FILE_ACCESS");
  }

  @Test
  void daysBoundEverySection() {
    killed(Duration.ofDays(8));
    killed(Duration.ofDays(8));

    FailureReport week = failures.generateFailureReport();
    FailureReport longer = failures.generateFailureReport(9, 10);

    assertThat(week.summary().totalFailures()).isZero();
    assertThat(week.commonPatterns()).isEmpty();
    assertThat(week.recentFailures()).isEmpty();
    assertThat(week.details().concentrations()).isEmpty();
    assertThat(week.details().trend().totalBefore()).isEqualTo(2);
    assertThat(longer.summary().totalFailures()).isEqualTo(2);
    assertThat(longer.commonPatterns()).hasSize(1);
    assertThat(longer.recentFailures()).hasSize(2);
    assertThat(failures.getFailureOverview().totalFailures()).isZero();
    assertThat(failures.getFailureOverview(9).mostRecent()).hasSize(2);
    assertThat(failures.getCriticalFailures()).isEmpty();
    assertThat(failures.getCriticalFailures(9)).hasSize(2);
    assertThat(failures.countCriticalFailures(1)).isZero();
    assertThat(failures.countCriticalFailures(9)).isEqualTo(2);
  }

  /** A subject that has failed for eight days; the row was written when it began. */
  private void stands(String subject, FailureCategory category, String code) {
    var judged =
        new Classification(
            FailureStage.POST_PROCESS, category, code, subject, Reaction.WAIT_AND_RETRY);
    new StandingFailureRepository(database)
        .tell(
            "run",
            List.of(
                new StandingFailureRepository.Standing(
                    subject,
                    judged,
                    subject,
                    JsonNodeFactory.instance.objectNode().put("subject", subject))),
            List.of());
    database
        .client()
        .sql(
            "update video_failures set inserted_at = now() - interval '8 days'"
                + " where workflow_id = :subject")
        .param("subject", subject)
        .update();
  }

  @Test
  void whatStandsIsToldHoweverOldItIs() {
    stands("worker/nas/files", FailureCategory.SYSTEM_ENVIRONMENT, "ENV");
    stands("janitor/logs", FailureCategory.CLEANUP, "CLEANUP");
    killed(Duration.ofDays(8));
    Library library = Rows.library(database, "/films");
    Video parked = Rows.video(database, library, "/films/parked.mkv");
    Video failed = Rows.video(database, library, "/films/failed.mkv");
    fails(parked, "box", 1, false);
    fails(parked, "box", 2, true);
    fails(failed, "box", 1, true);
    database
        .client()
        .sql(
            "update video_failures set inserted_at = now() - interval '9 days' where video_id is not null")
        .update();
    set("state = 'waiting'", "path = '/films/parked.mkv'");
    set("state = 'failed'", "path = '/films/failed.mkv'");

    assertThat(failures.getCriticalFailures())
        .extracting(CriticalFailure::message, CriticalFailure::videoPath)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("worker/nas/files", Optional.empty()),
            org.assertj.core.groups.Tuple.tuple("no progress", Optional.of("/films/parked.mkv")));
    assertThat(failures.countCriticalFailures(1)).isEqualTo(2);
    assertThat(failures.getCriticalFailures(10)).as("each of them once").hasSize(4);
    assertThat(failures.countCriticalFailures(10)).isEqualTo(4);
    assertThat(failures.getFailureOverview())
        .isEqualTo(new FailureOverview(0, 0, 0, List.of(), true));
    assertThat(failures.generateFailureReport().summary().totalFailures()).isZero();

    set("state = 'encoding'", "path = '/films/parked.mkv'");
    assertThat(failures.countCriticalFailures(1)).isEqualTo(1);

    new StandingFailureRepository(database).tell("run", List.of(), List.of("worker/nas/files"));
    assertThat(failures.countCriticalFailures(1)).isZero();
    assertThat(failures.getFailureOverview().requiresAttention()).isFalse();
  }

  /** Else the planner could not use it. */
  @Test
  void theIndexOfWhatIsCriticalKnowsWhatIsCritical() {
    String index =
        database
            .client()
            .sql(
                "select indexdef from pg_indexes where indexname = 'video_failures_critical'"
                    + " and schemaname = current_schema()")
            .query(String.class)
            .single();

    assertThat(Pattern.compile("'([^']+)'").matcher(index).results().map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    CriticalFailure.CATEGORIES.stream().map(FailureCategory::code),
                    CriticalFailure.CODES.stream())
                .toList());
  }

  @Test
  void theSampleIsTheLatestMessageThatIsOpen() {
    for (String message : List.of("first", "second", "third")) {
      rows.row(
          FailureStage.ENCODING,
          FailureCategory.RESOURCE_EXHAUSTION,
          "EXIT_137",
          message,
          message.equals("third"),
          Duration.ofHours(2));
    }

    assertThat(failures.generateFailureReport().commonPatterns())
        .singleElement()
        .satisfies(pattern -> assertThat(pattern.sampleMessage()).isEqualTo("second"));
  }

  @Test
  void attemptsThatWereRetriedCountNowhereButInTheDetails() {
    Video video = Rows.video(database, Rows.library(database, "/films"), "/films/a.mkv");
    fails(video, "box", 1, false);
    fails(video, "box", 2, false);
    fails(video, "box", 3, true);

    FailureReport report = failures.generateFailureReport();

    assertThat(report.summary().totalFailures()).isEqualTo(1);
    assertThat(report.commonPatterns()).isEmpty();
    assertThat(report.recentFailures()).hasSize(1);
    assertThat(report.details().retried()).isEqualTo(2);
    assertThat(failures.getFailureOverview().totalFailures()).isEqualTo(1);
    assertThat(failures.getCriticalFailures()).hasSize(1);
  }

  @Test
  void aFailureIsToldWithItsVideoAndStaysWhenTheVideoGoes() {
    Video video = Rows.video(database, Rows.library(database, "/films"), "/films/a.mkv");
    fails(video, "box", 1, true);

    assertThat(failures.getCriticalFailures())
        .singleElement()
        .satisfies(critical -> {
          assertThat(critical.videoPath()).contains("/films/a.mkv");
          assertThat(critical.severity()).isEqualTo("medium");
        });

    database.client().sql("delete from videos").update();

    assertThat(failures.getCriticalFailures())
        .singleElement()
        .extracting(CriticalFailure::videoId, CriticalFailure::videoPath)
        .containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void aResolvedFailureIsCriticalNoMore() {
    killed(Duration.ofHours(1));
    long id = failures.getCriticalFailures().getFirst().id();

    assertThat(new FailureRepository(database).resolveByHand(id)).isTrue();

    assertThat(failures.getCriticalFailures()).isEmpty();
    assertThat(failures.countCriticalFailures(1)).isZero();
    assertThat(failures.getFailureOverview().requiresAttention()).isFalse();
    assertThat(new FailureRepository(database).resolveByHand(id)).isFalse();
  }

  @Test
  void failuresThatGatherAreToldByWorkerFolderCodecAndReleaseGroup() {
    Library library = Rows.library(database, "/tv");
    for (int episode = 1; episode <= 5; episode++) {
      Video video =
          Rows.video(
              database,
              library,
              "/tv/Some Show/Season 01/Some.Show.E%d-GRP.mkv".formatted(episode));
      fails(video, "old-nas", 1, true);
    }
    fails(Rows.video(database, library, "/tv/film.mkv"), "box", 1, true);
    Rows.video(database, library, "/tv/Some Show 2/a-GRPS.mkv");
    tried("true", Duration.ZERO);

    assertThat(failures.generateFailureReport().details().concentrations())
        .containsExactlyInAnyOrder(
            gathered("worker", "old-nas", 5, 1, 5, 0),
            new Concentration("worker", "box", 1, 5, Optional.empty()),
            gathered("library_folder", "/tv/Some Show", 5, 1, 5, 2),
            new Concentration("library_folder", "/tv/film.mkv", 1, 5, Optional.empty()),
            gathered("release_group", "GRP", 5, 0, 5, 2));
  }

  @Test
  void onlyWhatWasTriedInThePeriodCountsAsTried() {
    Library library = Rows.library(database, "/tv");
    for (int episode = 1; episode <= 5; episode++) {
      fails(
          Rows.video(database, library, "/tv/Show/E%d-GRP.mkv".formatted(episode)), "box", 1, true);
    }
    for (String name : List.of("found", "long ago", "cancelled", "skipped", "delivered")) {
      Rows.video(database, library, "/tv/Other/" + name + "-GRP.mkv");
    }
    tried("path not like '%/found-%'", Duration.ofDays(6));
    tried("path like '%/long ago-%'", Duration.ofDays(8));
    set("state = 'cancelled'", "path like '%/cancelled-%'");
    set("state = 'skipped', skip_reason = 'already_av1'", "path like '%/skipped-%'");
    set("state = 'found', output_path = '/out/x.mkv'", "path like '%/delivered-%'");

    assertThat(failures.generateFailureReport(7, 10).details().concentrations())
        .contains(
            gathered("library_folder", "/tv/Show", 5, 0, 5, 2),
            gathered("release_group", "GRP", 5, 0, 7, 0));
    assertThat(failures.generateFailureReport(9, 10).details().concentrations())
        .contains(gathered("library_folder", "/tv/Show", 5, 0, 5, 3));
  }

  private void tried(String which, Duration ago) {
    set("state = 'failed', updated_at = now() - interval '%d s'".formatted(ago.toSeconds()), which);
  }

  private void set(String what, String which) {
    database.client().sql("update videos set " + what + " where " + which).update();
  }

  @Test
  void aFailureThatWasTriedAgainInVainIsOneFailureStill() {
    Video video = Rows.video(database, Rows.library(database, "/films"), "/films/a.mkv");
    fails(video, "box", 1, true);
    fails(video, "box", 2, false);
    fails(video, "box", 3, true);
    fails(video, "box", 1, true);

    assertThat(failures.generateFailureReport().summary().totalFailures()).isEqualTo(1);
    assertThat(new FailureRepository(database).open(video.id()))
        .extracting(FailureRow::isFinal)
        .containsExactly(true, false, false);

    new FailureRepository(database).resolveAll(video.id());
    fails(video, "box", 4, true);
    assertThat(failures.generateFailureReport().summary())
        .isEqualTo(new FailureReport.Summary(2, 1, 1, 50.0, 7));
  }

  @Test
  void aFolderWithAnEndlessNameIsKeptShort() {
    String folder = "/films/" + "x".repeat(250) + "/" + "映".repeat(84);
    Video video = Rows.video(database, Rows.library(database, folder), folder + "/ü".repeat(80));

    fails(video, "box", 1, true);

    assertThat(failures.generateFailureReport().summary().totalFailures()).isEqualTo(1);
  }

  private static Concentration gathered(
      String dimension, String name, int failures, int others, int here, int elsewhere) {
    return new Concentration(
        dimension, name, failures, others, Optional.of(new Concentration.Tried(here, elsewhere)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 36_501, Integer.MAX_VALUE})
  void daysOutOfRangeAreRefused(int days) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> failures.generateFailureReport(days, 10))
        .withMessageContaining("days must be 1 to 36500");
    assertThatIllegalArgumentException().isThrownBy(() -> failures.getFailureOverview(days));
    assertThatIllegalArgumentException().isThrownBy(() -> failures.getCriticalFailures(days));
    assertThatIllegalArgumentException().isThrownBy(() -> failures.countCriticalFailures(days));
  }
}
