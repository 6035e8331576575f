package dev.reencodarr.activities.sync.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.sync.ArrKind;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads of a webhook which title it is about, and nothing else: what it says of the title may be
 * late, doubled or of another version, and is read from the program itself.
 */
final class EventReader {

  private static final Set<String> OF_SERIES =
      Set.of("Download", "Rename", "EpisodeFileDelete", "SeriesAdd", "SeriesDelete");

  private static final Set<String> OF_MOVIES =
      Set.of("Download", "Rename", "MovieFileDelete", "MovieAdded", "MovieAdd", "MovieDelete");

  private static final Pattern DIGITS = Pattern.compile("\\d{1,10}");

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  Heard read(ArrKind kind, byte[] body) {
    try {
      JsonNode event = JSON.readTree(body);
      return event.isObject() ? heard(kind, event) : new Heard.Malformed();
    } catch (IOException _) {
      return new Heard.Malformed();
    }
  }

  private static Heard heard(ArrKind kind, JsonNode event) {
    String type = event.path("eventType").asText();
    long title =
        switch (kind) {
          case SONARR -> OF_SERIES.contains(type) ? id(event.path("series").path("id")) : 0;
          case RADARR -> OF_MOVIES.contains(type) ? id(event.path("movie").path("id")) : 0;
        };
    return title > 0 && title <= Integer.MAX_VALUE ? new Heard.Touched(title) : new Heard.OfNoUse();
  }

  /** A number, also one that is written as text; 0 if it is none. */
  private static long id(JsonNode id) {
    if (id.isTextual() && DIGITS.matcher(id.asText()).matches()) {
      return Long.parseLong(id.asText());
    }
    return id.isIntegralNumber() && id.canConvertToLong() ? id.asLong() : 0;
  }
}
