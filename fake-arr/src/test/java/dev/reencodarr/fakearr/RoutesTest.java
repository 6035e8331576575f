package dev.reencodarr.fakearr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.fakearr.history.HistoryKind;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.Profile;
import dev.reencodarr.fakearr.library.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoutesTest {

  private static final List<String> BOTH =
      List.of(
          "system/status",
          "rootfolder",
          "tag",
          "qualityprofile",
          "customformat",
          "config/mediamanagement",
          "config/naming",
          "command",
          "history?page=1&pageSize=5&eventType=1&eventType=3",
          "history/since?date=2020-01-01T00:00:00Z",
          "queue/details",
          "blocklist",
          "notification",
          "notification/schema");
  private static final List<String> SONARR =
      List.of(
          "series?includeSeasonImages=false",
          "series/1",
          "episodefile?seriesId=1",
          "episodefile?episodeFileIds=1&episodeFileIds=2",
          "episodefile/1",
          "episode?seriesId=1",
          "episode?seriesId=1&seasonNumber=1",
          "episode?episodeFileId=1",
          "episode?episodeIds=1&includeEpisodeFile=true",
          "episode/1",
          "queue/details?seriesId=1",
          "rename?seriesId=1",
          "history/series?seriesId=1",
          "history/since?date=2020-01-01T00:00:00Z&eventType=downloadFolderImported",
          "blocklist?seriesIds=1");
  private static final List<String> RADARR =
      List.of(
          "movie?excludeLocalCovers=true",
          "movie/1",
          "moviefile?movieId=1&movieId=2",
          "moviefile?movieFileIds=1",
          "moviefile/1",
          "queue/details?movieId=1",
          "rename?movieId=1&movieId=1",
          "history/movie?movieId=1",
          "history/since?date=2020-01-01T00:00:00Z&eventType=movieFileRenamed",
          "blocklist?movieIds=1");

  @TempDir private Path root;

  private static String release(ArrKind kind) {
    return kind.isSonarr() ? "Dark.S01E01.2160p.WEB-DL-NEW" : "Heat.1995.2160p.BluRay-NEW";
  }

  @ParameterizedTest
  @EnumSource
  void everyReplyIsAsTheVendorDescribesIt(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      assumeThat(stage.judge()).as("the vendor's document, in ../shared/arr").isPresent();
      stage.fake().library().addTag("keep");
      stage.fake().library().addFormat("AV1", "\\bAV1\\b", 50);
      stage.fake().library().changeTitle(1, title -> title.withTags(Set.of(1L)).ended(true));
      stage.fake().library().change((Settings s) -> s.renamingBy("{Quality Full}"));
      stage.fake().downloads().grab(1, release(kind));
      stage.rescan();

      for (String route : BOTH) {
        assertThat(stage.asker().get(route).status()).as(route).isEqualTo(200);
      }
      for (String route : kind.isSonarr() ? SONARR : RADARR) {
        Asker.Answer answer = stage.asker().get(route);
        assertThat(answer.status()).as(route).isEqualTo(200);
        assertThat(answer.json().isEmpty()).as(route).isEqualTo(isEmptyYet(route));
      }
      stage.assertJudged();
    }
  }

  private static boolean isEmptyYet(String route) {
    return route.contains("eventType=");
  }

  @Test
  void theJudgeFindsWhatTheDocumentDoesNotHave() throws Exception {
    try (Stage stage = Stage.of(ArrKind.RADARR, root)) {
      assumeThat(stage.judge()).as("the vendor's document, in ../shared/arr").isPresent();
      stage.asker().get("movie?includeImages=true");
      stage.asker().put("movie/editor", "{'movieIds':['x'],'monitored':true}");
      stage.asker().get("overallBitrate");

      assertThat(stage.judge().orElseThrow().violations())
          .extracting(violation -> violation.what().replaceAll(":.*", ""))
          .containsExactlyInAnyOrder(
              "validation.request.parameter.query.unexpected",
              "validation.request.body.schema.type",
              "validation.request.path.missing");
    }
  }

  @ParameterizedTest
  @EnumSource
  void monitoringIsSetAndKept(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      String route = kind.isSonarr() ? "episode/monitor" : "movie/editor";
      String ids = kind.isSonarr() ? "episodeIds" : "movieIds";
      assertThat(stage.asker().put(route, "{'%s':[1],'monitored':false}".formatted(ids)).status())
          .isEqualTo(202);
      assertThat(stage.isMonitored()).isFalse();
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void inBulkOnlyWhatIsToldIsChanged(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      Asker.Answer answer =
          stage
              .asker()
              .put(
                  kind.fileRoute() + "/bulk",
                  "[{'id':1,'releaseGroup':'OTHER','sceneName':'no scene',"
                      + "'languages':[{'id':4,'name':'German'}]}]");

      assertThat(answer.status()).isEqualTo(202);
      var now = stage.now().orElseThrow();
      assertThat(now.releaseGroup()).isEqualTo("OTHER");
      assertThat(now.sceneName()).isEqualTo(stage.file().sceneName());
      assertThat(now.languages().getFirst().name()).isEqualTo("German");
      assertThat(now.quality()).isEqualTo(stage.file().quality());
      stage.assertJudged();
    }
  }

  @Test
  void aloneRadarrOverwritesWhatIsNotTold() throws Exception {
    try (Stage stage = Stage.of(ArrKind.RADARR, root)) {
      stage.fake().library().changeFile(1, file -> file.withEdition("Extended"));
      JsonNode quality = stage.asker().get("moviefile/1").json().path("quality");
      String body = "{'quality':" + quality + "%s}";

      assertThat(stage.asker().put("moviefile/1", body.formatted("")).status()).isEqualTo(500);
      assertThat(stage.asker().put("moviefile/1", body.formatted(",'indexerFlags':0")).status())
          .isEqualTo(202);
      assertThat(stage.now().orElseThrow().edition()).isEmpty();
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void deletingAFileDeletesItOnDiskUnlessTheRootIsAway(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, Files.createDirectories(root.resolve("library")))) {
      Path aside = root.resolve("aside");
      Files.move(stage.root(), aside);
      assertThat(stage.asker().delete(kind.fileRoute() + "/1").status()).isEqualTo(409);
      Files.move(aside, stage.root());

      assertThat(stage.asker().delete(kind.fileRoute() + "/1").status()).isEqualTo(200);
      assertThat(stage.path()).doesNotExist();
      assertThat(stage.asker().get(kind.fileRoute() + "/1").status()).isEqualTo(404);
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aGrabThatIsMarkedAsFailedIsBlockedAndSearchedForAnew(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      stage.fake().downloads().grab(1, release(kind));
      long grab = stage.fake().history().of(HistoryKind.GRABBED).getFirst().id();

      assertThat(stage.asker().post("history/failed/" + grab, "").status()).isEqualTo(200);
      stage.fake().commands().awaitIdle();

      assertThat(stage.asker().get("blocklist").json().findValuesAsText("sourceTitle"))
          .containsExactly(release(kind));
      assertThat(stage.fake().history().of(HistoryKind.DOWNLOAD_FAILED)).hasSize(1);
      assertThat(stage.fake().searches()).containsExactly(List.of(1L));
      assertThat(stage.asker().post("history/failed/99", "").status()).isEqualTo(404);
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void formatsAreScoredByTheReleaseAndTheNameOnlyWhereThatIsLost(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      stage.fake().library().addFormat("x264", "x264", 5);
      stage.fake().library().put(new Profile(1, "4K", true, 18, 100));
      String route = kind.fileRoute() + "/1";
      assertThat(stage.asker().get(route).json().path("customFormatScore").asInt()).isEqualTo(5);
      assertThat(stage.asker().get(route).json().path("qualityCutoffNotMet").asBoolean()).isTrue();

      stage.fake().library().changeFile(1, file -> file.withSceneName("Other.Name-GRP"));
      assertThat(stage.asker().get(route).json().path("customFormatScore").asInt()).isZero();
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsUnderWayStandsInTheQueueUntilItHasComeIn(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      var item = stage.fake().downloads().grab(1, release(kind));
      String route = "queue/details?" + kind.titleKey() + "=1";
      assertThat(stage.asker().get(route).json()).hasSize(1);

      Path path = stage.path().resolveSibling(release(kind) + ".mkv");
      Stage.write(path, 2000);
      long id = stage.fake().downloads().imported(item, path).id();

      assertThat(stage.asker().get(route).json()).isEmpty();
      assertThat(stage.asker().get(kind.fileRoute() + "/" + id).json().path("sceneName").asText())
          .isEqualTo(release(kind));
      JsonNode since = stage.asker().get("history/since?date=2020-01-01T00:00:00Z").json();
      assertThat(since.findValuesAsText("eventType"))
          .containsExactly(
              "grabbed",
              kind.isSonarr() ? "episodeFileDeleted" : "movieFileDeleted",
              "downloadFolderImported");
      stage.assertJudged();
    }
  }
}
