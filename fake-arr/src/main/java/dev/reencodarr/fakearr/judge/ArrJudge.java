package dev.reencodarr.fakearr.judge;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.http.Exchange;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.library.ArrKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Holds requests and replies against the vendor's own OpenAPI document. Plugged in by {@code
 * fake.observe(judge)}. It does not look at the key.
 */
public final class ArrJudge implements Consumer<Exchange> {

  private final OpenApiInteractionValidator validator;
  private final List<Violation> violations = new CopyOnWriteArrayList<>();

  private ArrJudge(OpenApiInteractionValidator validator) {
    this.validator = validator;
  }

  /**
   * The judge of a program, by the document of the nearest {@code shared/arr/openapi} above the
   * working folder; empty, and said on stderr, where there is none.
   */
  public static Optional<ArrJudge> of(ArrKind kind) throws IOException {
    Optional<Path> folder = documents(Path.of("").toAbsolutePath());
    if (folder.isEmpty()) {
      System.err.println(
          "NOT JUDGED: no shared/arr/openapi above "
              + Path.of("").toAbsolutePath()
              + ": what is said to and by "
              + kind.appName()
              + " is held against no document");
      return Optional.empty();
    }
    return Optional.of(by(folder.get(), kind));
  }

  private static Optional<Path> documents(Path from) {
    for (Path at = from; at != null; at = at.getParent()) {
      Path folder = at.resolve("shared/arr/openapi");
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  private static ArrJudge by(Path folder, ArrKind kind) throws IOException {
    String name = kind.appName().toLowerCase(Locale.ROOT) + "-v3.subset.json";
    JsonNode document = new ObjectMapper().readTree(folder.resolve(name).toFile());
    if (!(document instanceof ObjectNode object)) {
      throw new IOException(name + " is no document");
    }
    Corrections.apply(object);
    LevelResolver levels =
        LevelResolver.create()
            .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
            .withLevel(
                "validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
            // Many a body is left out of the documents: they say nothing for it and nothing
            // against.
            .withLevel("validation.response.body.unexpected", ValidationReport.Level.IGNORE)
            .build();
    return new ArrJudge(
        OpenApiInteractionValidator.createForInlineApiSpecification(object.toString())
            .withLevelResolver(levels)
            .build());
  }

  @Override
  public void accept(Exchange exchange) {
    if (exchange.request().path().equals("/api")) {
      return;
    }
    String line = exchange.request().line();
    ValidationReport asked = validator.validateRequest(request(exchange));
    note(true, line, asked);
    if (exchange.genuine() && isKnown(asked)) {
      exchange.reply().ifPresent(reply -> note(false, line, validate(exchange, reply)));
    }
  }

  /** Of a path that the document does not have it can say nothing more. */
  private static boolean isKnown(ValidationReport asked) {
    return asked.getMessages().stream()
        .noneMatch(message -> message.getKey().equals("validation.request.path.missing"));
  }

  private static SimpleRequest request(Exchange exchange) {
    SimpleRequest.Builder builder =
        new SimpleRequest.Builder(exchange.request().method(), exchange.request().path());
    exchange.request().query().forEach(builder::withQueryParam);
    exchange.request().headers().forEach(builder::withHeader);
    if (!exchange.request().body().isEmpty()) {
      builder.withBody(exchange.request().body());
    }
    return builder.build();
  }

  private ValidationReport validate(Exchange exchange, Reply reply) {
    SimpleResponse.Builder builder = new SimpleResponse.Builder(reply.status());
    if (reply.body().length > 0) {
      builder.withContentType(reply.contentType());
      builder.withBody(new String(reply.body(), StandardCharsets.UTF_8));
    }
    Request.Method method = Request.Method.valueOf(exchange.request().method());
    return validator.validateResponse(exchange.request().path(), method, builder.build());
  }

  private void note(boolean byRequest, String line, ValidationReport report) {
    for (ValidationReport.Message message : report.getMessages()) {
      if (message.getLevel() == ValidationReport.Level.ERROR) {
        violations.add(
            new Violation(byRequest, line, message.getKey() + ": " + message.getMessage()));
      }
    }
  }

  /** All so far. */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** Those that replies did: none is to be expected. */
  public List<Violation> violationsByReplies() {
    return violations.stream().filter(violation -> !violation.byRequest()).toList();
  }
}
