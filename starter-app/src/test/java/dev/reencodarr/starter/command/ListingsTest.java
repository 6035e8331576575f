package dev.reencodarr.starter.command;

import static dev.reencodarr.starter.command.CommandRun.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.SearchRepository;
import dev.reencodarr.activities.store.Searches;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.workflows.analysis.Skip;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.search.SearchPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read, on a real database. */
class ListingsTest {

  private final Database database = TestDatabase.fresh();
  @TempDir private Path folder;
  private Video video = video();

  private Video video() {
    Library library = Rows.library(database, "/films");
    return Rows.video(database, library, "/films/a \u001b[31m\n'b'.mkv");
  }

  @BeforeEach
  void leaveItAlone() {
    new VideoRepository(database)
        .skip(Map.of(video.id(), new Skip(SkipReason.HARD_LINKS, "2 names")));
  }

  private CommandRun run(String... typed) {
    return CommandRun.on(database, folder, typed);
  }

  @Test
  void aVideoInJsonHasTheKeysThatOtherProgramsRead() throws IOException {
    JsonNode listed = run("videos", "--format", "json", "--state", "skipped").json().get(0);

    assertThat(keys(listed))
        .contains(
            "id",
            "path",
            "state",
            "skip_reason",
            "size",
            "original_size",
            "saved_bytes",
            "codec",
            "width",
            "height",
            "duration_seconds",
            "hdr",
            "crf",
            "vmaf_target",
            "vmaf_score",
            "metric",
            "checked_score",
            "checked_by",
            "corrected_from_crf",
            "first_score",
            "unscaled_score",
            "preset",
            "encoder",
            "encoded_seconds",
            "probes",
            "known_probes",
            "workflow_id");
    assertThat(listed.get("path").asText()).isEqualTo(video.path().value());
    assertThat(listed.get("state").asText()).isEqualTo("skipped");
    assertThat(listed.get("skip_reason").asText()).isEqualTo("hard_links");
    assertThat(listed.get("crf").isNull()).isTrue();
    assertThat(listed.get("workflow_id").asText()).isEqualTo("video/" + video.id());
  }

  @Test
  void aHostileNameCannotSpeakToTheTerminal() {
    CommandRun run = run("videos");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("a \\u001B[31m\\n'b'.mkv").doesNotContain("\u001b");
    assertThat(run.out().lines()).hasSize(2);
  }

  @Test
  void aVideoIsFoundByItsIdAndByItsPath() throws IOException {
    JsonNode byId = run("show", video.id().toString(), "--format", "json").json();
    JsonNode byPath = run("show", video.path().value(), "--format", "json").json();

    assertThat(byId).isEqualTo(byPath);
    assertThat(byId.get("detail").asText()).isEqualTo("2 names");
  }

  @Test
  void aVideoThatWasNeverSearchedHasNoSearch() throws IOException {
    assertThat(run("show", video.path().value(), "--format", "json").json().get("search").isNull())
        .isTrue();
    assertThat(run("show", video.path().value()).out()).doesNotContain("seed", "rung", "stopped");
  }

  @Test
  void aSearchInJsonHasTheKeysThatOtherProgramsRead() throws IOException {
    searchIt();

    JsonNode search = run("show", video.path().value(), "--format", "json").json().get("search");

    assertThat(keys(search))
        .containsExactlyInAnyOrder(
            "seed",
            "rungs",
            "stopped",
            "probes",
            "looks",
            "known_probes",
            "seconds",
            "searched_at",
            "points");
    assertThat(search.get("seed").toString())
        .isEqualTo(
            """
            {"origin":"season","videos":4,"examples":["e1.mkv","e2.mkv","e3.mkv"],\
            "first_crf":32.0}\
            """);
    assertThat(search.get("rungs").toString())
        .isEqualTo("[{\"preset\":8,\"target\":95.0,\"end\":\"found\"}]");
    assertThat(search.get("stopped").asText()).startsWith("CRF 30 gives VMAF 95.20");
    assertThat(search.get("probes").asInt()).isEqualTo(2);
    assertThat(search.get("looks").asInt()).isEqualTo(1);
    assertThat(search.get("known_probes").asInt()).isEqualTo(1);
    assertThat(search.get("seconds").asDouble()).isEqualTo(7.25);
    assertThat(Instant.parse(search.get("searched_at").asText())).isBefore(Instant.now());
    assertThat(search.get("points"))
        .hasSize(3)
        .allSatisfy(point ->
            assertThat(keys(point))
                .containsExactlyInAnyOrder(
                    "crf",
                    "preset",
                    "score",
                    "look",
                    "predicted_percent",
                    "predicted_bytes",
                    "seconds",
                    "host",
                    "measured_at",
                    "accepted"));
    JsonNode accepted = search.get("points").get(0);
    assertThat(accepted.get("crf").asDouble()).isEqualTo(30);
    assertThat(accepted.get("accepted").asBoolean()).isTrue();
    assertThat(accepted.get("look").asBoolean()).isFalse();
    assertThat(Instant.parse(accepted.get("measured_at").asText())).isBefore(Instant.now());
    assertThat(search.get("points").get(1).get("look").asBoolean()).isTrue();
  }

