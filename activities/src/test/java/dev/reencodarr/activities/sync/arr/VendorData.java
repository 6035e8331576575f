package dev.reencodarr.activities.sync.arr;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Third-party data that is not part of the project: {@code shared/arr} in a folder above. */
final class VendorData {

  private VendorData() {}

  static String text(String name) throws IOException {
    Path file =
        Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
            .map(folder -> folder.resolve("shared/arr").resolve(name))
            .filter(Files::exists)
            .findFirst()
            .orElse(Path.of("shared/arr is in no folder above"));
    if (!Files.exists(file)) {
      System.err.println("SKIPPED, for want of the vendors' data: " + name);
    }
    assumeThat(file).as("the vendors' data").exists();
    return Files.readString(file);
  }

  static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(text(name));
  }
}
