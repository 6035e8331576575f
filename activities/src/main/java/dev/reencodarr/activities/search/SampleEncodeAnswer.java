package dev.reencodarr.activities.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.search.SearchPoint;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads what {@code ab-av1 sample-encode --stdout-format json} says: one JSON object a line. */
final class SampleEncodeAnswer {

  /** No score is higher: of VMAF by its scale, of XPSNR since nobody sees more. */
  private static final double HIGHEST = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  private SampleEncodeAnswer() {}

  /** The measured point; empty if there is none in the answer, or an impossible one. */
  static Optional<SearchPoint> point(String stdout, double crf, Metric metric) {
    return stdout
        .lines()
        .map(SampleEncodeAnswer::json)
        .flatMap(Optional::stream)
        .filter(line -> line.path("type").asText().equals("sample-encode-done"))
        .map(line -> point(line, crf, metric))
        .flatMap(Optional::stream)
        .reduce((first, last) -> last);
  }

  private static Optional<SearchPoint> point(JsonNode line, double crf, Metric metric) {
    OptionalDouble score = score(line.path(metric.name().toLowerCase(Locale.ROOT)), metric);
    double percent = line.path("predicted_encode_percent").asDouble(0);
    return score.isPresent() && percent > 0
        ? Optional.of(
            new SearchPoint(
                crf,
                score.getAsDouble(),
                percent,
                line.path("predicted_encode_size").asLong(),
                line.path("predicted_encode_seconds").asDouble()))
        : Optional.empty();
  }

  /**
   * A score; empty for none, and for an impossible one. The XPSNR of pictures without any
   * difference is infinite, which JSON cannot say: ab-av1 says null.
   */
  private static OptionalDouble score(JsonNode said, Metric metric) {
    return switch (metric) {
      case VMAF -> within(said.asDouble(-1));
      case XPSNR ->
          said.isNull() ? OptionalDouble.of(HIGHEST) : within(Math.min(HIGHEST, said.asDouble(-1)));
    };
  }

  private static OptionalDouble within(double score) {
    return score >= 0 && score <= HIGHEST ? OptionalDouble.of(score) : OptionalDouble.empty();
  }

  private static Optional<JsonNode> json(String line) {
    try {
      return Optional.ofNullable(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
