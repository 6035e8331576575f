package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.plan.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A real video whose curve was measured at every fifth CRF; between, a parabola through the three
 * nearest points says what would have been measured.
 */
record RealVideo(String name, List<SearchPoint> measured) {

  /** The videos of {@code search/curves.tsv} whose names begin so. */
  static List<RealVideo> named(String prefix) {
    Map<String, List<SearchPoint>> videos = new TreeMap<>();
    try (var stream = RealVideo.class.getResourceAsStream("/search/curves.tsv")) {
      new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && line.startsWith(prefix))
          .map(line -> line.split("\t", -1))
          .forEach(cells ->
              videos.computeIfAbsent(cells[0], name -> new ArrayList<>()).add(point(cells)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return videos.entrySet().stream()
        .map(video -> new RealVideo(video.getKey(), video.getValue()))
        .toList();
  }

  private static SearchPoint point(String[] cells) {
    return new SearchPoint(
        Double.parseDouble(cells[1]),
        Double.parseDouble(cells[2]),
        Double.parseDouble(cells[3]),
        1,
        1);
  }

  SearchPoint measure(double crf) {
    List<SearchPoint> nearest =
        measured.stream()
            .sorted((one, other) ->
                Double.compare(Math.abs(one.crf() - crf), Math.abs(other.crf() - crf)))
            .limit(3)
            .toList();
    double loss = 0;
    double size = 0;
    for (SearchPoint point : nearest) {
      double share = 1;
      for (SearchPoint other : nearest) {
        if (other.crf() != point.crf()) {
          share *= (crf - other.crf()) / (point.crf() - other.crf());
        }
      }
      loss += share * Metric.VMAF.lossOf(point.score());
      size += share * Math.log(point.predictedPercent());
    }
    return new SearchPoint(crf, 100 - Math.exp(loss), Math.exp(size), 1, 1);
  }
}
