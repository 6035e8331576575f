package dev.reencodarr.activities.sync.arr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.watching.StubServer;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Monitored;
import dev.reencodarr.workflows.sync.Title;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RadarrClientTest {

  private static final ManagedFile FILE =
      new ManagedFile(
          1201, 42, 0, "/films/A/a.mkv", 5, "", 0, false, "", "", "", "", "Director's Cut");

  private final ArrStub stub = new ArrStub(ArrKind.RADARR);
  private final ArrClient radarr = stub.client();

  @AfterEach
  void close() {
    stub.close();
  }

  private static Monitored monitored(Set<Long> on, Set<Long> off) {
    return new Monitored(new TreeSet<>(on), new TreeSet<>(off));
  }

  @Test
  void moviesAreReadWithoutTheirCovers() throws Exception {
    stub.at(
        "movie",
        200,
        """
        [{"id": 42, "title": "A", "path": "/films/A", "monitored": true, "hasFile": true,
          "qualityProfileId": 1, "tags": [2], "ended": true, "status": "released"},
         {"id": 43, "title": "B", "path": "/films/B", "hasFile": false},
         {"id": 44, "title": "C", "path": "/films/C", "movieFileId": 0},
         {"id": 45, "title": "D", "path": "/films/D"}]
        """);
    List<Title> titles = new ArrayList<>();

    radarr.titles(titles::add);

    assertThat(stub.asked()).containsExactly("GET movie?excludeLocalCovers=true");
    assertThat(titles.getFirst())
        .isEqualTo(new Title(42, "A", "/films/A", true, false, 1, Set.of(2L), 1));
    assertThat(titles).extracting(Title::files).containsExactly(1, 0, 0, 1);
  }

  @Test
  void filesAreAskedForByTheHundred() throws Exception {
    stub.at(
        "moviefile",
        exchange ->
            StubServer.send(
                exchange,
                200,
                Stream.of(exchange.getRequestURI().getQuery().split("&"))
                    .map(pair -> pair.replace("movieId=", ""))
                    .map(id ->
                        "{\"id\":1%s,\"movieId\":%s,\"path\":\"/films/%s\",\"size\":5}"
                            .formatted(id, id, id))
                    .collect(Collectors.joining(",", "[", "]"))));

    List<ManagedFile> files = radarr.files(LongStream.rangeClosed(1, 250).boxed().toList());

    assertThat(files).hasSize(250);
    assertThat(stub.asked()).hasSize(3);
    assertThat(stub.asked().getFirst())
        .startsWith("GET moviefile?movieId=1&movieId=2&")
        .endsWith("&movieId=100");
    assertThat(radarr.files(List.of())).isEmpty();
    assertThat(stub.asked()).hasSize(3);
  }

  @Test
  void aMovieThatDownloadsIsTold() throws Exception {
    stub.at("queue/details", 200, "[{\"id\":1,\"movieId\":42,\"status\":\"downloading\"}]");
    assertThat(radarr.isDownloading(FILE)).isTrue();
    stub.at("queue/details", 200, "[{\"id\":1,\"movieId\":41}]");
    assertThat(radarr.isDownloading(FILE)).isFalse();

    assertThat(stub.asked().getFirst()).isEqualTo("GET queue/details?movieId=42");
  }

  @Test
  void commandsNameTheMovie() throws Exception {
    stub.at("command", 201, "{\"id\":8,\"status\":\"queued\"}");

    radarr.rescan(42);
    assertThat(stub.lastBody()).isEqualTo("{\"name\":\"RescanMovie\",\"movieId\":42}");
    radarr.rename(42, 1201);
    assertThat(stub.lastBody())
        .isEqualTo("{\"name\":\"RenameFiles\",\"movieId\":42,\"files\":[1201]}");
  }

  @Test
  void theNewNameLiesBelowTheFolderOfTheMovie() throws Exception {
    stub.at("movie/42", 200, "{\"id\":42,\"path\":\"/films/A\"}")
        .at("rename", 200, "[{\"movieId\":42,\"movieFileId\":1201,\"newPath\":\"b.mkv\"}]");

    assertThat(radarr.renamedTo(FILE)).contains("/films/A/b.mkv");

    assertThat(stub.asked().getFirst()).isEqualTo("GET rename?movieId=42");
  }

  @Test
  void aMovieIsRestoredToWhatItWasAndNeverBlindly() throws Exception {
    stub.at("movie/42", 200, "{\"id\":42,\"path\":\"/films/A\",\"monitored\":false}")
        .at("movie/editor", 202, "[]");

    assertThat(radarr.monitored(FILE)).isEqualTo(monitored(Set.of(), Set.of(42L)));
    radarr.restore(monitored(Set.of(), Set.of(42L)));
    assertThat(stub.asked()).noneMatch(line -> line.startsWith("PUT"));

    radarr.restore(monitored(Set.of(42L), Set.of()));
    assertThat(stub.asked()).endsWith("PUT movie/editor");
    assertThat(stub.lastBody()).isEqualTo("{\"monitored\":true,\"movieIds\":[42]}");
  }

  @Test
  void whatIsNotSaidOfAMovieIsNotRecorded() throws Exception {
    stub.at("movie/42", 200, "{\"id\":42,\"path\":\"/films/A\"}");

    assertThat(radarr.monitored(FILE)).isEqualTo(monitored(Set.of(), Set.of()));
  }

  @Test
  void anEditionIsWrittenIntoTheNewFileByABulkChange() throws Exception {
    stub.at("moviefile/bulk", 202, "[]");

    radarr.restore(FILE, 1300);

    assertThat(stub.asked()).containsExactly("PUT moviefile/bulk");
    assertThat(stub.lastBody()).isEqualTo("[{\"id\":1300,\"edition\":\"Director's Cut\"}]");
  }

  @Test
  void settingsOfRadarrHaveNamesOfTheirOwn() throws Exception {
    stub.at(
            "config/mediamanagement",
            200,
            "{\"autoUnmonitorPreviouslyDownloadedMovies\":true,\"rescanAfterRefresh\":\"never\"}")
        .at("config/naming", 200, "{\"renameMovies\":true}")
        .at("customformat", 200, "[]")
        .at("qualityprofile", 200, "[]");

    assertThat(radarr.settings())
        .isEqualTo(new ArrSettings("", true, "never", true, true, List.of()));
  }

  @Test
  void itsHistoryIsToldInTheSameWords() throws Exception {
    stub.at(
        "history/since",
        200,
        Stream.of("movieFileDeleted", "movieFileRenamed", "grabbed", "downloadFailed", "6")
            .map(
                "{\"id\":1,\"movieId\":42,\"date\":\"2026-06-01T10:11:12Z\",\"eventType\":\"%s\"}"
                    ::formatted)
            .collect(Collectors.joining(",", "[", "]")));

    assertThat(radarr.historySince(Instant.EPOCH))
        .extracting(HistoryEvent::kind)
        .containsExactly(
            HistoryEvent.Kind.FILE_DELETED,
            HistoryEvent.Kind.FILE_RENAMED,
            HistoryEvent.Kind.GRABBED,
            HistoryEvent.Kind.DOWNLOAD_FAILED,
            HistoryEvent.Kind.OTHER);
  }
}
