package dev.reencodarr.fakearr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.fakearr.fault.Fault;
import dev.reencodarr.fakearr.library.ArrKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where it is, whom it answers, and how it goes wrong. */
class AddressTest {

  @TempDir private Path root;

  @ParameterizedTest
  @EnumSource
  void withoutTheRightKeyNothingIsAnsweredButPing(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      Asker asker = stage.asker();
      Asker.Answer none = asker.send(asker.to("/api/v3/system/status"));
      assertThat(none.status()).isEqualTo(401);
      assertThat(none.body()).isEmpty();
      assertThat(
              asker.send(asker.to("/api/v3/tag").header("X-Api-Key", FakeArr.KEY + "0")).status())
          .isEqualTo(401);
      assertThat(
              asker
                  .send(asker.to("/api/v3/tag").header("Authorization", "Bearer " + FakeArr.KEY))
                  .status())
          .isEqualTo(200);
      assertThat(asker.send(asker.to("/ping")).json().path("status").asText()).isEqualTo("OK");
      assertThat(asker.send(asker.to("/ping").HEAD()).status()).isEqualTo(200);
      stage.assertJudged();
    }
  }

  @Test
  void theLogHasAllButTheKeyAndSaysWhereThatStood() throws Exception {
    try (Stage stage = Stage.of(ArrKind.SONARR, root)) {
      stage.asker().get("episodefile?seriesId=1");
      assertThat(stage.fake().requests().keyStoodInQuery()).isFalse();
      assertThat(stage.fake().requests().matching("GET .*/episodefile\\?seriesId=1")).hasSize(1);

      stage.asker().send(stage.asker().to("/api/v3/tag?apikey=" + FakeArr.KEY));
      assertThat(stage.fake().requests().keyStoodInQuery()).isTrue();
      assertThat(stage.fake().requests().all().toString()).doesNotContain(FakeArr.KEY);
    }
  }

  @Test
  void outsideItsUrlBaseItSendsOn() throws Exception {
    try (FakeArr fake = FakeArr.start(ArrKind.SONARR, "/sonarr");
        Asker asker = new Asker(fake)) {
      assertThat(asker.get("system/status").json().path("urlBase").asText()).isEqualTo("/sonarr");

      URI outside = URI.create(fake.url().toString().replace("/sonarr", "/api/v3/series?tvdbId=1"));
      Asker.Answer answer =
          asker.send(HttpRequest.newBuilder(outside).header("X-Api-Key", FakeArr.KEY));
      assertThat(answer.status()).isEqualTo(307);
      assertThat(answer.response().headers().firstValue("Location"))
          .contains("/sonarr/api/v3/series?tvdbId=1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorsHaveTheShapesThatTheProgramsGiveThem(ArrKind kind) throws Exception {
    try (Stage stage = Stage.of(kind, root)) {
      Asker asker = stage.asker();
      assertThat(asker.get(kind.titleRoute() + "/99").json().path("title").asText())
          .isEqualTo("Not Found");
      assertThat(asker.get(kind.fileRoute()).json().path("message").asText())
          .startsWith("BadRequest: ");
      assertThat(asker.get("rename?" + kind.titleKey() + "=99").json().path("message").asText())
          .endsWith(" with ID 99 does not exist");
      stage.assertJudged();
      assertThat(
              asker
                  .send(
                      asker
                          .to("/api/v3/tag")
                          .header("X-Api-Key", FakeArr.KEY)
                          .header("Accept", "application/xml"))
                  .status())
          .isEqualTo(406);
      assertThat(asker.get(kind.fileRoute() + "?" + kind.titleKey() + "=x").json().path("errors"))
          .isNotEmpty();
      assertThat(asker.get("unheardof").status()).isEqualTo(404);
      stage
          .judge()
          .ifPresent(judge ->
              assertThat(judge.violations())
                  .isNotEmpty()
                  .allMatch(violation -> violation.byRequest()));
    }
  }

  @Test
  void faultsComeAsOrderedAndPass() throws Exception {
    try (Stage stage = Stage.of(ArrKind.RADARR, root)) {
      Asker asker = stage.asker();
      for (int status : new int[] {400, 401, 404, 409, 500, 503, 502}) {
        stage.fake().faults().next(1, "GET .*/tag", Fault.status(status));
        assertThat(asker.get("tag").status()).isEqualTo(status);
      }
      stage.fake().faults().next(1, "/tag", Fault.html());
      assertThat(asker.get("tag").body()).startsWith("<!DOCTYPE html>");
      stage.fake().faults().next(1, "/tag", Fault.redirect("http://127.0.0.1:1/"));
      assertThat(asker.get("tag").status()).isEqualTo(307);
      stage.fake().faults().next(1, "/tag", Fault.cutShort());
      stage.fake().faults().next(2, "/tag", Fault.hangUp());
      assertThatThrownBy(() -> asker.get("tag")).isInstanceOf(IOException.class);
      stage.fake().faults().clear();
      stage.fake().faults().next(1, "/movie$", Fault.cutShort());
      assertThatThrownBy(() -> asker.get("movie")).isInstanceOf(IOException.class);
      stage.fake().faults().next(1, "/tag", Fault.late(Duration.ofMillis(300)));
      long before = System.nanoTime();
      assertThat(asker.get("tag").status()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofMillis(290));
      assertThat(asker.get("movie").status()).isEqualTo(200);
      stage.assertJudged();
    }
  }

  @Test
  void itGoesAwayComesBackAndSaysThatItIsStarting() throws Exception {
    try (Stage stage = Stage.of(ArrKind.SONARR, root)) {
      stage.asker().get("tag");
      stage.fake().stop();
      assertThatThrownBy(() -> stage.asker().get("tag")).isInstanceOf(ConnectException.class);

      stage.fake().startingUp(true);
      stage.fake().start();
      Asker.Answer starting = stage.asker().get("tag");
      assertThat(starting.status()).isEqualTo(503);
      assertThat(starting.json().path("errorMessage").asText())
          .isEqualTo("Sonarr is starting up, please try again later");
      stage.fake().startingUp(false);
      assertThat(stage.asker().get("episodefile/1").status()).isEqualTo(200);
      stage.assertJudged();
    }
  }
}
