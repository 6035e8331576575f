package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.analysis.MediaFacts;
import java.io.IOException;
import java.nio.file.Path;

/** Reads what ffprobe says of a media file. */
@FunctionalInterface
public interface FactsReader {

  /**
   * The facts of the file.
   *
   * @throws NotMedia if ffprobe makes nothing of the file
   * @throws IOException if the file cannot be read
   */
  MediaFacts read(Path file) throws IOException, NotMedia, InterruptedException;

  /** The file is there but it is no media. */
  final class NotMedia extends Exception {

    public NotMedia(String message) {
      super(message);
    }
  }
}
