package dev.reencodarr.fakearr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.fakearr.history.HistoryKind;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.MediaInfo;
import dev.reencodarr.fakearr.library.Settings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RenameTest {

  @TempDir private Path root;

  private static String template(ArrKind kind) {
    return kind.isSonarr()
        ? "{Series Title} - S{season:00}E{episode:00} [{MediaInfo VideoCodec}]"
        : "{Movie Title} ({Release Year}) [{MediaInfo VideoCodec}]";
  }

  private static String wanted(ArrKind kind) {
    return kind.isSonarr() ? "Season 01/Dark - S01E01 [AV1].mkv" : "Heat (1995) [AV1].mkv";
  }

  private static Stage staged(ArrKind kind, Path root) throws Exception {
    Stage stage = Stage.of(kind, root);
    stage.fake().library().change((Settings settings) -> settings.renamingBy(template(kind)));
    stage
        .fake()
        .library()
        .changeFile(stage.file().id(), file -> file.looked(file.size(), MediaInfo.of("AV1")));
    return stage;
  }

  private static JsonNode preview(Stage stage) throws Exception {
    return stage.asker().get("rename?" + stage.fake().kind().titleKey() + "=1").json();
  }

  @ParameterizedTest
  @EnumSource
  void whatThePreviewPromisesIsDoneOnDisk(ArrKind kind) throws Exception {
    try (Stage stage = staged(kind, root)) {
      JsonNode before = preview(stage);
      assertThat(before.get(0).path("existingPath").asText())
          .isEqualTo(stage.file().relativePath());
      assertThat(before.get(0).path("newPath").asText()).isEqualTo(wanted(kind));

      assertThat(stage.rename()).isEqualTo("completed");

      assertThat(stage.now().orElseThrow().relativePath()).isEqualTo(wanted(kind));
      assertThat(stage.title().folder().resolve(wanted(kind))).isRegularFile();
      assertThat(stage.path()).doesNotExist();
      assertThat(preview(stage)).isEmpty();
      assertThat(stage.fake().history().of(HistoryKind.FILE_RENAMED).getFirst().data())
          .containsEntry("path", stage.title().path() + "/" + wanted(kind));
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRenameThatFailsIsCompletedAllTheSame(ArrKind kind) throws Exception {
    try (Stage stage = staged(kind, root)) {
      stage.fake().failNextRenames(1);
      assertThat(stage.rename()).isEqualTo("completed");
      assertThat(stage.path()).exists();

      Stage.write(stage.title().folder().resolve(wanted(kind)), 5);
      assertThat(stage.rename()).isEqualTo("completed");
      assertThat(stage.now().orElseThrow().relativePath()).isEqualTo(stage.file().relativePath());
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsRenamedWhereTheUserDoesNotWishIt(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      assertThat(preview(stage)).isEmpty();
      stage.rename();
      assertThat(stage.now()).contains(stage.file());
    }
  }
}
