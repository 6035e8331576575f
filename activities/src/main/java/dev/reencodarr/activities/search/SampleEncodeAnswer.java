package dev.reencodarr.activities.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.search.SearchPoint;
import java.util.Optional;

/** Reads what {@code ab-av1 sample-encode --stdout-format json} says: one JSON object a line. */
final class SampleEncodeAnswer {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SampleEncodeAnswer() {}

  /** The measured point; empty if there is none in the answer, or an impossible one. */
  static Optional<SearchPoint> point(String stdout, double crf) {
    return stdout
        .lines()
        .map(SampleEncodeAnswer::json)
        .flatMap(Optional::stream)
        .filter(line -> line.path("type").asText().equals("sample-encode-done"))
        .filter(SampleEncodeAnswer::isPossible)
        .map(line ->
            new SearchPoint(
                crf,
                line.path("vmaf").asDouble(),
                line.path("predicted_encode_percent").asDouble(),
                line.path("predicted_encode_size").asLong(),
                line.path("predicted_encode_seconds").asDouble()))
        .reduce((first, last) -> last);
  }

  private static Optional<JsonNode> json(String line) {
    try {
      return Optional.ofNullable(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static boolean isPossible(JsonNode line) {
    double score = line.path("vmaf").asDouble(-1);
    return score >= 0 && score <= 100 && line.path("predicted_encode_percent").asDouble(0) > 0;
  }
}
