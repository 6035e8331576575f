package dev.reencodarr.starter.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A file with a token in it: on a command line everybody would see it. */
final class TokenFile {

  private static final int MOST_BYTES = 4096;

  /** What may stand in a header, without what could end it. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\]]{1,1024}");

  private TokenFile() {}

  /**
   * Reads it.
   *
   * @param name of the file; {@code -}: the standard input
   */
  static String read(String name, Path workingFolder) throws CommandFailed {
    String text = text(name, workingFolder).strip();
    if (!TOKEN.matcher(text).matches()) {
      throw CommandFailed.usage(
          (name.equals("-") ? "the standard input" : name)
              + " holds no token: one word is expected, of visible ASCII characters");
    }
    return text;
  }

  private static String text(String name, Path workingFolder) throws CommandFailed {
    try (InputStream in =
        name.equals("-") ? System.in : Files.newInputStream(workingFolder.resolve(name))) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      throw CommandFailed.usage("there is no file " + name);
    } catch (IOException _) {
      throw CommandFailed.usage(name + " cannot be read");
    }
  }
}
