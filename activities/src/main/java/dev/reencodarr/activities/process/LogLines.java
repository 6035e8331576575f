package dev.reencodarr.activities.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** What programs have printed, as it is kept for people. */
final class LogLines {

  private LogLines() {}

  /**
   * Copies line by line, without secrets. A carriage return ends a line, as it does for progress
   * displays.
   */
  static void copy(InputStream printed, Writer writer) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      writer.write(SecretMask.of(line.replace("\0", "")));
      writer.write('\n');
    }
  }
}