  @Test
  void whatASearchDidIsShownToPeople() {
    searchIt();

    assertThat(timesHidden(run("show", video.path().value()).out()))
        .endsWith(
            """
            seed            its season: e1.mkv, e2.mkv, e3.mkv and 1 more; first CRF 32
            rung            preset 8, target 95: found
            stopped         CRF 30 gives VMAF 95.20, no more than 0.4 above the target 95
            cost            2 probes and 1 look, 1 of them known before: 7.3 s
            searched        YYYY-MM-DD HH:MM

            VMAF with preset 8
              95.2 |X
                   |
                95 |- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -
                   |
                   |
                   |
                   |
             94.55 |
                   |
                   |                                        .
                   |
                   |
                   |
                   |
              93.9 |                                                            o
                   +-------------------------------------------------------------
                    30                          31.5                           33
                    CRF   . look   o probe   X accepted   - - target

               CRF  preset   VMAF  predicted     size    s  host  when
            X   30       8  95.20       40 %  5.42 MB  2.5  box   YYYY-MM-DD HH:MM
            .   32       8  94.40       34 %  4.50 MB  2.5  box   YYYY-MM-DD HH:MM
            o   33       8  93.90       31 %  4.10 MB  2.5  box   YYYY-MM-DD HH:MM
            """);
  }

  private static String timesHidden(String text) {
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d\\b(?!:)", "YYYY-MM-DD HH:MM");
  }

  @Test
  void aSearchThatGoesOnIsShownByWhatItHasMeasuredSoFar() throws IOException {
    searchIt();
    Searches.measured(
        database, video.id(), Searches.SETTING, new SearchPoint(31, 94.9, 38, 5_000_000, 9));
    isNow("searching");

    JsonNode search = run("show", video.path().value(), "--format", "json").json().get("search");

    assertThat(search.get("seed").isNull()).isTrue();
    assertThat(search.get("searched_at").isNull()).isTrue();
    assertThat(search.get("stopped").asText()).isEqualTo("it goes on");
    assertThat(search.get("points")).hasSize(3);
    assertThat(search.get("probes").asInt()).isEqualTo(3);
    assertThat(search.get("known_probes").asInt()).isEqualTo(2);
    assertThat(search.get("seconds").asDouble()).isEqualTo(2.5);
    assertThat(timesHidden(run("show", video.path().value()).out()))
        .contains(
            """
            search          it goes on
            cost            3 probes, 2 of them known before: 2.5 s

            VMAF with preset 8
            """,
            "o   31       8  94.90       38 %  5.00 MB  2.5  box   YYYY-MM-DD HH:MM")
        .doesNotContain("accepted", "seed");
  }

  @Test
  void theSearchOfAVideoThatWaitsOrEncodesAfterItIsTheOneThatEnded() throws IOException {
    searchIt();
    for (String state : List.of("searching", "waiting", "encoding")) {
      isNow(state);

      JsonNode search = run("show", video.path().value(), "--format", "json").json().get("search");

      assertThat(search.get("stopped").asText()).as(state).startsWith("CRF 30 gives");
    }
  }

  @Test
  void ofASearchWithoutARecordThePointsAreShown() throws IOException {
    Searches.measured(
        database, video.id(), Searches.SETTING, new SearchPoint(33, 93.9, 31, 4_100_000, 9));
    Searches.measured(
        database,
        video.id(),
        Searches.SETTING.ofLooks(),
        new SearchPoint(32, 94.4, 34, 4_500_000, 9));

    JsonNode search = run("show", video.path().value(), "--format", "json").json().get("search");

    assertThat(search.get("stopped").asText()).startsWith("how it ended is not on record");
    assertThat(search.get("looks").asInt()).isEqualTo(1);
    assertThat(search.get("points")).hasSize(2);
    assertThat(search.get("points").get(0).get("look").asBoolean()).isTrue();
  }

