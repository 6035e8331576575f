package dev.reencodarr.activities.sync.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reencodarr.workflows.sync.ArrKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

  /** What real servers sent; third-party data that is not part of the project. */
  private static final Path CAPTURED =
      Path.of("../../shared/arr/payloads/webhooks-captured-2021-zulip");

  private final EventReader reader = new EventReader();

  private Heard read(ArrKind kind, String body) {
    return reader.read(kind, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "sonarr-download-upgrade.json, SONARR, 7",
    "sonarr-episodefiledelete-upgrade.TRIMMED.json, SONARR, 0",
    "sonarr-rename.json, SONARR, 85",
    "sonarr-seriesdelete.json, SONARR, 90",
    "sonarr-test.json, SONARR, 0",
    "radarr-download-upgrade.json, RADARR, 771",
    "radarr-health.json, RADARR, 0",
    "radarr-moviedelete.json, RADARR, 796",
    "radarr-moviefiledelete.json, RADARR, 779",
    "radarr-rename.json, RADARR, 779",
    "radarr-test.json, RADARR, 0",
  })
  void whatRealServersHaveSentIsUnderstood(String file, ArrKind kind, long title)
      throws IOException {
    assumeTrue(Files.isDirectory(CAPTURED), "NOT CHECKED: there is no " + CAPTURED);
    byte[] body = Files.readAllBytes(CAPTURED.resolve(file));

    assertThat(reader.read(kind, body))
        .isEqualTo(title == 0 ? new Heard.OfNoUse() : new Heard.Touched(title));
    ArrKind other = kind == ArrKind.SONARR ? ArrKind.RADARR : ArrKind.SONARR;
    assertThat(reader.read(other, body)).isEqualTo(new Heard.OfNoUse());
  }

  @ParameterizedTest
  @CsvSource({
    "SONARR, Download, series",
    "SONARR, Rename, series",
    "SONARR, EpisodeFileDelete, series",
    "SONARR, SeriesAdd, series",
    "SONARR, SeriesDelete, series",
    "RADARR, Download, movie",
    "RADARR, Rename, movie",
    "RADARR, MovieFileDelete, movie",
    "RADARR, MovieAdded, movie",
    "RADARR, MovieDelete, movie",
  })
  void everyEventOfFilesIsALookAtItsTitle(ArrKind kind, String type, String title) {
    String body = "{'%s':{'id':%s,'title':7},'deletedFiles':true,'eventType':'%s'}";

    assertThat(read(kind, body.formatted(title, "12", type))).isEqualTo(new Heard.Touched(12));
    assertThat(read(kind, body.formatted(title, "'12'", type))).isEqualTo(new Heard.Touched(12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'eventType':'Test','series':{'id':1},'episodes':[{'id':123}]}",
        "{'eventType':'Grab','series':{'id':1}}",
        "{'eventType':'Health','level':'warning'}",
        "{'eventType':'HealthRestored'}",
        "{'eventType':'ApplicationUpdate'}",
        "{'eventType':'ManualInteractionRequired','series':{'id':1}}",
        "{'eventType':'OfTomorrow','series':{'id':1}}",
        "{'eventType':'download','series':{'id':1}}",
        "{'eventType':['Download'],'series':{'id':1}}",
        "{'eventType':'Download'}",
        "{'eventType':'Download','series':7}",
        "{'eventType':'Download','series':[{'id':1}]}",
        "{'eventType':'Download','series':{'id':null}}",
        "{'eventType':'Download','series':{'id':0}}",
        "{'eventType':'Download','series':{'id':-4}}",
        "{'eventType':'Download','series':{'id':1.5}}",
        "{'eventType':'Download','series':{'id':true}}",
        "{'eventType':'Download','series':{'id':{'id':1}}}",
        "{'eventType':'Download','series':{'id':'1; drop table videos'}}",
        "{'eventType':'Download','series':{'id':2147483648}}",
        "{'eventType':'Download','series':{'id':99999999999999999999999999}}",
        "{'eventType':'Download','series':{'id':'99999999999999999999999999'}}",
        "{'eventType':'Download','movie':{'id':1}}",
      })
  void whatIsNoEventOfFilesIsOfNoUse(String body) {
    assertThat(read(ArrKind.SONARR, body)).isEqualTo(new Heard.OfNoUse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "'Download'",
        "[]",
        "[{'eventType':'Download','series':{'id':1}}]",
        "{'eventType':'Download','series':{'id':1}",
        "{'eventType':'Download','series':{'id':1}} {}",
        "{'eventType':'Download','series':{'id':01}}",
        "eventType=Download",
        "<xml/>",
      })
  void whatIsNoJsonObjectIsMalformed(String body) {
    assertThat(read(ArrKind.SONARR, body)).isEqualTo(new Heard.Malformed());
  }

  @Test
  void whateverIsNestedOrBrokenItIsReadWithoutHarm() {
    String deep = "{'a':".repeat(100_000);
    assertThat(read(ArrKind.SONARR, deep)).isEqualTo(new Heard.Malformed());

    byte[] good =
        "{\"eventType\":\"Download\",\"series\":{\"id\":12}}".getBytes(StandardCharsets.UTF_8);
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = good.clone();
      for (int j = 0; j <= i % 3; j++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      assertThat(reader.read(ArrKind.SONARR, broken)).isNotNull();
    }
  }
}
