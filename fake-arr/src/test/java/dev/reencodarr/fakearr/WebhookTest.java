package dev.reencodarr.fakearr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.Settings;
import dev.reencodarr.fakearr.webhook.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebhookTest {

  @TempDir private Path root;

  /** What our own set-up will send: the schema's entry, filled in. */
  private static ObjectNode wanted(Stage stage, Hearer hearer) throws Exception {
    JsonNode schema = stage.asker().get("notification/schema").json();
    ObjectNode json =
        schema
            .valueStream()
            .filter(one -> one.path("implementation").asText().equals("Webhook"))
            .map(ObjectNode.class::cast)
            .findFirst()
            .orElseThrow();
    json.put("name", "ours");
    for (JsonNode field : json.path("fields")) {
      switch (field.path("name").asText()) {
        case "url" -> ((ObjectNode) field).put("value", hearer.url());
        case "headers" ->
            ((ObjectNode) field)
                .putArray("value")
                .addObject()
                .put("key", "X-Secret")
                .put("value", "s3cret");
        default -> {}
      }
    }
    for (String flag : List.copyOf(names(json))) {
      if (flag.startsWith("on")) {
        json.put(flag, true);
      }
    }
    return json;
  }

  private static List<String> names(ObjectNode json) {
    return json.propertyStream().map(java.util.Map.Entry::getKey).toList();
  }

  private static long setUp(Stage stage, Hearer hearer) throws Exception {
    Asker.Answer saved = stage.asker().post("notification", wanted(stage, hearer).toString());
    assertThat(saved.status()).as(saved.body()).isEqualTo(201);
    return saved.json().path("id").asLong();
  }

  private static void upgrade(Stage stage) throws IOException {
    String release =
        stage.fake().kind().isSonarr()
            ? "Dark.S01E01.2160p.WEB-DL.x265-NEW"
            : "Heat.1995.2160p.BluRay.x265-NEW";
    var item = stage.fake().downloads().grab(stage.title().id(), release);
    Path path = stage.path().resolveSibling(release + ".mkv");
    Stage.write(path, 2000);
    var _ = stage.fake().downloads().imported(item, path);
  }

  @ParameterizedTest
  @EnumSource
  void savingSendsATestWithItsHeadersAndFailsIfThatFails(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root);
        Hearer hearer = new Hearer()) {
      hearer.answers(500);
      Asker.Answer refused = stage.asker().post("notification", wanted(stage, hearer).toString());
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.json().get(0).path("propertyName").asText()).isEqualTo("Url");
      assertThat(stage.asker().get("notification").json()).isEmpty();

      hearer.answers(204);
      long id = setUp(stage, hearer);

      assertThat(hearer.events()).containsExactly("Test", "Test");
      assertThat(hearer.secrets()).containsOnly("s3cret");
      JsonNode saved = stage.asker().get("notification/" + id).json();
      assertThat(stage.asker().put("notification/" + id, saved.toString()).status()).isEqualTo(202);
      assertThat(stage.asker().post("notification/test", saved.toString()).status()).isEqualTo(200);
      assertThat(stage.asker().delete("notification/" + id).status()).isEqualTo(200);
      assertThat(stage.asker().get("notification/" + id).status()).isEqualTo(404);
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUpgradeIsToldAsADownload(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root);
        Hearer hearer = new Hearer()) {
      setUp(stage, hearer);
      upgrade(stage);

      assertThat(hearer.events())
          .isEqualTo(
              kind.isSonarr()
                  ? List.of("Test", "EpisodeFileDelete", "Download", "Download")
                  : List.of("Test", "MovieFileDelete", "Download"));
      JsonNode deleted = hearer.heard().get(1);
      assertThat(deleted.path("deleteReason").asText()).isEqualTo("upgrade");
      JsonNode download = hearer.heard().get(2);
      assertThat(download.path("isUpgrade").asBoolean()).isTrue();
      assertThat(download.path("deletedFiles").get(0).path("id").asLong())
          .isEqualTo(stage.file().id());
      JsonNode file = download.path(kind.isSonarr() ? "episodeFile" : "movieFile");
      assertThat(file.path("quality").isTextual()).isTrue();
      assertThat(file.path("mediaInfo").path("audioLanguages").isArray()).isTrue();
      assertThat(stage.path()).doesNotExist();
      if (kind.isSonarr()) {
        assertThat(hearer.last().path("episodeFiles")).hasSize(1);
        assertThat(hearer.last().path("fileCount").asInt()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutItsFlagAnUpgradeIsNotTold(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root);
        Hearer hearer = new Hearer()) {
      ObjectNode json = wanted(stage, hearer);
      json.put("onUpgrade", false).put("onImportComplete", false);
      json.put(kind.isSonarr() ? "onEpisodeFileDelete" : "onMovieFileDelete", false);
      if (!kind.isSonarr()) {
        json.remove("onImportComplete");
      }
      stage.asker().post("notification", json.toString());

      upgrade(stage);

      assertThat(hearer.events()).containsExactly("Test");
      stage.assertJudged();
    }
  }

  @ParameterizedTest
  @EnumSource
  void renamesAndLossesAreToldAndWhatAScanTakesInIsNot(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root);
        Hearer hearer = new Hearer()) {
      setUp(stage, hearer);
      stage.fake().library().change((Settings s) -> s.renamingBy("{Release Group} S01E01"));
      stage.rename();
      JsonNode renamed =
          hearer.last().path(kind.isSonarr() ? "renamedEpisodeFiles" : "renamedMovieFiles");
      assertThat(renamed.get(0).path("previousRelativePath").asText())
          .isEqualTo(stage.file().relativePath());

      Path at = Path.of(stage.title().pathOf(stage.now().orElseThrow()));
      Files.move(at, Path.of(at.toString().replace(".mkv", ".mp4")));
      stage.rescan();
      stage.fake().announce(1);
      stage.fake().removeTitle(1);

      assertThat(hearer.events())
          .isEqualTo(
              kind.isSonarr()
                  ? List.of("Test", "Rename", "EpisodeFileDelete", "SeriesAdd", "SeriesDelete")
                  : List.of("Test", "Rename", "MovieFileDelete", "MovieAdded", "MovieDelete"));
      assertThat(hearer.heard().get(2).path("deleteReason").asText()).isEqualTo("missingFromDisk");
      assertThat(hearer.last().path("deletedFiles").isBoolean()).isTrue();
    }
  }

  @Test
  void whatIsNotTakenIsLostAndSoIsWhatComesWhileItIsLeftAlone() throws Exception {
    try (Stage stage = Stage.of(ArrKind.RADARR, root);
        Hearer hearer = new Hearer()) {
      setUp(stage, hearer);
      hearer.answers(500);
      stage.fake().announce(1);
      hearer.answers(200);
      stage.fake().announce(1);
      stage.fake().letPass(Duration.ofSeconds(61));
      stage.fake().announce(1);

      assertThat(stage.fake().webhooks().deliveries("MovieAdded"))
          .extracting(Delivery::outcome)
          .containsExactly(
              Delivery.Outcome.REFUSED, Delivery.Outcome.BLOCKED, Delivery.Outcome.TAKEN);
      assertThat(hearer.events()).containsExactly("Test", "MovieAdded", "MovieAdded");
    }
  }

  @Test
  void theWaitGrowsWithEachRefusal() throws Exception {
    try (Stage stage = Stage.of(ArrKind.RADARR, root);
        Hearer hearer = new Hearer()) {
      setUp(stage, hearer);
      stage.fake().webhooks().backOff(Duration.ofSeconds(1), Duration.ofHours(1));
      hearer.answers(500);
      stage.fake().announce(1);
      stage.fake().letPass(Duration.ofSeconds(2));
      stage.fake().announce(1);
      stage.fake().letPass(Duration.ofMinutes(59));
      stage.fake().announce(1);

      assertThat(stage.fake().webhooks().deliveries("MovieAdded").getLast().outcome())
          .isEqualTo(Delivery.Outcome.BLOCKED);
    }
  }

  @Test
  void aTestLosesDoublesReordersAndRepeatsThem() throws Exception {
    try (Stage stage = Stage.of(ArrKind.RADARR, root);
        Hearer hearer = new Hearer()) {
      setUp(stage, hearer);
      stage.fake().webhooks().dropNext(1);
      stage.fake().announce(1);
      assertThat(hearer.events()).containsExactly("Test");
      assertThat(stage.fake().webhooks().deliveries().getLast().outcome())
          .isEqualTo(Delivery.Outcome.DROPPED);

      stage.fake().webhooks().sendAgain(stage.fake().webhooks().deliveries().getLast());
      assertThat(hearer.events()).containsExactly("Test", "MovieAdded");

      stage.fake().webhooks().doubleNext(1);
      stage.fake().announce(1);
      assertThat(hearer.events()).hasSize(4);

      stage.fake().webhooks().sendAnything("Health", "{\"eventType\":\"Health\"}");
      assertThat(hearer.events().getLast()).isEqualTo("Health");

      stage.fake().webhooks().collect();
      upgrade(stage);
      assertThat(hearer.events()).hasSize(5);
      stage.fake().webhooks().sendCollected(true);
      assertThat(hearer.events().subList(5, 7)).containsExactly("Download", "MovieFileDelete");
    }
  }

  @Test
  void tagsSayWhoseEventsAreTold() throws Exception {
    try (Stage stage = Stage.of(ArrKind.SONARR, root);
        Hearer hearer = new Hearer()) {
      long tag = stage.fake().library().addTag("encode");
      ObjectNode json = wanted(stage, hearer);
      json.putArray("tags").add(tag);
      stage.asker().post("notification", json.toString());

      stage.fake().announce(1);
      assertThat(hearer.events()).containsExactly("Test");
      stage.fake().library().changeTitle(1, title -> title.withTags(Set.of(tag)));
      stage.fake().announce(1);
      assertThat(hearer.last().path("series").path("tags").get(0).asText()).isEqualTo("encode");
    }
  }
}
