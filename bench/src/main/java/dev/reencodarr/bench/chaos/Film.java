package dev.reencodarr.bench.chaos;

import java.util.Locale;

/**
 * A film of a batch.
 *
 * @param number its own in the whole benchmark; it stands at the end of the file
 * @param fileName without its extension
 */
record Film(int number, Container container, String fileName) {

  /** What a film comes in. */
  enum Container {
    /** Is replaced at its own path. */
    MKV("mkv", 40),
    /** Is replaced at its own path. */
    MP4("mp4", 25),
    /** Becomes a Matroska file beside it. */
    AVI("mkv", 15),
    /** Becomes a Matroska file beside it. */
    TS("mkv", 20);

    private final String resultExtension;

    private final int percent;

    Container(String resultExtension, int percent) {
      this.resultExtension = resultExtension;
      this.percent = percent;
    }

    /** How many of a hundred films come in it. */
    int percent() {
      return percent;
    }

    String extension() {
      return name().toLowerCase(Locale.ROOT);
    }

    String resultExtension() {
      return resultExtension;
    }
  }

  /** Its name in its folder. */
  String sourceName() {
    return fileName + "." + container.extension();
  }

  /** The name of its result in the same folder. */
  String resultName() {
    return fileName + "." + container.resultExtension();
  }
}
