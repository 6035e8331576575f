package dev.reencodarr.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.reencodarr.workflows.temporal.SearchAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The container set-up, as far as it can be judged without running it. */
class ComposeFileTest {

  /** Maven runs the tests of a module in its folder. */
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private static final String COMPOSE = read("temporal-compose.yml");
  private static final JsonNode SERVICES = yaml(COMPOSE).path("services");

  private static final Map<IndexedValueType, String> TYPE_NAMES =
      Map.of(
          IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD, "Keyword",
          IndexedValueType.INDEXED_VALUE_TYPE_BOOL, "Bool",
          IndexedValueType.INDEXED_VALUE_TYPE_INT, "Int",
          IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE, "Double");

  @Test
  void itIsACompositionByTheSpecificationsSchema() {
    assertThat(faults(COMPOSE)).isEmpty();
  }

  @Test
  void theSchemaWouldSayWhatIsWrong() {
    assertThat(faults("services:\n  worker:\n    imagine: x\n")).isNotEmpty();
    assertThat(faults("services:\n  worker:\n    depends_on:\n      db: {condition: happy}\n"))
        .isNotEmpty();
  }

  @Test
  void everythingThatIsWaitedForIsThere() {
    for (Map.Entry<String, JsonNode> service : SERVICES.properties()) {
      service
          .getValue()
          .path("depends_on")
          .properties()
          .forEach(wanted -> {
            JsonNode other = SERVICES.path(wanted.getKey());
            assertThat(other.isObject())
                .as("%s waits for %s", service.getKey(), wanted.getKey())
                .isTrue();
            if (wanted.getValue().path("condition").asText().equals("service_healthy")) {
              assertThat(other.has("healthcheck"))
                  .as("%s has a health check", wanted.getKey())
                  .isTrue();
            }
          });
    }
  }

  @Test
  void everyServiceComesBackByItselfAndHasTimeToEnd() {
    for (Map.Entry<String, JsonNode> service : SERVICES.properties()) {
      assertThat(service.getValue().path("restart").asText())
          .as("restart of %s", service.getKey())
          .matches("unless-stopped|on-failure:\\d+");
      assertThat(service.getValue().path("stop_grace_period").asText())
          .as("grace of %s", service.getKey())
          .matches("\\d+[sm]");
    }
  }

  @Test
  void imagesThatAreFetchedNameAVersion() {
    for (Map.Entry<String, JsonNode> service : SERVICES.properties()) {
      if (!service.getValue().has("build")) {
        assertThat(service.getValue().path("image").asText())
            .as("image of %s", service.getKey())
            .matches(".+:\\$\\{[A-Z_]+:-[0-9.]+}");
      }
    }
  }

  @Test
  void everySearchAttributeIsCreatedWithItsType() {
    String job = SERVICES.path("temporal-namespace").path("command").path(0).asText();

    SearchAttributes.all()
        .forEach((name, type) ->
            assertThat(job)
                .contains(
                    "--name " + name + " --type " + Objects.requireNonNull(TYPE_NAMES.get(type))));
    assertThat(job).contains("--retention 720h");
  }

  @Test
  void noPasswordIsWrittenDown() {
    List<String> literal =
        Pattern.compile("(?m)^\\s*\\w*(?:PASSWORD|PWD)\\w*:\\s*(.+)$")
            .matcher(COMPOSE)
            .results()
            .map(found -> found.group(1))
            .filter(value -> !value.startsWith("${") && !value.startsWith("/run/"))
            .toList();

    assertThat(literal).isEmpty();
  }

  @Test
  void whatMustBeSetIsExplainedInTheExample() {
    String example = read("deploy.env.example");

    assertThat(Pattern.compile("\\$\\{(\\w+):\\?").matcher(COMPOSE).results().map(m -> m.group(1)))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(example).containsPattern("(?m)^" + name + "="));
  }

  @Test
  void filesThatAreMountedAreThere() {
    assertThat(
            Pattern.compile("- (\\./[\\w./-]+):")
                .matcher(COMPOSE)
                .results()
                .map(m -> PROJECT.resolve(m.group(1))))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).isRegularFile());
  }

  @Test
  void theImageIsBuiltFromEveryModuleOfTheProject() {
    String dockerfile = read("Dockerfile");
    List<String> modules =
        Pattern.compile("<module>([\\w-]+)</module>")
            .matcher(read("pom.xml"))
            .results()
            .map((MatchResult module) -> module.group(1))
            .toList();

    assertThat(modules).isNotEmpty();
    assertThat(modules)
        .allSatisfy(
            module -> assertThat(dockerfile).contains("COPY " + module + " " + module + "\n"));
    assertThat(dockerfile).contains("LC_ALL=C.UTF-8").contains("USER reencodarr");
  }

  private static List<Error> faults(String composition) {
    return schema().validate(composition, InputFormat.YAML);
  }

  private static Schema schema() {
    try (InputStream file =
        Objects.requireNonNull(
            ComposeFileTest.class.getResourceAsStream("/compose-spec/compose-spec.json"))) {
      // The schema names its dialect by an address of its own, and its parts by a keyword that the
      // dialect does not have any more; every reference in it is a path.
      String text =
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .replace(
                  "http://json-schema.org/draft/2019-09/schema#",
                  "https://json-schema.org/draft/2019-09/schema")
              .replaceAll("\"id\": \"[^\"]*\",", "");
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
          .getSchema(text, InputFormat.JSON);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode yaml(String text) {
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(String name) {
    try {
      return Files.readString(PROJECT.resolve(name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
