package dev.reencodarr.activities.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The samples of a film, each in a file of its own, and what has to be known of the film to
 * foretell from them. Written beside them once all of them are whole.
 *
 * @param film what they were cut from
 * @param extension that a sample has to be named by, so that its encode is put into the container
 *     that ab-av1 chooses for one of the film
 * @param samples in the film's order; at least one
 */
record CutSamples(FilmLength film, String extension, List<Sample> samples) {

  /**
   * The file that says that the samples beside it are whole; its time is that of their last use.
   */
  static final String LIST = "samples.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  CutSamples {
    samples = List.copyOf(samples);
  }

  /**
   * @param file its name; Matroska whatever the film is
   * @param bytes of the file
   * @param nanos its duration, where that of its encode should not be known
   */
  record Sample(String file, long bytes, long nanos) {}

  void write(Path folder) throws IOException {
    Files.write(folder.resolve(LIST), JSON.writeValueAsBytes(this));
  }

  /** Those of a folder; empty where one is missing, or is not what was cut. */
  static Optional<CutSamples> in(Path folder) {
    try {
      CutSamples written =
          JSON.readValue(Files.readAllBytes(folder.resolve(LIST)), CutSamples.class);
      for (Sample sample : written.samples()) {
        if (Files.size(folder.resolve(sample.file())) != sample.bytes()) {
          return Optional.empty();
        }
      }
      return Optional.of(written);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Of all samples together. */
  long bytes() {
    return samples.stream().mapToLong(Sample::bytes).sum();
  }
}
