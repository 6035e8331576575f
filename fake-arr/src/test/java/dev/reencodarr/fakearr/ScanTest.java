package dev.reencodarr.fakearr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.fakearr.history.HistoryKind;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.MediaInfo;
import dev.reencodarr.fakearr.library.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScanTest {

  @TempDir private Path root;

  private static MediaFile only(Stage stage) {
    return stage.fake().library().files(stage.title().id()).getFirst();
  }

  @ParameterizedTest
  @EnumSource
  void anotherSizeIsLookedIntoAndTheRestIsKept(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      Stage.write(stage.path(), 400);
      stage.fake().library().codecs(path -> "AV1");

      assertThat(stage.rescan()).isEqualTo("completed");

      MediaFile now = stage.now().orElseThrow();
      assertThat(now).isEqualTo(stage.file().looked(400, MediaInfo.of("AV1")));
      assertThat(stage.fake().wholeLibraryScans()).isZero();
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameSizeIsNeverLookedIntoAgain(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      stage.fake().library().codecs(path -> "AV1");
      Stage.write(stage.path(), 1000);

      stage.rescan();

      assertThat(stage.now()).contains(stage.file());
    }
  }

  @ParameterizedTest
  @EnumSource
  void mediaInfoIsNotRenewedWhereItIsTurnedOff(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      stage.fake().library().change((Settings settings) -> settings.readingMediaInfo(false));
      Stage.write(stage.path(), 400);

      stage.rescan();

      String route = kind.fileRoute() + "/" + stage.file().id();
      assertThat(stage.asker().get(route).json().has("mediaInfo")).isFalse();
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherPathIsAnotherFileOfWhichLessIsKnown(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      Path mp4 = Path.of(stage.path().toString().replace(".mkv", ".mp4"));
      Files.move(stage.path(), mp4);

      stage.rescan();

      MediaFile now = only(stage);
      assertThat(stage.now()).isEmpty();
      assertThat(now.id()).isGreaterThan(stage.file().id());
      assertThat(now.sceneName()).isEmpty();
      assertThat(now.releaseGroup()).isEqualTo("GRP");
      assertThat(now.quality()).isEqualTo(stage.file().quality());
      assertThat(stage.fake().library().parts(now)).hasSize(1);
      assertThat(stage.fake().history().of(HistoryKind.FILE_DELETED).getFirst().data())
          .containsEntry("reason", "MissingFromDisk");
      assertThat(stage.fake().history().of(HistoryKind.IMPORTED)).isEmpty();
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyRadarrUnmonitorsWhatFindsAnotherFileInTheSameLook(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      stage.fake().library().change((Settings settings) -> settings.unmonitoringDeleted(true));
      Files.move(stage.path(), Path.of(stage.path().toString().replace(".mkv", ".mp4")));

      stage.rescan();

      assertThat(stage.isMonitored()).isEqualTo(kind.isSonarr());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsGoneIsUnmonitoredIfSoSet(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      stage.fake().library().change((Settings settings) -> settings.unmonitoringDeleted(true));
      Files.delete(stage.path());

      stage.rescan();

      assertThat(stage.now()).isEmpty();
      assertThat(stage.isMonitored()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRootThatIsGoneOrEmptyIsPassedOverYetCompleted(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, Files.createDirectories(root.resolve("library")))) {
      Path aside = root.resolve("aside");
      Files.move(stage.root(), aside);
      assertThat(stage.rescan()).isEqualTo("completed");
      assertThat(stage.now()).contains(stage.file());
      assertThat(stage.asker().get("rootfolder").json().get(0).path("accessible").asBoolean())
          .isFalse();

      Files.createDirectories(stage.root());
      assertThat(stage.rescan()).isEqualTo("completed");
      assertThat(stage.now()).contains(stage.file());
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFolderThatIsGoneFromARootThatIsThereLosesItsFiles(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, Files.createDirectories(root.resolve("library")))) {
      Stage.write(stage.root().resolve("Other/x.txt"), 1);
      Files.move(stage.title().folder(), root.resolve("aside"));

      stage.rescan();

      assertThat(stage.now()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void dotFoldersAndWhatIsNoVideoAreLeftAlone(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      Path path = stage.path();
      String name = stage.file().fileName();
      Stage.write(path.resolveSibling(".reencodarr/" + name), 10);
      Stage.write(path.resolveSibling("Extras/" + name), 10);
      Stage.write(path.resolveSibling(name.replace(".mkv", ".mkv.part")), 10);
      Stage.write(path.resolveSibling("._" + name), 10);

      stage.rescan();

      assertThat(stage.fake().library().files(stage.title().id())).containsExactly(stage.file());
    }
  }

  /** A trap for temporary files: the dot of a file's name does not hide it. */
  @ParameterizedTest
  @EnumSource
  void aPlainDotFileIsTakenForAVideo(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      Stage.write(stage.path().resolveSibling(".tmp." + stage.file().fileName()), 10);

      stage.rescan();

      assertThat(stage.fake().library().files(stage.title().id())).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRescanWithoutATitleScansAllAndIsCounted(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      Stage.write(stage.path(), 400);

      stage.asker().command(kind.isSonarr() ? "{'name':'RescanSeries'}" : "{'name':'RescanMovie'}");

      assertThat(stage.fake().wholeLibraryScans()).isEqualTo(1);
      assertThat(stage.now().orElseThrow().size()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRefreshScansOnlyWhereTheUserWishesIt(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      stage
          .fake()
          .library()
          .change((Settings settings) -> settings.withRescanAfterRefresh("never"));
      Stage.write(stage.path(), 400);
      refresh(stage);
      assertThat(stage.now()).contains(stage.file());

      stage.fake().library().change((Settings s) -> s.withRescanAfterRefresh("always"));
      refresh(stage);
      assertThat(stage.now().orElseThrow().size()).isEqualTo(400);
    }
  }

  private static void refresh(Stage stage) throws IOException, InterruptedException {
    stage
        .asker()
        .command(
            stage.fake().kind().isSonarr()
                ? "{'name':'RefreshSeries','seriesId':1}"
                : "{'name':'RefreshMovie','movieIds':[1]}");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOnlyInMemoryIsLeftAsItIs(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      var library = stage.fake().library();
      long title = library.addTitleInMemory("Far", 2000, "/nowhere/Far").id();
      MediaFile file =
          library.addFileInMemory(title, kind.isSonarr() ? "Far.S01E01.mkv" : "Far.mkv", 5L << 30);

      stage
          .asker()
          .command(
              "{'name':'%s','%s':%d}"
                  .formatted(
                      kind.isSonarr() ? "RescanSeries" : "RescanMovie", kind.titleKey(), title));

      assertThat(library.files(title)).containsExactly(file);
    }
  }
}