  @Test
  void theTableOfPointsFitsIntoEightyColumns() {
    Searches.measured(
        database,
        video.id(),
        Searches.SETTING,
        new SearchPoint(33.25, 100, 1234, 987_000_000_000L, 9));
    database
        .client()
        .sql("update search_points set host = 'a-machine-with-a-name', seconds = 12345.6")
        .update();

    assertThat(run("show", video.path().value()).out().lines().toList().reversed())
        .first()
        .satisfies(row -> assertThat(row).contains("33.25", "1234 %").hasSizeLessThanOrEqualTo(80));
  }

  private void isNow(String state) {
    database
        .client()
        .sql("update videos set state = :state, skip_reason = null")
        .param("state", state)
        .update();
  }

  @Test
  void aSearchThatFailedBeforeItMeasuredAnythingIsShownWithoutACurve() {
    new SearchRepository(database).store(Searches.failed(video.id(), "run", 1));

    assertThat(timesHidden(run("show", video.path().value()).out()))
        .endsWith(
            """
            seed            what most videos are like; nothing had to be measured
            rung            preset 8, target 95: failed
            stopped         STALLED: nothing moved
            cost            0 probes: 0.0 s
            searched        YYYY-MM-DD HH:MM
            """);
  }

  private void searchIt() {
    Searches.measured(
        database, video.id(), Searches.SETTING, new SearchPoint(30, 95.2, 40.4, 5_422_667, 9));
    Searches.measured(
        database, video.id(), Searches.SETTING, new SearchPoint(33, 93.9, 31, 4_100_000, 9));
    Searches.measured(
        database,
        video.id(),
        Searches.SETTING.ofLooks(),
        new SearchPoint(32, 94.4, 34, 4_500_000, 9));
    new SearchRepository(database).store(Searches.found(video.id(), "run", 1));
  }

  @Test
  void ofAResultThatWasMadeAgainBothScoresAreShown() {
    database
        .client()
        .sql(
            """
            update videos set encoder = 'libsvtav1', preset = 8, crf = 27.5, vmaf_target = 95,
              vmaf_score = 95.2, encoded_seconds = 12.5, probes = 4, known_probes = 0,
              checked_score = 94.9, checked_by = 'WHOLE', corrected_from = 30.25,
              first_score = 93.8, unscaled_score = 88.2
            where id = :id
            """)
        .param("id", video.id().value())
        .update();

    assertThat(run("show", video.path().value()).out())
        .contains(
            "checked         the whole result scores VMAF 94.90",
            "made smaller    beside its source in its own size the result scores VMAF 88.20",
            "encoded again   the first result, with CRF 30.25, scored VMAF 93.80");
  }

  @Test
  void whatIsNotKnownIsSaidPlainly() {
    CommandRun run = run("show", "/films/other.mkv");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no video is known by /films/other.mkv");
  }

  @Test
  void theStatusInJsonHasTheKeysThatOtherProgramsReadEvenWhereTemporalIsAway() throws IOException {
    new WorkerRepository(database)
        .heartbeat(
            "box",
            "default",
            List.of("control", "encode-cpu@default"),
            Map.of("encode-cpu@default", "the work folder is full"),
            "",
            new WorkerRepository.Power(2, 4),
            "0.1.0",
            Instant.now());

    CommandRun run = run("status", "--format", "json");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("Temporal does not answer", "./reencodarr up");
    JsonNode status = new ObjectMapper().readTree(run.out());

    assertThat(keys(status))
        .containsExactlyInAnyOrder(
            "temporal_address",
            "temporal_ui",
            "database_url",
            "workers",
            "videos_by_state",
            "outlook",
            "critical_failures",
            "pauses",
            "review",
            "watching",
            "sync",
            "webhooks",
            "janitor");
    assertThat(keys(status.get("review"))).containsExactly("held", "held_bytes");
    JsonNode worker = status.get("workers").get(0);
    assertThat(keys(worker))
        .containsExactlyInAnyOrder("host", "zone", "queues", "paused", "reason", "held");
    assertThat(worker.get("paused").get(0).asText()).isEqualTo("encode-cpu@default");
    assertThat(worker.get("reason").asText()).isEqualTo("the work folder is full");
    assertThat(status.get("videos_by_state").get("skipped").asInt()).isEqualTo(1);
    assertThat(status.get("videos_by_state").get("found").asInt()).isZero();
  }

  @Test
  void orderingWorkWithoutTemporalIsUnreachableAndSaysSo() {
    CommandRun run = run("retry", video.id().toString());

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("Temporal does not answer", "./reencodarr up");
  }
}
