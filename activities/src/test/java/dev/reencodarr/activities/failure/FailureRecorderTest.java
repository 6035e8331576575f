package dev.reencodarr.activities.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.FailureRow;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureRecord;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.media.VideoId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureRecorderTest {

  private static final String SONARR_KEY = "0123456789abcdef0123456789abcdef";

  private static final Database DATABASE = TestDatabase.fresh();

  private final FailureRepository rows = new FailureRepository(DATABASE);
  private final FailureRecorder recorder =
      new FailureRecorder(rows, new Machine("control-1", "default", Path.of("/work")));

  @BeforeEach
  void noFailuresYet() {
    DATABASE.client().sql("delete from video_failures").update();
  }

  @Test
  void aFailureIsKeptWithAllThatIsKnownOfIt() {
    VideoId video = video();

    recorder.record(failure(video, FailureStage.ENCODING, 1, killed()));

    FailureRow row = only(video);
    assertThat(row.stage()).isEqualTo(FailureStage.ENCODING);
    assertThat(row.category()).isEqualTo(FailureCategory.RESOURCE_EXHAUSTION);
    assertThat(row.code()).isEqualTo("EXIT_137");
    assertThat(row.message()).isEqualTo("Process killed by system (likely OOM), sender unknown");
    assertThat(row.isFinal()).isTrue();
    assertThat(row.resolvedAt()).isEmpty();
    assertThat(row.video()).contains(video);
    JsonNode context = row.context();
    assertThat(context.path("host").asText()).isEqualTo("alpha");
    assertThat(context.path("exit_code").asInt()).isEqualTo(1);
    assertThat(context.path("command").path(0).asText()).isEqualTo("/tools/ab-av1");
    assertThat(context.path("output").asText()).contains("ffmpeg encode exit code None");
    assertThat(context.path("reaction").asText()).isEqualTo("give up");
    assertThat(context.path("workflow_id").asText()).isEqualTo("video/" + video);
    assertThat(context.path("run_id").asText()).isEqualTo("run-1");
    assertThat(context.path("attempt").asInt()).isEqualTo(1);
    assertThat(context.path("recorded_by").path("host").asText()).isEqualTo("control-1");
    assertThat(context.path("recorded_by").path("java_version").asText()).isNotBlank();
    assertThat(context.path("recorded_by").path("os").asText()).isNotBlank();
  }

  @Test
  void ffmpegsOwnExitCodeIsKeptBesideThatOfAbAv1() {
    VideoId video = video();

    recorder.record(
        failure(video, FailureStage.ENCODING, 1, exited("Error: ffmpeg encode exit code 218")));

    assertThat(only(video).code()).isEqualTo("EXIT_218");
    assertThat(only(video).context().path("exit_code").asInt()).isEqualTo(1);
    assertThat(only(video).context().path("ffmpeg_exit_code").asInt()).isEqualTo(218);
  }

  @Test
  void writtenTwiceItIsOneRow() {
    VideoId video = video();
    FailureRecord failure = failure(video, FailureStage.ENCODING, 1, killed());

    recorder.record(failure);
    recorder.record(failure);

    assertThat(rows.latest(video, 10)).hasSize(1);
  }

  @Test
  void everyAttemptAndEveryStageHasARowOfItsOwn() {
    VideoId video = video();

    recorder.record(failure(video, FailureStage.CRF_SEARCH, 1, killed()));
    recorder.record(failure(video, FailureStage.ENCODING, 1, killed()));
    recorder.record(failure(video, FailureStage.ENCODING, 2, killed()));

    assertThat(rows.latest(video, 10))
        .extracting(FailureRow::stage)
        .containsExactly(FailureStage.ENCODING, FailureStage.ENCODING, FailureStage.CRF_SEARCH);
    assertThat(rows.latest(video, 2)).hasSize(2);
  }

  @Test
  void aVideoThatIsGoneIsNoError() {
    recorder.record(failure(new VideoId(UUID.randomUUID()), FailureStage.ENCODING, 1, killed()));

    assertThat(count("video_id is null")).isEqualTo(1);
  }

  @Test
  void theRowStaysWhenItsVideoGoes() {
    VideoId video = video();
    recorder.record(failure(video, FailureStage.ENCODING, 1, killed()));

    DATABASE.client().sql("delete from videos where id = :id").param("id", video.value()).update();

    assertThat(count("video_id is null")).isEqualTo(1);
  }

  @Test
  void aStageThatSucceedsResolvesItsOwnFailuresOnly() {
    VideoId video = video();
    VideoId other = video();
    recorder.record(failure(video, FailureStage.CRF_SEARCH, 1, killed()));
    recorder.record(failure(video, FailureStage.ENCODING, 1, killed()));
    recorder.record(failure(other, FailureStage.CRF_SEARCH, 1, killed()));

    recorder.resolveStage(video, FailureStage.CRF_SEARCH);

    assertThat(rows.open(video))
        .extracting(FailureRow::stage)
        .containsExactly(FailureStage.ENCODING);
    assertThat(rows.open(other)).hasSize(1);
    assertThat(count("resolved and resolved_at is not null")).isEqualTo(1);
  }

  @Test
  void aFinishedVideoHasNoOpenFailuresAndResolvingTwiceChangesNothing() {
    VideoId video = video();
    recorder.record(failure(video, FailureStage.CRF_SEARCH, 1, killed()));
    recorder.record(failure(video, FailureStage.ENCODING, 1, killed()));

    rows.resolveAll(video);
    FailureRow resolved = rows.latest(video, 1).getFirst();
    rows.resolveAll(video);

    assertThat(rows.open(video)).isEmpty();
    assertThat(rows.latest(video, 1).getFirst()).isEqualTo(resolved);
  }

  @Test
  void noSecretIsEverWritten() {
    VideoId video = video();
    Evidence telling =
        new Evidence(
            EvidenceKind.PROCESS_EXIT,
            "failed with apikey=" + SONARR_KEY,
            1,
            0,
            List.of("tool", "--api-key", "hunter2", "--url=http://u:hunter2@nas/x", SONARR_KEY),
            "Authorization: Bearer hunter2hunter2\n{\"apiKey\": \""
                + SONARR_KEY
                + "\"}\npassword: hunter2",
            Map.of("db_password", "hunter2", "host", "alpha"));

    recorder.record(failure(video, FailureStage.ENCODING, 1, telling));

    String everything =
        DATABASE
            .client()
            .sql("select failure_message || system_context::text from video_failures")
            .query(String.class)
            .single();
    assertThat(everything).doesNotContain("hunter2", SONARR_KEY).contains("***", "alpha", "tool");
  }

  @Test
  void whatOnlyLooksALittleLikeASecretIsLeftAlone() {
    VideoId video = video();
    Evidence harmless =
        new Evidence(
            EvidenceKind.PROCESS_EXIT,
            "failed",
            1,
            0,
            List.of("ab-av1", "/work/jobs/" + SONARR_KEY + "/src.mkv", "--svt", "scd=0"),
            "tokenised 5 of 6 lines",
            Map.of());

    recorder.record(failure(video, FailureStage.ENCODING, 1, harmless));

    JsonNode context = only(video).context();
    assertThat(context.path("command").path(1).asText()).contains(SONARR_KEY);
    assertThat(context.path("output").asText()).isEqualTo("tokenised 5 of 6 lines");
  }

  @Test
  void theNamesOfTheFilmAreNoSecret() {
    VideoId video = video();
    String film = "/films/Basic Instinct (1992)/The Secret: Uncut.mkv";
    Evidence seen =
        new Evidence(
            EvidenceKind.FILE_ACCESS,
            film + " could not be read",
            -1,
            0,
            List.of("ffprobe", film),
            "",
            Map.of(Evidence.SOURCE, film));

    recorder.record(failure(video, FailureStage.ANALYSIS, 1, seen));

    assertThat(only(video).message()).contains(film);
    assertThat(only(video).context().path("command").path(1).asText()).isEqualTo(film);
    assertThat(only(video).context().path("source").asText()).isEqualTo(film);
  }

  @Test
  void textThatPostgresRefusesIsTakenOut() {
    VideoId video = video();

    recorder.record(failure(video, FailureStage.ENCODING, 1, exited("a\0b \uD83C c")));

    assertThat(only(video).context().path("output").asText()).startsWith("ab ");
  }

  @Test
  void ofAnEndlessOutputBeginningAndEndAreKept() {
    VideoId video = video();

    recorder.record(
        failure(video, FailureStage.ENCODING, 1, exited("first " + "x".repeat(1 << 20) + " last")));

    assertThat(only(video).context().path("output").asText())
        .startsWith("first ")
        .endsWith(" last")
        .hasSizeLessThan(9_000);
  }

  @Test
  void theTableRefusesWhatIsNotOfTheVocabulary() {
    assertThatThrownBy(() -> insert("'encoding', 'bad_luck'")).hasMessageContaining("check");
    assertThatThrownBy(() -> insert("'somewhere', 'unknown'")).hasMessageContaining("check");
    insert("'encoding', 'unknown'");

    assertThat(
            count(
                "failure_code = 'UNKNOWN' and not resolved and \"final\" and retry_count = 0"
                    + " and system_context = '{}'"))
        .isEqualTo(1);
  }

  @Test
  void everyStageAndCategoryOfTheVocabularyIsAccepted() {
    for (FailureStage stage : FailureStage.values()) {
      for (FailureCategory category : FailureCategory.values()) {
        insert("'" + stage.code() + "', '" + category.code() + "'");
      }
    }

    assertThat(count("true"))
        .isEqualTo((long) FailureStage.values().length * FailureCategory.values().length);
  }

  private void insert(String stageAndCategory) {
    DATABASE
        .client()
        .sql(
            "insert into video_failures (failure_stage, failure_category, failure_message) values ("
                + stageAndCategory
                + ", 'm')")
        .update();
  }

  private FailureRow only(VideoId video) {
    List<FailureRow> found = rows.latest(video, 10);
    assertThat(found).hasSize(1);
    assertThat(rows.find(found.getFirst().id())).contains(found.getFirst());
    return found.getFirst();
  }

  private long count(String condition) {
    return DATABASE
        .client()
        .sql("select count(*) from video_failures where " + condition)
        .query(Long.class)
        .single();
  }

  private VideoId video() {
    UUID library = UUID.randomUUID();
    UUID video = UUID.randomUUID();
    DATABASE
        .client()
        .sql("insert into libraries (id, name, root) values (:id, :name, :name)")
        .param("id", library)
        .param("name", "/" + library)
        .update();
    DATABASE
        .client()
        .sql(
            "insert into videos (id, library_id, path, size, mtime)"
                + " values (:id, :library, :path, 1, now())")
        .param("id", video)
        .param("library", library)
        .param("path", "/" + video + ".mkv")
        .update();
    return new VideoId(video);
  }

  private static FailureRecord failure(
      VideoId video, FailureStage stage, int attempt, Evidence evidence) {
    return new FailureRecord(
        video,
        "video/" + video,
        "run-1",
        attempt,
        FailureTable.classify(stage, evidence),
        evidence,
        attempt - 1,
        true,
        "give up");
  }

  private static Evidence killed() {
    return exited("Error: ffmpeg encode exit code None");
  }

  private static Evidence exited(String output) {
    return new Evidence(
        EvidenceKind.PROCESS_EXIT,
        "ab-av1 failed",
        1,
        0,
        List.of("/tools/ab-av1", "encode"),
        output,
        Map.of("host", "alpha"));
  }
}
