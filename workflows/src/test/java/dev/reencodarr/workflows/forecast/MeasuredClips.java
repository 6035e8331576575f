package dev.reencodarr.workflows.forecast;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.search.SearchPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Figures of real clips: {@code clips.tsv} of 77 parts of the demo's clips, made with x264, x265,
 * MPEG-2 and MPEG-4 at several qualities and probed at three CRFs with preset 10; {@code
 * segments.tsv} of 22 parts of one trailer, probed at eleven CRFs with preset 8.
 *
 * @param points measured with ab-av1 0.11.7, every fifth frame scored
 */
record MeasuredClips(String name, Source source, List<SearchPoint> points) {

  private static final MediaPath ROOT = new MediaPath("/films");

  static List<MeasuredClips> read(String resource) {
    try (InputStream stream =
            Objects.requireNonNull(
                MeasuredClips.class.getResourceAsStream("/forecast/" + resource));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(MeasuredClips::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MeasuredClips parse(String line) {
    List<String> cells = Arrays.asList(line.split("\t", -1));
    Source source =
        Source.of(
            new MediaPath("/films/" + cells.get(0) + ".mkv"),
            ROOT,
            cells.get(1),
            Integer.parseInt(cells.get(2)),
            Integer.parseInt(cells.get(3)),
            Double.parseDouble(cells.get(4)),
            Double.parseDouble(cells.get(6)),
            Long.parseLong(cells.get(7)),
            0,
            false);
    List<SearchPoint> points = new ArrayList<>();
    for (String point : cells.get(8).split(";", -1)) {
      double[] figures =
          Arrays.stream(point.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
      points.add(
          new SearchPoint(figures[0], figures[1], figures[2], (long) figures[3], figures[4]));
    }
    return new MeasuredClips(cells.get(0), source, List.copyOf(points));
  }

  /** What a search would have found. */
  AtTarget atTarget(double target) {
    return AtTarget.of(Metric.VMAF, target, points).orElseThrow();
  }

  Known known(double target) {
    return new Known(source, atTarget(target));
  }

  Candidate candidate() {
    return new Candidate(
        new VideoId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
        new MediaPath("/films/" + name + ".mkv"),
        source,
        Optional.empty());
  }
}
