package dev.reencodarr.activities.sync.arr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.reencodarr.activities.sync.arr.ArrCommand.State;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Monitored;
import dev.reencodarr.workflows.sync.Title;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SonarrClientTest {

  private static final String FILE =
      """
      {"id": 880, "seriesId": 12, "seasonNumber": 3, "relativePath": "Season 03/a.mkv",
       "path": "/tv/A Show/Season 03/a.mkv", "size": 4000000000, "customFormatScore": -5,
       "qualityCutoffNotMet": true, "releaseGroup": "GRP", "sceneName": "A.Show.S03E01.1080p-GRP",
       "quality": {"quality": {"id": 3, "name": "WEBDL-1080p"}, "revision": {"version": 1}},
       "languages": [{"id": 1, "name": "English"}], "mediaInfo": {"videoCodec": "x264"}}
      """;
  private static final ManagedFile READ =
      new ManagedFile(
          880,
          12,
          3,
          "/tv/A Show/Season 03/a.mkv",
          4_000_000_000L,
          "x264",
          -5,
          true,
          "{\"quality\":{\"id\":3,\"name\":\"WEBDL-1080p\"},\"revision\":{\"version\":1}}",
          "[{\"id\":1,\"name\":\"English\"}]",
          "GRP",
          "A.Show.S03E01.1080p-GRP",
          "");

  private final ArrStub stub = new ArrStub(ArrKind.SONARR);
  private final ArrClient sonarr = stub.client();

  @AfterEach
  void close() {
    stub.close();
  }

  private static Monitored monitored(Set<Long> on, Set<Long> off) {
    return new Monitored(new TreeSet<>(on), new TreeSet<>(off));
  }

  @Test
  void itSaysWhoItIsBelowItsUrlBase() throws Exception {
    stub.at(
        "system/status",
        200,
        "{\"appName\":\"Sonarr\",\"instanceName\":\"TV\",\"version\":\"4.0.19\",\"urlBase\":\"/base\"}");

    assertThat(sonarr.status()).isEqualTo(new ArrStatus("Sonarr", "TV", "4.0.19", "/base"));

    assertThat(stub.server().asked().getFirst().line()).isEqualTo("GET /base/api/v3/system/status");
  }

  @Test
  void rootFoldersTellWhetherItReachesThem() throws Exception {
    stub.at(
        "rootfolder",
        200,
        "[{\"id\":1,\"path\":\"/tv\",\"accessible\":true},{\"path\":\"D:\\\\tv\\\\\"},{\"path\":\"\"},7]");

    assertThat(sonarr.rootFolders())
        .containsExactly(new RootFolder("/tv", true), new RootFolder("D:\\tv\\", false));
  }

  @Test
  void seriesAreReadAndWhatCannotBeUsedIsLeftOut() throws Exception {
    stub.at(
        "series",
        200,
        """
        [{"id": 12, "title": "A Show", "path": "/tv/A Show", "monitored": true, "ended": true,
          "qualityProfileId": 4, "tags": [3, 5, -1, null], "statistics": {"episodeFileCount": 9}},
         {"id": "13", "title": 1917, "path": "/tv/1917/", "status": "ended", "tags": null,
          "statistics": {"episodeFileCount": "0"}, "monitored": "true", "qualityProfileId": "4"},
         {"id": 14, "path": "\\\\\\\\nas\\\\tv\\\\C"},
         {"id": 12, "title": "the same again", "path": "/tv/B"},
         {"id": 0, "path": "/tv/D"}, {"id": -3, "path": "/tv/D"}, {"path": "/tv/D"},
         {"id": 4294967296, "path": "/tv/D"}, {"id": 1.5, "path": "/tv/D"},
         {"id": 20, "path": "tv/D"}, {"id": 21, "path": ""}, {"id": 22, "path": null},
         {"id": 23, "path": "/tv/../etc"}, {"id": 24, "path": "/tv/\\u0000"},
         {"id": 25, "path": {"a": 1}}, {"id": 26, "path": "/tv/\\ud800"},
         null, "text", 5, [], {}]
        """);
    List<Title> titles = new ArrayList<>();

    sonarr.titles(titles::add);

    assertThat(titles)
        .containsExactly(
            new Title(12, "A Show", "/tv/A Show", true, true, 4, Set.of(3L, 5L), 9),
            new Title(13, "1917", "/tv/1917/", true, true, 4, Set.of(), 0),
            new Title(14, "", "\\\\nas\\tv\\C", false, false, 0, Set.of(), 1));
    assertThat(stub.asked()).containsExactly("GET series?includeSeasonImages=false");
    assertThat(stub.logged())
        .as("once for the list")
        .singleElement()
        .asString()
        .contains("17 left out", "20, 21, 22", "api/v3/series");
  }

  @Test
  void aSeriesIsThereOrNot() throws Exception {
    stub.at("series/12", 200, "{\"id\":12,\"title\":\"A\",\"path\":\"/tv/A\"}")
        .at("series/13", 404, "{\"title\":\"Not Found\",\"status\":404}");

    assertThat(sonarr.title(12)).get().extracting(Title::path).isEqualTo("/tv/A");
    assertThat(sonarr.title(13)).isEmpty();
  }

  @Test
  void filesAreAskedForSeriesBySeriesAndASeriesThatIsGoneHasNone() throws Exception {
    stub.at(
        "episodefile",
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          boolean isThere = query.equals("seriesId=12");
          dev.reencodarr.activities.watching.StubServer.send(
              exchange,
              isThere ? 200 : 404,
              isThere
                  ? "[" + FILE + "," + FILE + "]"
                  : "{\"message\":\"Series with ID 9 does not exist\"}");
        });

    assertThat(sonarr.files(List.of(12L, 9L, 12L))).containsExactly(READ);

    assertThat(stub.asked())
        .containsExactly("GET episodefile?seriesId=12", "GET episodefile?seriesId=9");
    assertThat(sonarr.files(List.of())).isEmpty();
  }

  @Test
  void aFileThatCannotBeUsedDoesNotStopTheRest() throws Exception {
    stub.at(
        "episodefile",
        200,
        """
        [{"id": 1, "seriesId": 12, "path": "/tv/a", "size": 0},
         {"id": 2, "seriesId": 12, "path": "/tv/a", "size": -5},
         {"id": 3, "seriesId": 12, "path": "/tv/a", "size": "many"},
         {"id": 4, "seriesId": 12, "path": "a", "size": 5},
         {"id": 5, "seriesId": 12, "size": 5},
         {"id": 6, "path": "/tv/a", "size": 5},
         {"id": 7, "seriesId": 99, "path": "/tv/of another", "size": 5},
         {"id": 8, "seriesId": 12, "path": "/tv/a", "size": 99999999999999999999},
         {"id": 9, "seriesId": 12, "path": "/tv/a", "size": 1e400},
         {"id": "10", "seriesId": "12", "seasonNumber": "2", "path": "/tv/ ü\\n.mkv", "size": "5",
          "customFormatScore": "7", "quality": "WEBDL", "languages": "German", "mediaInfo": [],
          "qualityCutoffNotMet": "TRUE", "releaseGroup": null, "sceneName": "a\\u0000b"}]
        """);

    assertThat(sonarr.files(List.of(12L)))
        .containsExactly(
            new ManagedFile(10, 12, 2, "/tv/ ü\n.mkv", 5, "", 7, true, "", "", "", "", ""));
    assertThat(stub.logged()).singleElement().asString().contains("9 left out");
  }

  @Test
  void theOneLanguageOfOldServersIsAListOfOne() throws Exception {
    stub.at(
        "episodefile/1",
        200,
        "{\"id\":1,\"seriesId\":2,\"path\":\"/a\",\"size\":1,\"language\":{\"id\":4,\"name\":\"German\"}}");

    assertThat(sonarr.file(1))
        .get()
        .extracting(ManagedFile::languages)
        .isEqualTo("[{\"id\":4,\"name\":\"German\"}]");
  }

  @Test
  void aFileIsThereOrNot() throws Exception {
    stub.at("episodefile/880", 200, FILE).at("episodefile/9", 404, "{\"message\":\"NotFound\"}");

    assertThat(sonarr.file(880)).contains(READ);
    assertThat(sonarr.file(9)).isEmpty();
  }

  @Test
  void aDownloadCountsWhereItIsForAnEpisodeOfTheFile() throws Exception {
    stub.at("episode", 200, "[{\"id\":5,\"episodeFileId\":880,\"monitored\":true}]");

    assertThat(isDownloading("[]")).isFalse();
    assertThat(stub.asked()).containsExactly("GET queue/details?seriesId=12");
    assertThat(isDownloading("[{\"seriesId\":12,\"episodeId\":5}]")).isTrue();
    assertThat(stub.asked()).endsWith("GET episode?episodeFileId=880");
    assertThat(isDownloading("[{\"seriesId\":12,\"episodeId\":6}]")).isFalse();
    assertThat(isDownloading("[{\"seriesId\":13,\"episodeId\":5}]")).isFalse();
    assertThat(isDownloading("[{\"seriesId\":12}]")).as("for a season").isTrue();
    assertThat(
            isDownloading(
                "[{\"seriesId\":12,\"episodeId\":5,\"trackedDownloadState\":\"imported\"}]"))
        .isFalse();
    assertThat(
            isDownloading("[{\"seriesId\":12,\"episodeId\":5,\"trackedDownloadState\":\"new\"}]"))
        .as("a state that we do not know")
        .isTrue();
  }

  private boolean isDownloading(String queue) throws ArrFailed {
    stub.at("queue/details", 200, queue);
    return sonarr.isDownloading(READ);
  }

  @Test
  void aRescanSaysWhichSeriesAndOneWithoutItsIdIsNeverSent() throws Exception {
    stub.at(
        "command",
        201,
        "{\"id\":7,\"name\":\"RescanSeries\",\"status\":\"queued\",\"message\":\"a\\nb\"}");

    assertThat(sonarr.rescan(12)).isEqualTo(new ArrCommand(7, State.QUEUED, "a"));

    assertThat(stub.asked()).containsExactly("POST command");
    assertThat(stub.lastBody()).isEqualTo("{\"name\":\"RescanSeries\",\"seriesId\":12}");
    for (long none : new long[] {0, -1, Long.MAX_VALUE}) {
      assertThatIllegalArgumentException().isThrownBy(() -> sonarr.rescan(none));
      assertThatIllegalArgumentException().isThrownBy(() -> sonarr.rename(none, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> sonarr.rename(1, none));
      assertThatIllegalArgumentException().isThrownBy(() -> sonarr.restore(READ, none));
    }
    assertThat(stub.asked()).hasSize(1);
  }

  @Test
  void aRenameIsOfOneFile() throws Exception {
    stub.at("command", 201, "{\"id\":8,\"status\":\"started\"}");

    assertThat(sonarr.rename(12, 880).state()).isEqualTo(State.STARTED);

    assertThat(stub.lastBody())
        .isEqualTo("{\"name\":\"RenameFiles\",\"seriesId\":12,\"files\":[880]}");
  }

  @Test
  void aCommandEndsInAnyWayAndIsForgotten() throws Exception {
    stub.at("command/7", 200, "{\"id\":7,\"status\":\"orphaned\"}")
        .at("command/8", 200, "{\"id\":8,\"status\":\"quantum\"}")
        .at("command/9", 404, "{\"title\":\"Not Found\"}");

    assertThat(sonarr.command(7)).contains(new ArrCommand(7, State.ORPHANED, ""));
    assertThat(sonarr.command(8).orElseThrow().state().isOver()).isTrue();
    assertThat(sonarr.command(9)).isEmpty();
  }

  @Test
  void theNewNameLiesBelowTheFolderOfTheSeries() throws Exception {
    stub.at("series/12", 200, "{\"id\":12,\"path\":\"/tv/A Show/\"}")
        .at(
            "rename",
            200,
            """
            [{"seriesId": 12, "episodeFileId": 881, "newPath": "Season 03/other.mkv"},
             {"seriesId": 12, "episodeFileId": 880, "existingPath": "Season 03/a.mkv",
              "newPath": "Season 03/b.mkv"}]
            """);

    assertThat(sonarr.renamedTo(READ)).contains("/tv/A Show/Season 03/b.mkv");

    assertThat(stub.asked())
        .containsExactly(
            "GET rename?seriesId=12&seasonNumber=3", "GET series/12?includeSeasonImages=false");
  }

  @Test
  void aFileThatLiesWhereItShouldHasNoNewName() throws Exception {
    stub.at("rename", 200, "[]");

    assertThat(sonarr.renamedTo(READ)).isEmpty();
  }

  @Test
  void underWindowsTheNewNameIsOneOfWindows() throws Exception {
    stub.at("series/12", 200, "{\"id\":12,\"path\":\"D:\\\\tv\\\\A\"}")
        .at("rename", 200, "[{\"episodeFileId\":880,\"newPath\":\"Season 03\\\\b.mkv\"}]");

    assertThat(sonarr.renamedTo(READ)).contains("D:\\tv\\A\\Season 03\\b.mkv");
  }

  @Test
  void monitoredAreTheEpisodesOfTheFileThatSayWhetherTheyAre() throws Exception {
    stub.at(
        "episode",
        200,
        """
        [{"id": 5, "episodeFileId": 880, "monitored": true}, {"id": 6, "monitored": false},
         {"id": 7, "episodeFileId": 880}, {"id": 8, "episodeFileId": 881, "monitored": true}]
        """);

    assertThat(sonarr.monitored(READ)).isEqualTo(monitored(Set.of(5L), Set.of(6L)));
  }

  @Test
  void onlyWhatDiffersFromTheRecordIsRestored() throws Exception {
    stub.at("episode/1", 200, "{\"id\":1,\"monitored\":true}")
        .at("episode/2", 200, "{\"id\":2,\"monitored\":false}")
        .at("episode/3", 200, "{\"id\":3,\"monitored\":false}")
        .at("episode/4", 404, "{\"title\":\"Not Found\"}")
        .at("episode/monitor", 202, "[]");

    sonarr.restore(monitored(Set.of(1L), Set.of(3L, 4L)));
    assertThat(stub.asked()).noneMatch(line -> line.startsWith("PUT"));
    sonarr.restore(monitored(Set.of(1L, 2L, 4L), Set.of(3L)));

    assertThat(stub.asked()).filteredOn(line -> line.startsWith("PUT")).hasSize(1);
    assertThat(stub.server().asked())
        .anySatisfy(
            asked -> assertThat(asked.body()).isEqualTo("{\"monitored\":true,\"episodeIds\":[2]}"));
  }

  @Test
  void ofTheRecordOnlyWhatWasRecordedIsWritten() throws Exception {
    stub.at("episodefile/bulk", 202, "[]");

    sonarr.restore(READ, 990);

    assertThat(stub.asked()).containsExactly("PUT episodefile/bulk");
    assertThat(new com.fasterxml.jackson.databind.ObjectMapper().readTree(stub.lastBody()))
        .isEqualTo(
            new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(
                    """
                    [{"id": 990, "releaseGroup": "GRP", "sceneName": "A.Show.S03E01.1080p-GRP",
                      "quality": {"quality": {"id": 3, "name": "WEBDL-1080p"}, "revision": {"version": 1}},
                      "languages": [{"id": 1, "name": "English"}]}]
                    """));
    sonarr.restore(
        new ManagedFile(1, 1, 0, "/a", 1, "", 0, false, "", "[]", "", "", "no movie"), 991);
    assertThat(stub.asked()).as("nothing was recorded").hasSize(1);
  }

  @Test
  void settingsThatMatterAreRead() throws Exception {
    stub.at(
            "config/mediamanagement",
            200,
            """
            {"autoUnmonitorPreviouslyDownloadedEpisodes": true, "recycleBin": "/bin",
             "rescanAfterRefresh": "afterManual", "enableMediaInfo": false}
            """)
        .at("config/naming", 200, "{\"renameEpisodes\":true}")
        .at(
            "customformat",
            200,
            "[{\"id\":1,\"name\":\"No av1 please\"},{\"id\":2,\"name\":\"DAV1D\"}]")
        .at(
            "qualityprofile",
            200,
            """
            [{"name": "hit", "upgradeAllowed": true, "formatItems": [{"format": 1, "score": -100}]},
             {"name": "named", "upgradeAllowed": true,
              "formatItems": [{"format": 9, "name": "AV1 (x)", "score": "5"}]},
             {"name": "no score", "upgradeAllowed": true, "formatItems": [{"format": 1, "score": 0}]},
             {"name": "no upgrades", "formatItems": [{"format": 1, "score": 5}]},
             {"name": "another", "upgradeAllowed": true, "formatItems": [{"format": 2, "score": 5}]},
             {"name": "odd", "upgradeAllowed": true, "formatItems": {"format": 1}}]
            """);

    assertThat(sonarr.settings())
        .isEqualTo(
            new ArrSettings("/bin", true, "afterManual", false, true, List.of("hit", "named")));
  }

  @Test
  void serversWithoutCustomFormatsHaveSettingsToo() throws Exception {
    stub.at("config/mediamanagement", 200, "{}")
        .at("config/naming", 200, "{}")
        .at("customformat", 404, "{\"message\":\"NotFound\"}")
        .at("qualityprofile", 200, "[]");

    assertThat(sonarr.settings())
        .isEqualTo(new ArrSettings("", false, "always", true, false, List.of()));
  }

  @Test
  void historyIsToldOldestFirstInOurWords() throws Exception {
    stub.at(
        "history/since",
        200,
        """
        [{"id": 4, "seriesId": 12, "date": "2026-06-01T10:11:14.5Z", "eventType": "episodeFileRenamed",
          "sourceTitle": "/tv/a.mkv", "data": {"sourcePath": "/tv/a.mkv", "path": "/tv/b.mkv"}},
         {"id": 3, "seriesId": 12, "date": "2026-06-01T10:11:13Z", "eventType": "downloadFolderImported",
          "sourceTitle": "A.Show-GRP", "data": {"importedPath": "/tv/a.mkv", "droppedPath": "/d/a"}},
         {"id": 5, "seriesId": 12, "date": "2026-06-01T10:11:15Z", "eventType": "episodeFileDeleted"},
         {"id": 6, "seriesId": 12, "date": "2026-06-01T10:11:16Z", "eventType": "downloadIgnored",
          "data": null},
         {"id": 7, "seriesId": 12, "date": "yesterday", "eventType": "grabbed"},
         {"id": 8, "date": "2026-06-01T10:11:16Z", "eventType": "grabbed"}]
        """);

    List<HistoryEvent> events =
        sonarr.historySince(Instant.parse("2026-06-01T10:11:12.123456789Z"));

    assertThat(stub.asked()).containsExactly("GET history/since?date=2026-06-01T10%3A11%3A12Z");
    assertThat(events)
        .extracting(HistoryEvent::kind)
        .containsExactly(
            HistoryEvent.Kind.IMPORTED,
            HistoryEvent.Kind.FILE_RENAMED,
            HistoryEvent.Kind.FILE_DELETED,
            HistoryEvent.Kind.OTHER);
    assertThat(events)
        .extracting(HistoryEvent::path)
        .containsExactly("/tv/a.mkv", "/tv/b.mkv", "", "");
    assertThat(events.getFirst().release()).isEqualTo("A.Show-GRP");
  }
}
