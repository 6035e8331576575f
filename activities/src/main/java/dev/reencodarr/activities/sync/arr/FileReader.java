package dev.reencodarr.activities.sync.arr;

import dev.reencodarr.workflows.sync.ManagedFile;
import java.util.Optional;

/**
 * Reads files.
 *
 * @param titleId what the id of the series or movie is called
 */
record FileReader(String titleId) {

  /** The file; empty where it has no id, no title, no size or no place. */
  Optional<ManagedFile> read(Item file) {
    ManagedFile read =
        new ManagedFile(
            file.id("id"),
            file.id(titleId),
            file.whole("seasonNumber", 0, 0),
            file.text("path"),
            file.number("size").orElse(0),
            file.part("mediaInfo").text("videoCodec"),
            file.whole("customFormatScore", Integer.MIN_VALUE, 0),
            file.flag("qualityCutoffNotMet", false),
            quality(file.part("quality")),
            languages(file),
            file.text("releaseGroup"),
            file.text("sceneName"),
            file.text("edition"));
    return Optional.of(read).filter(FileReader::isUsable);
  }

  private static boolean isUsable(ManagedFile file) {
    return file.id() > 0 && file.title() > 0 && file.size() > 0 && TheirPath.isUsable(file.path());
  }

  private static String quality(Item quality) {
    return quality.isObject() ? quality.json() : "";
  }

  /** Until 2022 a file had one language. */
  private static String languages(Item file) {
    Item several = file.part("languages");
    if (several.node().isArray()) {
      return several.json();
    }
    String one = file.part("language").isObject() ? file.part("language").json() : "";
    return one.isEmpty() ? "" : "[" + one + "]";
  }
}
