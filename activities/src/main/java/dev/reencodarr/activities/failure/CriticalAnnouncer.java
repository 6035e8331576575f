package dev.reencodarr.activities.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.activities.store.FailureRepository.Answer;
import dev.reencodarr.workflows.failure.report.Advice;
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import dev.reencodarr.workflows.temporal.Payloads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a webhook, where there is one, of each critical failure, once: a JSON object by POST, tried
 * again for a day until it is taken; one that is refused holds up no other. Beside all work: no
 * video ever waits for it. The address may hold a secret, so nothing of it but the host is ever
 * logged.
 */
public final class CriticalAnnouncer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CriticalAnnouncer.class);

  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int MOST_AT_ONCE = 50;
  private static final int MOST_NAMED = 20;

  private final FailureRepository failures;
  private final WebhookFile webhook;
  private final ObjectMapper json = Payloads.mapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(ANSWER_LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("critical-failures").daemon().factory());

  private Duration pause = LOOK;

  public CriticalAnnouncer(FailureRepository failures, WebhookFile webhook) {
    this.failures = failures;
    this.webhook = webhook;
  }

  /** Looks every few seconds from now on. */
  public void start() {
    var _ = clock.schedule(this::lookAndGoOn, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void lookAndGoOn() {
    try {
      pause = look() ? LOOK : longer(pause);
    } catch (RuntimeException e) {
      // The database may be away; the next look finds the same.
      LOG.warn("critical failures could not be looked for", e);
    }
    if (!clock.isShutdown()) {
      var _ = clock.schedule(this::lookAndGoOn, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /**
   * Tells of what nobody was told of.
   *
   * @return false if there is a webhook and nobody answers there
   */
  boolean look() {
    return webhook.address().map(this::look).orElse(true);
  }

  private boolean look(URI address) {
    giveUp();
    for (int told = 0; told < MOST_AT_ONCE; told++) {
      Optional<Answer> answer = failures.announceNext(failure -> tell(address, failure));
      if (answer.filter(Answer.TAKEN::equals).isEmpty()) {
        // what is refused has a pause of its own; the next look goes on with the others
        return answer.filter(Answer.SILENCE::equals).isEmpty();
      }
    }
    return true;
  }

  private void giveUp() {
    List<Long> givenUp = failures.giveUpAnnouncing();
    if (!givenUp.isEmpty()) {
      LOG.error(
          "the webhook has not heard within a day of critical failures that are now given up: {}{};"
              + " ./reencodarr failures critical --days 3 lists them",
          givenUp.stream()
              .limit(MOST_NAMED)
              .map(Object::toString)
              .collect(Collectors.joining(", ")),
          givenUp.size() > MOST_NAMED ? " …" : "");
    }
  }

  private Answer tell(URI address, CriticalFailure failure) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(ANSWER_LIMIT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(failure)))
            .build();
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 == 2) {
        return Answer.TAKEN;
      }
      LOG.warn(
          "the webhook at {} answers {} to critical failure {}",
          address.getHost(),
          status,
          failure.id());
      return Answer.REFUSED;
    } catch (IOException e) {
      LOG.warn(
          "the webhook at {} does not answer: {}", address.getHost(), e.getClass().getSimpleName());
      return Answer.SILENCE;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Answer.SILENCE;
    }
  }

  private String body(CriticalFailure failure) {
    ObjectNode body = json.createObjectNode();
    body.put("event", "critical_failure");
    body.setAll((ObjectNode) json.valueToTree(failure));
    body.put("advice", Advice.about(failure.code()));
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    http.shutdownNow();
  }
}
