package dev.reencodarr.activities.sync.arr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.watching.StubServer;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Monitored;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What real servers have answered is understood, and what is asked stands in their documents. */
class VendorDataTest {

  private static final String CAPTURED = "payloads/api-captured-pyarr/";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void filesOfARealSonarrOf2022AreRead() throws Exception {
    String files = VendorData.text(CAPTURED + "sonarr-v3era-episodefile-list.json");
    try (ArrStub stub = new ArrStub(ArrKind.SONARR)) {
      stub.at("episodefile", 200, files);

      assertThat(stub.client().files(List.of(1L)))
          .hasSize(2)
          .first()
          .isEqualTo(
              new ManagedFile(
                  1,
                  1,
                  1,
                  "/tv/folder/file.mkv",
                  1_844_044_894L,
                  "x264",
                  0,
                  false,
                  JSON.readTree(files).path(0).path("quality").toString(),
                  "[{\"id\":1,\"name\":\"English\"}]",
                  "",
                  "",
                  ""));
    }
  }

  @Test
  void aFileOfARealRadarrIsReadOnceItsPathIsOne() throws Exception {
    String files = VendorData.text(CAPTURED + "radarr-moviefile-list.json");
    try (ArrStub stub = new ArrStub(ArrKind.RADARR)) {
      stub.at("moviefile", 200, files);
      assertThat(stub.client().files(List.of(17L))).as("its path was blanked").isEmpty();
      stub.at("moviefile", 200, files.replace("\"path\": \"string\"", "\"path\": \"/films/a\""));

      assertThat(stub.client().files(List.of(17L)))
          .singleElement()
          .satisfies(file -> {
            assertThat(file.title()).isEqualTo(17);
            assertThat(file.size()).isEqualTo(5_536_497_109L);
            assertThat(file.videoCodec()).isEqualTo("x264");
            assertThat(file.languages()).isEqualTo("[{\"id\":1,\"name\":\"English\"}]");
          });
    }
  }

  @Test
  void aCommandOfARealSonarrIsRead() throws Exception {
    String command = VendorData.text(CAPTURED + "sonarr-command.json");
    try (ArrStub stub = new ArrStub(ArrKind.SONARR)) {
      stub.at("command/4327826", 200, command);

      assertThat(stub.client().command(4_327_826))
          .contains(new ArrCommand(4_327_826, ArrCommand.State.COMPLETED, ""));
    }
  }

  // --- what is asked ---------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(ArrKind.class)
  void everythingThatIsAskedStandsInTheVendorsDocument(ArrKind kind) throws Exception {
    JsonNode document = VendorData.json("openapi/" + kind.code() + "-v3.subset.json");
    try (ArrStub stub = new ArrStub(kind)) {
      askEverything(stub);

      assertThat(stub.server().asked()).hasSizeGreaterThan(18);
      for (StubServer.Asked asked : stub.server().asked()) {
        judge(document, asked);
      }
    }
  }

  private static void askEverything(ArrStub stub) throws ArrFailed {
    String title = "{\"id\":1,\"path\":\"/a\",\"monitored\":false}";
    String file = "{\"id\":1,\"seriesId\":1,\"movieId\":1,\"path\":\"/a/b\",\"size\":5}";
    for (String list :
        List.of(
            "rootfolder series movie episodefile moviefile qualityprofile customformat history/since"
                .split(" "))) {
      stub.at(list, 200, "[]");
    }
    stub.at("system/status", 200, "{\"appName\":\"x\"}")
        .at("config/mediamanagement", 200, "{}")
        .at("config/naming", 200, "{}")
        .at("series/1", 200, title)
        .at("movie/1", 200, title)
        .at("episode/1", 200, title)
        .at("episodefile/1", 200, file)
        .at("moviefile/1", 200, file)
        .at("episode", 200, "[{\"id\":1,\"monitored\":true}]")
        .at("queue/details", 200, "[{\"id\":1,\"seriesId\":1,\"movieId\":1,\"episodeId\":1}]")
        .at("rename", 200, "[{\"episodeFileId\":1,\"movieFileId\":1,\"newPath\":\"c\"}]")
        .at("command", 201, "{\"id\":1}")
        .at("command/1", 200, "{\"id\":1}")
        .at("episode/monitor", 202, "")
        .at("movie/editor", 202, "")
        .at("episodefile/bulk", 202, "")
        .at("moviefile/bulk", 202, "");
    ManagedFile recorded =
        new ManagedFile(
            1, 1, 0, "/a/b", 5, "", 0, false, "{\"quality\":{}}", "[{}]", "g", "s", "e");
    ArrClient client = stub.client();
    client.status();
    client.rootFolders();
    client.titles(_ -> {});
    client.title(1);
    client.files(List.of(1L, 2L));
    client.file(1);
    client.isDownloading(recorded);
    client.rescan(1);
    client.rename(1, 1);
    client.command(1);
    client.renamedTo(recorded);
    client.monitored(recorded);
    client.restore(new Monitored(new TreeSet<>(List.of(1L)), new TreeSet<>()));
    client.restore(recorded, 1);
    client.settings();
    client.historySince(Instant.EPOCH);
  }

  private static void judge(JsonNode document, StubServer.Asked asked) throws Exception {
    String method = asked.line().substring(0, asked.line().indexOf(' '));
    URI uri = URI.create(asked.line().substring(method.length() + 1));
    JsonNode operation = operation(document, uri.getPath()).path(method.toLowerCase(Locale.ROOT));
    assertThat(operation.isObject()).as(asked.line()).isTrue();
    assertThat(queryNames(uri)).as(asked.line()).isSubsetOf(parameters(operation));
    if (!asked.body().isEmpty()) {
      judgeBody(document, operation, asked);
    }
  }

  private static JsonNode operation(JsonNode document, String asked) {
    String path = asked.replace("/base/", "/");
    Map<String, JsonNode> paths =
        document.path("paths").properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    String template = path.replaceFirst("/\\d+$", "/{id}");
    return paths.getOrDefault(path, paths.getOrDefault(template, JSON.createArrayNode()));
  }

  private static Set<String> queryNames(URI uri) {
    return uri.getRawQuery() == null
        ? Set.of()
        : Stream.of(uri.getRawQuery().split("&"))
            .map(pair -> pair.replaceFirst("=.*", ""))
            .collect(Collectors.toSet());
  }

  private static Set<String> parameters(JsonNode operation) {
    return StreamSupport.stream(operation.path("parameters").spliterator(), false)
        .filter(parameter -> parameter.path("in").asText().equals("query"))
        .map(parameter -> parameter.path("name").asText())
        .collect(Collectors.toSet());
  }

  private static void judgeBody(JsonNode document, JsonNode operation, StubServer.Asked asked)
      throws Exception {
    JsonNode body = JSON.readTree(asked.body());
    JsonNode schema =
        operation.path("requestBody").path("content").path("application/json").path("schema");
    assertThat(body.isArray()).isEqualTo(schema.path("type").asText().equals("array"));
    JsonNode one = body.isArray() ? body.path(0) : body;
    String name =
        (body.isArray() ? schema.path("items") : schema)
            .path("$ref")
            .asText()
            .replaceFirst(".*/", "");
    Set<String> known =
        document
            .path("components")
            .path("schemas")
            .path(name)
            .path("properties")
            .properties()
            .stream()
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    if (name.equals("CommandResource")) {
      // Their document does not know the arguments of its commands.
      known.addAll(Set.of("seriesId", "movieId", "files"));
    }
    assertThat(one.properties().stream().map(Map.Entry::getKey)).as(asked.line()).isSubsetOf(known);
  }
}
