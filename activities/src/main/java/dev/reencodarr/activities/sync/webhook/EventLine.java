package dev.reencodarr.activities.sync.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/** An event as a line of a file: its checksum, a space, JSON, a line feed. */
final class EventLine {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHECKSUM = 8;

  private EventLine() {}

  /** With the line feed. */
  static byte[] of(SpooledEvent event) throws IOException {
    String json = JSON.writeValueAsString(event);
    return (checksum(json) + " " + json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The event of a line.
   *
   * @param line without its line feed
   * @return empty where it was not written to its end, or was damaged since
   */
  static Optional<SpooledEvent> read(String line) {
    if (line.length() <= CHECKSUM + 1) {
      return Optional.empty();
    }
    String json = line.substring(CHECKSUM + 1);
    if (!line.startsWith(checksum(json) + " ")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(json, SpooledEvent.class));
    } catch (IOException _) {
      // Of another version of this program, which is not foreseen; its loss is made up for.
      return Optional.empty();
    }
  }

  private static String checksum(String json) {
    CRC32 sum = new CRC32();
    sum.update(json.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits(sum.getValue(), CHECKSUM);
  }
}
