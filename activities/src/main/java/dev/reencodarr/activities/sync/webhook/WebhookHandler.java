package dev.reencodarr.activities.sync.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.reencodarr.activities.sync.webhook.Admission.Admitted;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers webhooks: what is of use is on disk before it is answered, and nothing else is waited
 * for. A body that we do not like is never answered by 5xx: Sonarr and Radarr would fall silent.
 */
final class WebhookHandler implements HttpHandler {

  /** The header of the secret. */
  static final String SECRET = "X-Reencodarr-Secret";

  private static final Logger log = LoggerFactory.getLogger(WebhookHandler.class);

  /** A reverse proxy may leave its own prefix there. */
  private static final Pattern PATH =
      Pattern.compile("(?:/[^?#]{0,1000})?/api/webhooks/([a-z0-9][a-z0-9-]{0,39})/?");

  private static final Set<String> METHODS = Set.of("POST", "PUT");
  private static final int LARGEST = 1 << 20;

  /** What is too large is read a little further, so that its sender hears the answer. */
  private static final long READ_ON = 4L << 20;

  private final Doorkeeper doors;
  private final EventSpool spool;
  private final EventReader reader = new EventReader();

  WebhookHandler(Doorkeeper doors, EventSpool spool) {
    this.doors = doors;
    this.spool = spool;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status(exchange), -1);
    }
  }

  private int status(HttpExchange exchange) throws IOException {
    Matcher path = PATH.matcher(exchange.getRequestURI().getRawPath());
    if (!path.matches()) {
      return 404;
    }
    if (!METHODS.contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "POST, PUT");
      return 405;
    }
    String secret = Optional.ofNullable(exchange.getRequestHeaders().getFirst(SECRET)).orElse("");
    return switch (doors.admit(path.group(1), secret)) {
      case Admission.Refused _ -> refused(path.group(1));
      case Admission.Unknown _ -> 404;
      case Admission.NotKnownYet _ -> 503;
      case Admitted connection -> status(connection, exchange.getRequestBody());
    };
  }

  private static int refused(String name) {
    log.debug("a webhook of {} came with a wrong secret, or without one", name);
    return 401;
  }

  private int status(Admitted connection, InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      long _ = body.skip(READ_ON);
      return 413;
    }
    return switch (reader.read(connection.kind(), bytes)) {
      case Heard.Malformed _ -> 400;
      case Heard.OfNoUse _ -> 204;
      case Heard.Touched touched -> keep(connection, touched.title());
    };
  }

  /** What is not on disk is not answered for; the history tells of it later. */
  private int keep(Admitted connection, long title) {
    try {
      spool.keep(connection.event(title));
      return 204;
    } catch (IOException e) {
      log.error("a webhook of {} could not be kept", connection.name(), e);
      return 503;
    }
  }
}
