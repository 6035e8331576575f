package dev.reencodarr.activities.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.fakearr.FakeArr;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.MediaInfo;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.ConnectionCheck;
import dev.reencodarr.workflows.sync.ConnectionCheck.Weight;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionLookTest {

  private final Database database = TestDatabase.fresh();
  @TempDir private Path folder;
  private KeptKeyClients clients;
  private ConnectionLook look;
  private ArrAtHome sonarr;
  private Title dark;
  private MediaFile file;

  @BeforeEach
  void prepare() throws IOException {
    clients = new KeptKeyClients(database, folder.resolve("home"));
    look = new ConnectionLook(database, clients);
    sonarr = ArrAtHome.sonarr(folder.resolve("tv"));
    dark = sonarr.title("Dark");
    file = sonarr.episode(dark, 1, 10);
    sonarr.arr().library().change(settings -> settings.withRecycleBin("/bin"));
  }

  /** A look changes nothing. */
  @AfterEach
  void close() {
    assertThat(sonarr.arr().requests().all()).allMatch(request -> request.method().equals("GET"));
    clients.close();
    sonarr.close();
  }

  private ConnectionCheck check(Connection connection) {
    return look.check(connection.wholeSync());
  }

  private ConnectionCheck check() throws Exception {
    return check(sonarr.connection(database, folder.resolve("home")));
  }

  private ConnectionCheck check(PathMap paths) throws Exception {
    return check(sonarr.connection(database, folder.resolve("home"), "mapped", paths));
  }

  private ConnectionCheck check(ArrKind kind, String url, String key) throws Exception {
    return check(
        ArrAtHome.connection(
            database, folder.resolve("home"), "odd", kind, URI.create(url), key, PathMap.NONE));
  }

  private static List<String> lines(ConnectionCheck check, Weight weight) {
    return check.findings().stream()
        .filter(finding -> finding.weight() == weight)
        .map(ConnectionCheck.Finding::line)
        .toList();
  }

  private static List<String> bad(ConnectionCheck check) {
    return lines(check, Weight.BAD);
  }

  private static List<String> warnings(ConnectionCheck check) {
    return lines(check, Weight.WARNING);
  }

  @Test
  void aConnectionThatIsAsItShouldBeIsGood() throws Exception {
    ConnectionCheck check = check();

    assertThat(bad(check)).isEmpty();
    assertThat(warnings(check)).isEmpty();
    assertThat(lines(check, Weight.GOOD)).hasSize(3);
    assertThat(check.roots()).containsExactly(new MediaPath(sonarr.media().toString()));
  }

  @Test
  void swappedAddressesAreSaid() throws Exception {
    ConnectionCheck check = check(ArrKind.RADARR, sonarr.arr().url() + "/", FakeArr.KEY);

    assertThat(bad(check))
        .singleElement()
        .asString()
        .contains("what answers there is Sonarr, not Radarr", "swapped");
    assertThat(check.roots()).isEmpty();
  }

  @Test
  void aWrongKeyIsSaidAndNotShown() throws Exception {
    String key = "ffffffffffffffffffffffffffffffff";
    ConnectionCheck check = check(ArrKind.SONARR, sonarr.arr().url() + "/", key);

    assertThat(bad(check))
        .singleElement()
        .asString()
        .contains("refuses the key (401)")
        .doesNotContain(key);
  }

  @Test
  void anAddressWithoutTheUrlBaseIsSaid() throws Exception {
    try (FakeArr based = FakeArr.start(dev.reencodarr.fakearr.library.ArrKind.SONARR, "/sonarr")) {
      String bare = based.url().toString().replace("/sonarr", "/");
      ConnectionCheck without = check(ArrKind.SONARR, bare, FakeArr.KEY);
      assertThat(without.findings())
          .anyMatch(it -> it.weight() != Weight.GOOD && it.line().contains("URL base"));
      assertThat(based.requests().all()).allMatch(request -> request.method().equals("GET"));
    }
  }

  @Test
  void anAddressWithAPathThatIsNoUrlBaseIsSaid() throws Exception {
    try (FakeArr plain = FakeArr.sonarr()) {
      ConnectionCheck check = check(ArrKind.SONARR, plain.url() + "/tv/", FakeArr.KEY);

      assertThat(bad(check)).singleElement().asString().contains("URL base");
    }
  }

  @Test
  void nobodyAtTheAddressIsSaid() throws Exception {
    String url = sonarr.arr().url() + "/";
    sonarr.arr().stop();

    assertThat(bad(check(ArrKind.SONARR, url, FakeArr.KEY))).hasSize(1);
  }

  @Test
  void oneThatIsStartingIsSaid() throws Exception {
    sonarr.arr().startingUp(true);

    assertThat(bad(check())).singleElement().asString().contains("not ready");
  }

  @Test
  void aMissingMappingIsSaidWithTheWayOut() throws Exception {
    sonarr.arr().library().addTitleInMemory("Away", 2000, "/data/tv/Away");

    ConnectionCheck check = check();

    assertThat(bad(check)).singleElement().asString().contains("/data/tv", "--path OURS=THEIRS");
    assertThat(check.roots()).hasSize(1);
  }

  @Test
  void aMappingThatIsWrongByOneFolderShowsWithTheFirstFile() throws Exception {
    Files.createDirectories(folder.resolve("wrong"));

    ConnectionCheck check =
        check(
            new PathMap(
                List.of(
                    new PathMap.Rule(
                        folder.resolve("wrong").toString(), sonarr.media().toString()))));

    assertThat(bad(check))
        .singleElement()
        .asString()
        .contains("a file of its is not there for us", "wrong/Dark/Season 01");
  }

  @Test
  void aFileOfAnotherSizeIsSaid() throws Exception {
    sonarr.arr().library().changeFile(file.id(), it -> it.looked(11, MediaInfo.of("x264")));

    assertThat(warnings(check())).singleElement().asString().contains("has 10 bytes, and 11");
  }

  @Test
  void oneWithoutAFileSaysThatNothingCouldBeCompared() throws Exception {
    sonarr.arr().library().remove(file);

    assertThat(warnings(check())).singleElement().asString().contains("no file yet");
  }

  @Test
  void aMappedPathThatIsRightIsGood() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("seen"), sonarr.media());
    ConnectionCheck check =
        check(new PathMap(List.of(new PathMap.Rule(link.toString(), sonarr.media().toString()))));

    assertThat(bad(check)).isEmpty();
    assertThat(check.roots())
        .as("libraries are known by their real folder")
        .containsExactly(new MediaPath(sonarr.media().toRealPath().toString()));
  }

  @Test
  void eachSettingThatHurtsIsSaid() throws Exception {
    sonarr
        .arr()
        .library()
        .change(settings ->
            settings
                .withRecycleBin("")
                .unmonitoringDeleted(true)
                .readingMediaInfo(false)
                .withRescanAfterRefresh("never"));
    sonarr.arr().library().addFormat("AV1", "\\bAV1\\b", 50);

    assertThat(warnings(check()))
        .hasSize(5)
        .anyMatch(line -> line.startsWith("it stops to monitor"))
        .anyMatch(line -> line.startsWith("it does not look into files"))
        .anyMatch(line -> line.startsWith("it rescans folders never"))
        .anyMatch(line -> line.startsWith("it has no recycle bin"))
        .anyMatch(line -> line.startsWith("quality profile HD-1080p allows upgrades"));
  }
}
