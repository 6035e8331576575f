package dev.reencodarr.fakearr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.fakearr.command.CommandStatus;
import dev.reencodarr.fakearr.library.ArrKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class CommandTest {

  private static final String RESCAN = "{'name':'RescanSeries','seriesId':1}";

  @TempDir private Path root;

  @Test
  void equalCommandsAreMergedWhileOneWaitsOrIsAtWork() throws Exception {
    try (Stage stage = Stage.of(ArrKind.SONARR, root)) {
      stage.fake().commands().hold();
      JsonNode first = stage.asker().post("command", RESCAN).json();
      JsonNode second = stage.asker().post("command", RESCAN).json();
      JsonNode other = stage.asker().post("command", "{'name':'RescanSeries','seriesId':2}").json();

      assertThat(first.path("status").asText()).isEqualTo("queued");
      assertThat(second.path("id")).isEqualTo(first.path("id"));
      assertThat(other.path("id")).isNotEqualTo(first.path("id"));
      assertThat(stage.fake().commands().merged()).isEqualTo(1);

      stage.fake().commands().release();
      stage.fake().commands().awaitIdle();
      assertThat(stage.asker().post("command", RESCAN).json().path("id"))
          .isNotEqualTo(first.path("id"));
      stage.assertJudged();
    }
  }

  /** The trap: a scan that is past our file answers for the one that we ask for. */
  @Test
  void aMergedScanCompletesWithoutHavingSeenWhatCameLater() throws Exception {
    try (Stage stage = Stage.of(ArrKind.SONARR, root)) {
      stage.fake().commands().holdStarted();
      long first = stage.asker().post("command", RESCAN).json().path("id").asLong();
      stage.fake().commands().await(first, CommandStatus.STARTED);
      stage.fake().commands().awaitWorkDone();
      Stage.write(stage.path(), 400);

      long second = stage.asker().post("command", RESCAN).json().path("id").asLong();
      stage.fake().commands().release();
      stage.fake().commands().awaitIdle();

      assertThat(second).isEqualTo(first);
      assertThat(stage.asker().get("command/" + first).json().path("status").asText())
          .isEqualTo("completed");
      assertThat(stage.now()).contains(stage.file());
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"QUEUED", "STARTED"})
  void aCommandComesToAnyEndWithoutHavingDoneAnything(CommandStatus end) throws Exception {
    try (Stage stage = Stage.of(ArrKind.SONARR, root)) {
      stage.fake().commands().endNext(end);
      Stage.write(stage.path(), 400);

      assertThat(stage.rescan()).isEqualTo(end.wire());

      assertThat(stage.now().orElseThrow().size())
          .isEqualTo(end == CommandStatus.COMPLETED ? 400 : 1000);
      stage.assertJudged();
    }
  }

  @Test
  void aRestartOrphansWhatHadBegunAndGoesOnWithWhatWaits() throws Exception {
    try (Stage stage = Stage.of(ArrKind.SONARR, root)) {
      var url = stage.fake().url();
      stage.fake().commands().holdStarted();
      long begun = stage.asker().post("command", RESCAN).json().path("id").asLong();
      long waits =
          stage
              .asker()
              .post("command", "{'name':'RenameFiles','seriesId':1,'files':[1]}")
              .json()
              .path("id")
              .asLong();
      stage.fake().commands().await(begun, CommandStatus.STARTED);

      stage.fake().stop();
      stage.fake().commands().release();
      stage.fake().start();

      assertThat(stage.fake().url()).isEqualTo(url);
      stage.fake().commands().awaitIdle();
      assertThat(stage.asker().get("command/" + begun).json().path("status").asText())
          .isEqualTo("orphaned");
      assertThat(stage.asker().get("command/" + waits).json().path("status").asText())
          .isEqualTo("completed");
      assertThat(stage.now()).contains(stage.file());
    }
  }

  @Test
  void onlyWhatHasNotBegunCanBeCancelled() throws Exception {
    try (Stage stage = Stage.of(ArrKind.SONARR, root)) {
      stage.fake().commands().hold();
      long id = stage.asker().post("command", RESCAN).json().path("id").asLong();
      assertThat(stage.asker().delete("command/" + id).status()).isEqualTo(200);
      assertThat(stage.asker().get("command/" + id).json().path("status").asText())
          .isEqualTo("cancelled");

      stage.fake().commands().release();
      stage.fake().commands().holdStarted();
      long begun = stage.asker().post("command", RESCAN).json().path("id").asLong();
      stage.fake().commands().await(begun, CommandStatus.STARTED);
      assertThat(stage.asker().delete("command/" + begun).status()).isEqualTo(409);
      assertThat(stage.asker().delete("command/99").status()).isEqualTo(404);
      stage.assertJudged();
    }
  }

  @Test
  void finishedCommandsAreForgotten() throws Exception {
    try (Stage stage = Stage.of(ArrKind.SONARR, root)) {
      stage.rescan();
      stage.fake().commands().forgetFinished();

      assertThat(stage.asker().get("command/1").status()).isEqualTo(404);
      assertThat(stage.asker().get("command").json()).isEmpty();
      stage.assertJudged();
    }
  }

  @Test
  void anUnknownCommandIsAnsweredBy500AndAStackTrace() throws Exception {
    try (Stage stage = Stage.of(ArrKind.SONARR, root)) {
      Asker.Answer answer = stage.asker().post("command", "{'name':'RescanMovie','movieId':1}");

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.json().path("message").asText())
          .isEqualTo("Sequence contains no matching element");
      assertThat(answer.json().path("description").asText()).contains("\n   at NzbDrone");
      stage.assertJudged();
    }
  }

  @Test
  void aCommandForATitleThatIsNotThereFails() throws Exception {
    try (Stage stage = Stage.of(ArrKind.SONARR, root)) {
      assertThat(stage.asker().command("{'name':'RescanSeries','seriesId':9}")).isEqualTo("failed");
      stage.assertJudged();
    }
  }
}
