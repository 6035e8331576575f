package dev.reencodarr.starter.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A real clip inside a pinned package of the Python package index.
 *
 * @param name its file name here
 * @param packageName that holds it
 * @param path in the package's archive
 * @param sha256 of the clip, hex
 */
public record Clip(
    String name,
    String packageName,
    String version,
    Pip.Form form,
    String path,
    long bytes,
    String sha256) {

  private static final String TABLE = "/demo/clips.tsv";

  /** All clips of {@code demo/clips.tsv}. */
  public static List<Clip> all() {
    try (InputStream in = Clip.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException(TABLE + " is missing in this build");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .skip(1)
          .map(Clip::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Clip parse(String line) {
    String[] cells = line.split("\t", -1);
    return new Clip(
        cells[0],
        cells[1],
        cells[2],
        cells[3].equals("sdist") ? Pip.Form.SDIST : Pip.Form.WHEEL,
        cells[4],
        Long.parseLong(cells[5]),
        cells[6]);
  }
}
