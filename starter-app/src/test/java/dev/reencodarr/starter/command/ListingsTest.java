package dev.reencodarr.starter.command;

import static dev.reencodarr.starter.command.CommandRun.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.workflows.analysis.Skip;
import dev.reencodarr.workflows.media.SkipReason;
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
            "janitor");
    JsonNode worker = status.get("workers").get(0);
    assertThat(keys(worker))
        .containsExactlyInAnyOrder("host", "zone", "queues", "paused", "reason");
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
